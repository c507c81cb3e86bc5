import assert from "node:assert/strict";
import * as elasticacheClient from "@aws-sdk/client-elasticache";
import * as iamClient from "@aws-sdk/client-iam";
import * as memorydbClient from "@aws-sdk/client-memorydb";
import * as rekognitionClient from "@aws-sdk/client-rekognition";
import type { LocalAws } from "../../local";
import { elasticache, iam, memorydb, rekognition } from "../../sdk";
import { clientConfig } from "../local/start";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";

const PASSWORDS = ["first-password-123", "second-password-456"];
const THEIRS = ["somebodys-password", "somebodys-second-one"];
const AT_ONCE = { createMs: 0, modifyMs: 0, deleteMs: 0, groupMs: 0 };
const DRIFTED = ["lost", "typed", "added", "open", "engine"];

describe("what somebody changed, of many users in one refresh", () => {
  const begin = scenes();

  it("is told from what only follows AWS, said in words where AWS shows too little, and repaired", async () => {
    const { aws, stack } = await begin({ program: withTaken, aws: { transitions: AT_ONCE } });
    const { CreateCollectionCommand } = rekognitionClient;
    await clientsOf(aws).rekognition.send(new CreateCollectionCommand({ CollectionId: "lobby" }));
    await stack.up();
    const quiet = await stack.preview({ refresh: true });
    assert.deepEqual(quiet.changes, []);
    assert.doesNotMatch(quiet.output, SAID);
    await somebodyComes(aws);

    const drift = await stack.preview({ refresh: true, diff: true });
    assert.deepEqual(drift.changes.toSorted(), [
      "create taken",
      "create visitor",
      ...DRIFTED.map((name) => `update ${name}`).toSorted(),
    ]);
    const lines = drift.messages.flatMap(({ text }) => text.match(SAID) ?? []);
    assert.deepEqual(lines.toSorted(), [
      said("ElastiCache", "added", "AWS holds 2 passwords, and 1 was declared"),
      said("ElastiCache", "open", "AWS holds no passwords, and 2 were declared"),
      said("MemoryDB", "lost", "AWS holds 1 password, and 2 were declared"),
      said("MemoryDB", "typed", "AWS holds no passwords, and 2 were declared"),
    ]);
    assert.match(drift.output, TAKEN);
    assert.match(drift.output, /passwordCount +: 2 => 1/);
    assert.match(drift.output, /type +: "password" => "no-password-required"/);

    const refreshed = await stack.refresh();
    assert.deepEqual(refreshed.changes.toSorted(), [
      "delete taken",
      "delete visitor",
      ...DRIFTED.map((name) => `update ${name}`).toSorted(),
    ]);
    assert.match(refreshed.output, TAKEN);
    assert.deepEqual((await stack.resource("acl-member")).outputs["aclNames"], ["team"]);
    assert.deepEqual((await stack.resource("group-member")).outputs["userGroupIds"], ["group"]);
    assert.equal((await stack.resource("logged-in")).outputs["passwordLastUsed"], "2025-12-31T22:00:00.000Z");
    assert.equal((await stack.resource("lost")).outputs["passwordCount"], 1);
    assert.deepEqual((await stack.preview()).changes.toSorted(), drift.changes.toSorted());

    stack.setProgram(program);
    const calls = await callsDuring(aws, () => stack.up());
    const writes = operationsOf(calls).filter((operation) =>
      /^(Create|Update|Modify|Delete)/.test(operation),
    );
    assert.deepEqual(writes.toSorted(), [
      "CreateUser",
      "ModifyUser",
      "ModifyUser",
      "ModifyUser",
      "UpdateUser",
      "UpdateUser",
    ]);
    assert.ok(idsAlive(aws).includes("taken"));
    const after = await stack.preview({ refresh: true });
    assert.deepEqual(after.changes, []);
    assert.doesNotMatch(after.output, SAID);
    for (const name of ["lost", "typed", "open"]) {
      assert.equal((await stack.resource(name)).outputs["passwordCount"], 2, name);
    }
    for (const password of [...PASSWORDS, ...THEIRS]) assert.ok(!stack.output().includes(password));
  });
});

const TAKEN = /IAM user "taken" was deleted and made again by somebody: the new one is left alone/;
const SAID = /^.* was changed by somebody: .*$/gm;

function said(service: string, name: string, drift: string): string {
  return `${service} user "${name}" was changed by somebody: ${drift}; an update sets what the program declares`;
}

function withTaken(): void {
  program();
  new iam.User("taken", { userName: "taken" });
}

function program(): void {
  const accessString = "on ~app:* +@read";
  const passwords = (count: number) => ({ type: "password" as const, passwords: PASSWORDS.slice(0, count) });
  const inMemoryDb = (userName: string, authentication: memorydb.AuthenticationArgs) =>
    new memorydb.User(userName, { userName, accessString, authentication });
  const inElastiCache = (
    userId: string,
    authentication: elasticache.AuthenticationArgs,
    engine: "redis" | "valkey",
  ) => new elasticache.User(userId, { userId, engine, accessString, authentication });
  inMemoryDb("lost", passwords(2));
  inMemoryDb("typed", passwords(2));
  inMemoryDb("acl-member", passwords(1));
  inElastiCache("added", passwords(1), "redis");
  inElastiCache("open", passwords(2), "redis");
  inElastiCache("engine", passwords(1), "redis");
  inElastiCache("group-member", { type: "iam" }, "valkey");
  new iam.User("logged-in", { userName: "logged-in" });
  new rekognition.User("visitor", { collectionId: "lobby", userId: "visitor" });
}

async function somebodyComes(aws: LocalAws): Promise<void> {
  const clients = clientsOf(aws);
  const { UpdateUserCommand, CreateACLCommand } = memorydbClient;
  const { ModifyUserCommand, CreateUserGroupCommand } = elasticacheClient;
  const { DeleteUserCommand } = rekognitionClient;
  const passwords = (...Passwords: string[]) => ({ Type: "password" as const, Passwords });
  for (const [UserName, AuthenticationMode] of [
    ["lost", passwords("somebodys-password")],
    ["typed", { Type: "iam" }],
  ] as const) {
    await clients.memorydb.send(new UpdateUserCommand({ UserName, AuthenticationMode }));
  }
  for (const change of [
    { UserId: "added", AuthenticationMode: passwords(...THEIRS) },
    { UserId: "open", AuthenticationMode: { Type: "no-password-required" } },
    { UserId: "engine", Engine: "valkey" },
  ] as const) {
    await clients.elasticache.send(new ModifyUserCommand(change));
  }
  await clients.memorydb.send(new CreateACLCommand({ ACLName: "team", UserNames: ["acl-member"] }));
  const group = { UserGroupId: "group", Engine: "valkey", UserIds: ["group-member"] };
  await clients.elasticache.send(new CreateUserGroupCommand(group));
  const UserName = "taken";
  await clients.iam.send(new iamClient.DeleteUserCommand({ UserName }));
  await clients.iam.send(new iamClient.CreateUserCommand({ UserName }));
  aws.setLastUsed({ userName: "logged-in", at: "2025-12-31T22:00:00Z" });
  await clients.rekognition.send(new DeleteUserCommand({ CollectionId: "lobby", UserId: "visitor" }));
}

function clientsOf(aws: LocalAws) {
  const config = clientConfig(aws);
  return {
    memorydb: new memorydbClient.MemoryDBClient(config),
    iam: new iamClient.IAMClient(config),
    elasticache: new elasticacheClient.ElastiCacheClient(config),
    rekognition: new rekognitionClient.RekognitionClient(config),
  };
}
