import assert from "node:assert/strict";
import {
  CreateUserGroupCommand,
  DeleteUserCommand,
  DeleteUserGroupCommand,
  DescribeUserGroupsCommand,
  ElastiCacheClient,
  ModifyUserGroupCommand,
} from "@aws-sdk/client-elasticache";
import type { LocalAws } from "../../local";
import { elasticache } from "../../sdk";
import { clientConfig } from "../local/start";
import { inCallTime } from "./callTime";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";

describe("the destroy of an ElastiCache user", () => {
  const begin = scenes();
  const user = (name: string, args: Partial<elasticache.UserArgs> = {}) =>
    new elasticache.User(name, {
      userId: name,
      engine: "redis",
      accessString: "on ~* +@all",
      authentication: { type: "password", passwords: ["a-password-of-ann"] },
      ...args,
    });
  const ann = () => void user("ann");
  /** What Redis groups need: a user whose name is `default`. */
  const base = () => void user("base", { userName: "default" });
  const aws = { transitions: { createMs: 0, modifyMs: 0, deleteMs: 3_500, groupMs: 0 } };

  it("asks once, then looks until AWS says that the user is gone, and no more", async () => {
    const { aws: local, stack } = await inCallTime(begin, { program: ann, aws });
    await stack.up();
    const calls = await callsDuring(local, async () => {
      assert.deepEqual((await stack.destroy()).changes, ["delete ann"]);
    });
    assert.deepEqual(operationsOf(calls), [
      "DeleteUser",
      "DescribeUsers",
      "DescribeUsers",
      "DescribeUsers",
      "DescribeUsers UserNotFound",
    ]);
    assert.deepEqual(idsAlive(local), []);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("is done when somebody has deleted the user before", async () => {
    const { aws: local, stack } = await begin({ program: ann });
    await stack.up();
    await clientOf(local).send(new DeleteUserCommand({ UserId: "ann" }));
    const calls = await callsDuring(local, async () => {
      assert.deepEqual((await stack.destroy()).changes, ["delete ann"]);
    });
    assert.equal(operationsOf(calls).at(-1), "DescribeUsers UserNotFound");
    assert.deepEqual(idsAlive(local), []);
  });

  it("deletes two users of one group together and leaves the group to AWS", async () => {
    const program = () => {
      user("ann");
      user("bob");
    };
    const { aws: local, stack } = await begin({ program, aws: { transitions: { groupMs: 400 } } });
    await stack.up();
    await makeGroup(local, ["default", "ann", "bob"]);

    const calls = await callsDuring(local, async () => {
      const { changes } = await stack.destroy();
      assert.deepEqual([...changes].sort(), ["delete ann", "delete bob"]);
    });
    const operations = calls.map(({ operation }) => operation);
    assert.deepEqual([...new Set(operations)].sort(), ["DeleteUser", "DescribeUsers"]);
    assert.deepEqual(idsAlive(local), []);
    const { UserGroups } = await clientOf(local).send(new DescribeUserGroupsCommand({ UserGroupId: "team" }));
    assert.deepEqual(UserGroups?.[0]?.UserIds, ["default"]);
  });

  it("is blocked for the default user of a Redis group, names the group, and goes on when it has another", async () => {
    const { aws: local, stack } = await begin({ program: base, aws: { transitions: { groupMs: 0 } } });
    await stack.up();
    await makeGroup(local, ["base"]);

    const calls = await callsDuring(local, async () => {
      const { output, changes } = await stack.failing.destroy();
      assert.deepEqual(changes, ["delete base (failed)"]);
      assert.match(
        output,
        /deleting ElastiCache user "base": blocked by 1 user group \(team status active\)\. Put another user/,
      );
    });
    assert.deepEqual(operationsOf(calls), [
      "DeleteUser DefaultUserAssociatedToUserGroup",
      "DescribeUserGroups",
    ]);
    assert.deepEqual(await stack.resourceNames(), ["base"]);
    assert.deepEqual(idsAlive(local), ["base"]);

    const swap = { UserIdsToAdd: ["default"], UserIdsToRemove: ["base"] };
    await clientOf(local).send(new ModifyUserGroupCommand({ UserGroupId: "team", ...swap }));
    assert.deepEqual((await stack.destroy()).changes, ["delete base"]);
    assert.deepEqual(idsAlive(local), []);
  });

  it("waits for a Redis group that is being deleted to let its default user go", async () => {
    const { aws: local, stack } = await inCallTime(begin, { program: base, aws });
    await stack.up();
    await makeGroup(local, ["base"]);
    await clientOf(local).send(new DeleteUserGroupCommand({ UserGroupId: "team" }));
    const operations = operationsOf(await callsDuring(local, () => stack.destroy()));
    assert.equal(operations[0], "DeleteUser DefaultUserAssociatedToUserGroup");
    assert.equal(operations.filter((operation) => operation === "DeleteUser").length, 1);
    assert.equal(operations.at(-1), "DescribeUsers UserNotFound");
    assert.deepEqual(idsAlive(local), []);
  });
});

function clientOf(aws: LocalAws): ElastiCacheClient {
  return new ElastiCacheClient(clientConfig(aws));
}

async function makeGroup(aws: LocalAws, UserIds: string[]): Promise<void> {
  await clientOf(aws).send(new CreateUserGroupCommand({ UserGroupId: "team", Engine: "redis", UserIds }));
}
