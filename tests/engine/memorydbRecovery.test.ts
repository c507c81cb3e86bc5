import assert from "node:assert/strict";
import {
  CreateUserCommand,
  DeleteUserCommand,
  DescribeUsersCommand,
  ListTagsCommand,
  MemoryDBClient,
} from "@aws-sdk/client-memorydb";
import type { LocalAws } from "../../local";
import { memorydb } from "../../sdk";
import { clientConfig } from "../local/start";
import { inCallTime } from "./callTime";
import { callsDuring, idsAlive, operationsOf, scenes, showsStack } from "./fixtures";
import { tagList, writesAmong } from "./observed";

const UserName = "ann";

describe("a MemoryDB user that meets trouble", () => {
  const begin = scenes();
  const reader =
    (args: Partial<memorydb.UserArgs> = {}) =>
    () =>
      void new memorydb.User("reader", {
        userName: UserName,
        accessString: "on ~* &* +@all",
        authentication: { type: "iam" },
        ...args,
      });

  it("is made by the next up when AWS refused it, and not recorded before", async () => {
    const error = { code: "UserQuotaExceededFault", message: "A region can have 2000 users." };
    const { aws, stack } = await begin({
      program: reader(),
      aws: { faults: [{ operation: "memorydb:CreateUser", calls: [1], error }] },
    });
    const { output } = await stack.failing.up();
    assert.match(
      output,
      /creating MemoryDB user "ann": memorydb:CreateUser answered UserQuotaExceededFault: A region can have/,
    );
    assert.ok(!showsStack(output), output);
    assert.deepEqual(await stack.resourceNames(), []);
    assert.deepEqual((await stack.up()).changes, ["create reader"]);
    assert.deepEqual(idsAlive(aws), [UserName]);
  });

  it("is kept in the state when it was made but could not be seen becoming ready, and repaired", async () => {
    const denied = { operation: "memorydb:DescribeUsers", error: { code: "AccessDeniedException" } };
    const { aws, stack } = await begin({
      program: reader({ tags: { team: "build" } }),
      aws: { faults: [{ ...denied, calls: [1] }] },
    });
    const { output } = await stack.failing.up();
    assert.match(output, /creating MemoryDB user "ann": access was denied to memorydb:DescribeUsers/);
    assert.deepEqual(await stack.resourceNames(), ["reader"]);
    assert.equal((await stack.resource("reader")).initErrors?.length, 1);

    const calls = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up()).changes, ["update reader"]);
    });
    assert.deepEqual(writesAmong(calls), []);
    const { initErrors, outputs } = await stack.resource("reader");
    assert.deepEqual(initErrors ?? [], []);
    assert.equal(outputs["status"], "active");
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
  });

  it("is changed again and again until AWS takes the change, tags included", async () => {
    const busy = { code: "InvalidUserStateFault", message: "User ann has status modifying." };
    const untaggable = { code: "UserNotFoundFault", message: "User ann is not available for tagging." };
    const { aws, stack } = await begin({
      program: reader({ tags: { old: "1" } }),
      aws: {
        faults: [
          { operation: "UpdateUser", calls: [1, 2], error: busy },
          { operation: "ListTags", calls: [1], error: untaggable },
          { operation: "UntagResource", calls: [1], error: untaggable },
          { operation: "TagResource", calls: [1], error: untaggable },
        ],
      },
    });
    await stack.up();
    stack.setProgram(reader({ accessString: "on ~app:* +@read", tags: { new: "1" } }));
    const calls = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up()).changes, ["update reader"]);
    });
    const tries = (name: string) => calls.filter(({ operation }) => operation === name).length;
    assert.equal(tries("UpdateUser"), 3);
    assert.equal(tries("ListTags"), 2);
    assert.deepEqual(
      writesAmong(calls).map(([operation]) => operation),
      ["UpdateUser", "UntagResource", "TagResource"],
    );
    assert.deepEqual(await tagsOf(aws), tagList({ new: "1" }));
  });

  it("is made as soon as another one of its name has been deleted", async () => {
    const { aws, stack } = await inCallTime(begin, {
      program: reader(),
      aws: { transitions: { createMs: 0, deleteMs: 4_500 } },
    });
    await make(aws);
    await clientOf(aws).send(new DeleteUserCommand({ UserName }));
    const calls = operationsOf(await callsDuring(aws, () => stack.up()));
    assert.equal(calls[0], "CreateUser UserAlreadyExistsFault");
    assert.equal(calls.filter((call) => call === "CreateUser").length, 1);
    assert.equal((await stack.resource("reader")).outputs["status"], "active");
  });

  it("is not taken over when it exists, unless the resource or the run says so", async () => {
    const { aws, stack } = await begin({ program: reader({ tags: { team: "build" } }) });
    await make(aws, "on ~theirs:* +@read");
    const { output } = await stack.failing.up();
    assert.match(
      output,
      /creating MemoryDB user "ann": a user of that name exists in account 123456789012\..*adoptExisting: true/,
    );
    assert.match(output, /PULUMI_AWS_USERS_ADOPT_EXISTING=ann/);
    assert.deepEqual(await stack.resourceNames(), []);

    stack.setProgram(reader({ tags: { team: "build" }, adoptExisting: true }));
    const calls = await callsDuring(aws, async () => {
      const up = await stack.up();
      assert.deepEqual(up.changes, ["create reader"]);
      assert.match(up.output, /adopting MemoryDB user "ann", which exists in account 123456789012/);
    });
    assert.deepEqual(
      calls.filter(({ error }) => error !== undefined).map(({ operation }) => operation),
      ["CreateUser"],
    );
    assert.deepEqual(writesAmong(calls), [
      ["UpdateUser", { UserName, AccessString: "on ~* &* +@all", AuthenticationMode: { Type: "iam" } }],
      ["TagResource", { Tags: tagList({ team: "build" }) }],
    ]);

    stack.setProgram(reader({ tags: { team: "build" } }));
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });
});

function clientOf(aws: LocalAws): MemoryDBClient {
  return new MemoryDBClient(clientConfig(aws));
}

async function make(aws: LocalAws, AccessString = "on ~* &* +@all"): Promise<void> {
  const AuthenticationMode = { Type: "password" as const, Passwords: ["somebodys-password"] };
  await clientOf(aws).send(new CreateUserCommand({ UserName, AccessString, AuthenticationMode }));
}

async function tagsOf(aws: LocalAws) {
  const { Users } = await clientOf(aws).send(new DescribeUsersCommand({ UserName }));
  return (await clientOf(aws).send(new ListTagsCommand({ ResourceArn: Users?.[0]?.ARN }))).TagList;
}
