import assert from "node:assert/strict";
import {
  CreateUserCommand,
  CreateUserGroupCommand,
  DeleteUserCommand,
  ElastiCacheClient,
  ModifyUserGroupCommand,
} from "@aws-sdk/client-elasticache";
import type { LocalAws } from "../../local";
import { elasticache } from "../../sdk";
import { clientConfig } from "../local/start";
import { inCallTime } from "./callTime";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";
import { tagList, writesAmong } from "./observed";

const UserId = "ann";

describe("an ElastiCache user that meets trouble", () => {
  const begin = scenes();
  const cache =
    (args: Partial<elasticache.UserArgs> = {}) =>
    () =>
      void new elasticache.User("cache", {
        userId: UserId,
        engine: "valkey",
        accessString: "on ~* +@all",
        authentication: { type: "iam" },
        ...args,
      });

  it("is made by the next up when AWS refused it, and repaired when it could not be seen becoming ready", async () => {
    const quota = { code: "UserQuotaExceeded", message: "A region can have 1000 users." };
    const { aws, stack } = await begin({
      program: cache(),
      aws: {
        faults: [
          { operation: "elasticache:CreateUser", calls: [1], error: quota },
          { operation: "elasticache:DescribeUsers", calls: [1], error: { code: "AccessDenied" } },
        ],
      },
    });
    assert.match(
      (await stack.failing.up()).output,
      /creating ElastiCache user "ann": elasticache:CreateUser answered UserQuotaExceeded\w*: A region can have/,
    );
    assert.deepEqual(await stack.resourceNames(), []);

    const { output } = await stack.failing.up();
    assert.match(output, /creating ElastiCache user "ann": access was denied to elasticache:DescribeUsers/);
    assert.equal((await stack.resource("cache")).initErrors?.length, 1);

    assert.deepEqual((await stack.up()).changes, ["update cache"]);
    const { initErrors, outputs } = await stack.resource("cache");
    assert.deepEqual(initErrors ?? [], []);
    assert.equal(outputs["status"], "active");
    assert.deepEqual(idsAlive(aws), [UserId]);
  });

  it("is changed as soon as a change of its group, which makes it modifying, is through", async () => {
    const { aws, stack } = await inCallTime(begin, {
      program: cache(),
      aws: { transitions: { createMs: 0, modifyMs: 0, groupMs: 5_500 } },
    });
    await stack.up();
    const somebody = clientOf(aws);
    const group = { UserGroupId: "team", Engine: "valkey" };
    await make(aws, "bob");
    await somebody.send(new CreateUserGroupCommand({ ...group, UserIds: [UserId] }));
    await somebody.send(new ModifyUserGroupCommand({ ...group, UserIdsToAdd: ["bob"] }));

    stack.setProgram(cache({ accessString: "on ~app:* +@read" }));
    const calls = operationsOf(await callsDuring(aws, () => stack.up()));
    assert.ok(calls.includes("ModifyUser InvalidUserState"), calls.join());
    assert.equal(calls.filter((call) => call === "ModifyUser").length, 1);
  });

  it("is tagged and changed as soon as its tags can be written, and its tags as soon as it is changed", async () => {
    const { aws, stack } = await inCallTime(begin, {
      program: cache({ tags: { old: "1" } }),
      aws: { transitions: { createMs: 0, modifyMs: 0, tagWindowMs: 5_500 } },
    });
    await stack.up();
    for (const { args, writes } of [
      { args: { tags: { new: "1" } }, writes: ["RemoveTagsFromResource", "AddTagsToResource"] },
      { args: { tags: { new: "1" }, accessString: "on ~app:* +@read" }, writes: ["ModifyUser"] },
    ]) {
      stack.setProgram(cache(args));
      const calls = await callsDuring(aws, () => stack.up());
      assert.ok(
        calls.some(({ error }) => error !== undefined),
        "AWS refused nothing",
      );
      assert.deepEqual(
        writesAmong(calls).map(([operation]) => operation),
        writes,
      );
    }
    assert.deepEqual((await stack.refresh({ expectNoChanges: true })).changes, []);
  });

  it("is made as soon as another one of its id has been deleted", async () => {
    const { aws, stack } = await inCallTime(begin, {
      program: cache(),
      aws: { transitions: { createMs: 0, deleteMs: 4_500 } },
    });
    await make(aws, UserId);
    await clientOf(aws).send(new DeleteUserCommand({ UserId }));
    const calls = operationsOf(await callsDuring(aws, () => stack.up()));
    assert.equal(calls[0], "CreateUser UserAlreadyExists");
    assert.equal(calls.filter((call) => call === "CreateUser").length, 1);
    assert.equal((await stack.resource("cache")).outputs["status"], "active");
  });

  it("is taken over by a run that names it, and brought to what is declared", async () => {
    const { aws, stack } = await begin({
      program: cache({ tags: { team: "build" } }),
      aws: { transitions: { createMs: 0, modifyMs: 0 } },
    });
    await make(aws, UserId);
    assert.match(
      (await stack.failing.up()).output,
      /creating ElastiCache user "ann": a user of that name exists .*PULUMI_AWS_USERS_ADOPT_EXISTING=ann/,
    );
    stack.setEnvironment({ PULUMI_AWS_USERS_ADOPT_EXISTING: "bob,ann" });
    const calls = await callsDuring(aws, async () => {
      const { changes, output } = await stack.up();
      assert.deepEqual(changes, ["create cache"]);
      assert.match(output, /adopting ElastiCache user "ann", which exists in account 123456789012/);
    });
    assert.deepEqual(writesAmong(calls), [
      [
        "ModifyUser",
        { UserId, Engine: "valkey", AccessString: "on ~* +@all", AuthenticationMode: { Type: "iam" } },
      ],
      ["AddTagsToResource", { Tags: tagList({ team: "build" }) }],
    ]);
  });

  it("is not taken over when it has another name, which nobody can change", async () => {
    const { aws, stack } = await begin({ program: cache({ adoptExisting: true }) });
    await make(aws, UserId, "somebody");
    const calls = await callsDuring(aws, async () => {
      assert.match((await stack.failing.up()).output, /creating ElastiCache user "ann": .*userName/);
    });
    assert.deepEqual(writesAmong(calls), []);
    assert.deepEqual(await stack.resourceNames(), []);
  });
});

function clientOf(aws: LocalAws): ElastiCacheClient {
  return new ElastiCacheClient(clientConfig(aws));
}

async function make(aws: LocalAws, id: string, UserName = id): Promise<void> {
  const AuthenticationMode = { Type: "password" as const, Passwords: ["somebodys-password"] };
  const theirs = { Engine: "redis", AccessString: "on ~theirs:* +@read", AuthenticationMode };
  await clientOf(aws).send(new CreateUserCommand({ UserId: id, UserName, ...theirs }));
}
