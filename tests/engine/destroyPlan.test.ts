import assert from "node:assert/strict";
import { CreateUserGroupCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { CreateACLCommand, CreateClusterCommand, MemoryDBClient } from "@aws-sdk/client-memorydb";
import { CreateCollectionCommand, IndexFacesCommand, RekognitionClient } from "@aws-sdk/client-rekognition";
import type { LocalAws } from "../../local";
import type { DestroyPlan } from "../../plan";
import { elasticache, iam, memorydb, Provider, rekognition } from "../../sdk";
import { KINDS } from "../local/nineKinds";
import { clientConfig } from "../local/start";
import { announced, changesFor, isChange, planOf } from "./destroyPlanRun";
import { callsDuring, idsAlive, scenes } from "./fixtures";

const ACCESS = { accessString: "on ~* +@all", authentication: { type: "iam" } } as const;
const NO_PASSWORD = {
  accessString: "on ~* +@all",
  authentication: { type: "no-password-required" },
} as const;

describe("a plan before destroying, and the destroy after it", () => {
  const begin = scenes();

  it("agree on every call for every user, and on every thing that is purged", async () => {
    let faceIds: string[] = [];
    const program = () => {
      const ireland = new Provider("ireland", { region: "eu-west-1" });
      new iam.User("deployer", { userName: "ann", forceDestroy: true });
      new iam.User("bare", { userName: "bare" });
      new memorydb.User("reader", { userName: "bob", ...ACCESS });
      new memorydb.User("irish", { userName: "bob", ...ACCESS }, { provider: ireland });
      new elasticache.User("cache", { userId: "cid", engine: "valkey", ...ACCESS });
      new rekognition.User("visitor", { collectionId: "lobby", userId: "dan", faceIds, forceDestroy: true });
      new rekognition.User("guest", { collectionId: "lobby", userId: "eve", faceIds: [] });
    };
    const transitions = { createMs: 0, modifyMs: 0, groupMs: 0 };
    const { aws, stack } = await begin({ program, aws: { transitions } });
    faceIds = await facesIn(aws, 2);
    await stack.up();
    for (const { hang } of KINDS) await hang(new IAMClient(clientConfig(aws)));
    await useInMemoryDb(aws, "bob");

    const plan = await planOf(stack, aws);
    assert.deepEqual([plan.code, plan.verdict, plan.project, plan.stack], [0, "clear", "users", "test"]);
    assert.deepEqual(
      plan.users.map(({ id, region, outcome }) => `${id} ${region} ${outcome}`),
      [
        "cid us-east-1 deleted",
        "ann null deleted",
        "bare null deleted",
        "bob eu-west-1 deleted",
        "bob us-east-1 deleted",
        "lobby/dan us-east-1 deleted",
        "lobby/eve us-east-1 deleted",
      ],
    );
    assert.deepEqual(
      plan.warnings.map(({ text }) => text),
      ['MemoryDB user "bob" (reader, us-east-1): its connections to cluster shop will be cut'],
    );

    const calls = await callsDuring(aws, () => stack.destroy());
    for (const user of plan.users) assert.deepEqual(changesFor(user, calls), announced(user), user.id);
    const total = plan.users.flatMap((user) => user.calls).reduce((sum, { times }) => sum + times, 0);
    assert.equal(calls.filter(isChange).length, total);
    const touched = new Set(
      calls.filter(isChange).flatMap(({ parameters }) => Object.values(parameters).flat()),
    );
    const purged = plan.users.flatMap(({ attachments }) =>
      attachments.filter(({ fate }) => fate === "purged"),
    );
    assert.equal(purged.length, 9 + faceIds.length);
    assert.deepEqual(
      purged.filter(({ id }) => !touched.has(id)),
      [],
    );
    assert.deepEqual(idsAlive(aws), []);
  });

  it("agree on who blocks, who is protected, who stays, who is gone, and who is somebody else's", async () => {
    const program = () => {
      new iam.User("blocked", { userName: "ann" });
      new iam.User("protected", { userName: "bob" }, { protect: true });
      new iam.User("retained", { userName: "cid" }, { retainOnDelete: true });
      new iam.User("gone", { userName: "dan" });
      new iam.User("again", { userName: "eve" });
      new iam.User("free", { userName: "fay" });
      new elasticache.User("default", {
        userId: "gus",
        userName: "default",
        engine: "redis",
        ...NO_PASSWORD,
      });
    };
    const { aws, stack } = await begin({ program });
    await stack.up();
    const somebody = new IAMClient(clientConfig(aws));
    await somebody.send(new CreateAccessKeyCommand({ UserName: "ann" }));
    for (const UserName of ["dan", "eve"]) await somebody.send(new DeleteUserCommand({ UserName }));
    await somebody.send(new CreateUserCommand({ UserName: "eve" }));
    await new ElastiCacheClient(clientConfig(aws)).send(
      new CreateUserGroupCommand({ UserGroupId: "apps", Engine: "redis", UserIds: ["gus"] }),
    );

    const plan = await planOf(stack, aws);
    assert.deepEqual([plan.code, plan.verdict], [2, "blocked"]);
    const outcomes = Object.fromEntries(plan.users.map(({ name, outcome }) => [name, outcome]));
    assert.deepEqual(outcomes, {
      blocked: "blocked",
      protected: "protected",
      retained: "retained",
      gone: "gone",
      again: "somebodyElses",
      free: "deleted",
      default: "blocked",
    });

    stack.setProgram(program);
    const calls = await callsDuring(aws, async () => {
      const { output } = await stack.failing.destroy({ continueOnError: true });
      for (const { reason } of plan.users.filter(({ outcome }) => outcome === "blocked")) {
        const listed = /^blocked by [^.]*/.exec(reason ?? "")?.[0] ?? "nothing";
        assert.ok(output.includes(listed.replace(/\)$/, "")), `${listed}\n${output}`);
      }
    });
    for (const user of plan.users) assert.deepEqual(changesFor(user, calls), announced(user), user.id);
    assert.deepEqual(idsAlive(aws).sort(), ["ann", "bob", "cid", "eve", "gus"]);
    assert.deepEqual((await stack.resourceNames()).sort(), ["blocked", "default", "protected"]);
  });

  it("agree on the old copy of a replacement, which is still to be deleted", async () => {
    const named = (userName: string) => () => void new iam.User("worker", { userName });
    const { aws, stack } = await begin({ program: named("ann") });
    await stack.up();
    const somebody = new IAMClient(clientConfig(aws));
    const { AccessKey } = await somebody.send(new CreateAccessKeyCommand({ UserName: "ann" }));
    stack.setProgram(named("bob"));
    await stack.failing.up();
    const described = ({ users }: DestroyPlan) =>
      users.map(({ id, name, replaced, outcome }) => [id, name, replaced, outcome]);
    assert.deepEqual(described(await planOf(stack, aws)), [
      ["ann", "worker", true, "blocked"],
      ["bob", "worker", false, "deleted"],
    ]);

    await somebody.send(new DeleteAccessKeyCommand({ UserName: "ann", AccessKeyId: AccessKey?.AccessKeyId }));
    const plan = await planOf(stack, aws);
    assert.equal(plan.code, 0);
    const calls = await callsDuring(aws, () => stack.destroy());
    for (const user of plan.users) assert.deepEqual(changesFor(user, calls), announced(user), user.id);
    assert.deepEqual(idsAlive(aws), []);
  });

  it("uses the encrypted credentials of the stack, and shows nothing of them", async () => {
    const account = "111122223333";
    const secret = "a-secret-key-that-is-a-marker";
    const config = { "aws:accessKey": account, "aws:secretKey": { value: secret, secret: true } } as const;
    const program = () => void new iam.User("ann", { userName: "ann" });
    const { aws, stack } = await begin({ program, config });
    await stack.up();
    const plan = await planOf(stack, aws);
    assert.deepEqual(
      plan.users.map((user) => [user.account, user.outcome]),
      [[account, "deleted"]],
    );
    assert.ok(!JSON.stringify(plan).includes(secret));
  });
});

async function facesIn(aws: LocalAws, count: number): Promise<string[]> {
  const client = new RekognitionClient(clientConfig(aws));
  const CollectionId = "lobby";
  await client.send(new CreateCollectionCommand({ CollectionId }));
  const ids: string[] = [];
  while (ids.length < count) {
    const Image = { Bytes: new Uint8Array([1]) };
    const { FaceRecords } = await client.send(new IndexFacesCommand({ CollectionId, Image }));
    ids.push(FaceRecords?.[0]?.Face?.FaceId ?? "");
  }
  return ids;
}

async function useInMemoryDb(aws: LocalAws, userName: string): Promise<void> {
  const client = new MemoryDBClient(clientConfig(aws));
  await client.send(new CreateACLCommand({ ACLName: "app", UserNames: [userName] }));
  const cluster = { ClusterName: "shop", NodeType: "db.t4g.small", ACLName: "app" };
  await client.send(new CreateClusterCommand(cluster));
}
