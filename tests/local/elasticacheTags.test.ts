import assert from "node:assert/strict";
import {
  AddTagsToResourceCommand,
  CreateReplicationGroupCommand,
  CreateServerlessCacheCommand,
  CreateUserCommand,
  CreateUserGroupCommand,
  DeleteUserCommand,
  DescribeUsersCommand,
  ElastiCacheClient,
  ListTagsForResourceCommand,
  ModifyUserCommand,
  RemoveTagsFromResourceCommand,
} from "@aws-sdk/client-elasticache";
import type { Transitions } from "../../local";
import { clientConfig, localAwsForEachTest, manualClock } from "./start";

const AT_ONCE = { createMs: 0, modifyMs: 0, deleteMs: 0, groupMs: 0 };

describe("Tags of ElastiCache users in the local AWS", () => {
  const start = localAwsForEachTest();

  async function tagged(transitions: Transitions) {
    const clock = manualClock();
    const client = new ElastiCacheClient(clientConfig(await start({ now: clock.now, transitions })));
    const user = { UserId: "ann", UserName: "ann", Engine: "redis", AccessString: "on ~* +@all" };
    const { ARN: ResourceName } = await client.send(
      new CreateUserCommand({ ...user, NoPasswordRequired: true, Tags: [{ Key: "team", Value: "a" }] }),
    );
    const status = async () =>
      (await client.send(new DescribeUsersCommand({ UserId: "ann" }))).Users?.[0]?.Status;
    const list = async (arn = ResourceName) =>
      (await client.send(new ListTagsForResourceCommand({ ResourceName: arn }))).TagList;
    const add = async (Key: string, Value: string, arn = ResourceName) => {
      const Tags = [{ Key, Value }];
      return (await client.send(new AddTagsToResourceCommand({ ResourceName: arn, Tags }))).TagList;
    };
    const drop = async (TagKeys: string[], arn = ResourceName) =>
      (await client.send(new RemoveTagsFromResourceCommand({ ResourceName: arn, TagKeys }))).TagList;
    return { clock, client, status, list, add, drop };
  }

  it("are given at creation, added, replaced, removed and listed", async () => {
    const { list, add, drop } = await tagged(AT_ONCE);
    assert.deepEqual(await list(), [{ Key: "team", Value: "a" }]);
    await add("env", "");
    assert.deepEqual(await add("team", "b"), [
      { Key: "env", Value: "" },
      { Key: "team", Value: "b" },
    ]);
    assert.deepEqual(await drop(["env"]), [{ Key: "team", Value: "b" }]);
    await assert.rejects(drop(["env"]), { name: "TagNotFoundFault", Code: "TagNotFound" });
    await assert.rejects(add("aws:x", ""), { Code: "InvalidParameterValue" });
    await drop(["team"]);
    assert.deepEqual(await list(), []);
  });

  const notYet = {
    name: "UserNotFoundFault",
    Code: "UserNotFound",
    message: "User: ann is not available for tagging.",
  };

  it("are not available for a while after a user was made, though it is shown as active", async () => {
    const { clock, status, list, add } = await tagged({ ...AT_ONCE, createMs: 10, tagWindowMs: 50 });
    clock.pass(10);
    assert.equal(await status(), "active");
    await assert.rejects(list(), notYet);
    await assert.rejects(add("env", ""), notYet);
    clock.pass(50);
    assert.deepEqual(await list(), [{ Key: "team", Value: "a" }]);
  });

  it("keep the user busy for a while after they were written, though it is shown as active", async () => {
    const { clock, client, status, list, add } = await tagged({ ...AT_ONCE, tagWindowMs: 50 });
    clock.pass(50);
    await add("env", "");
    assert.equal(await status(), "active");
    await assert.rejects(list(), notYet);
    const modify = new ModifyUserCommand({ UserId: "ann", AccessString: "off" });
    await assert.rejects(client.send(modify), { Code: "InvalidUserState" });
    await assert.rejects(client.send(new DeleteUserCommand({ UserId: "ann" })), { Code: "InvalidUserState" });
    clock.pass(50);
    assert.equal((await list())?.length, 2);
    await client.send(modify);
  });

  it("are not available while the user is being modified, for as long as that takes by default", async () => {
    const { clock, client, list } = await tagged({ ...AT_ONCE, modifyMs: 100 });
    await assert.rejects(list(), notYet);
    clock.pass(100);
    await client.send(new ModifyUserCommand({ UserId: "ann", AccessString: "off" }));
    await assert.rejects(list(), notYet);
    clock.pass(100);
    await list();
  });

  it("belong to user groups and caches too", async () => {
    const { client, list, add, drop } = await tagged(AT_ONCE);
    const Tags = [{ Key: "team", Value: "a" }];
    const group = await client.send(
      new CreateUserGroupCommand({ UserGroupId: "team", Engine: "valkey", Tags }),
    );
    const { ReplicationGroup } = await client.send(
      new CreateReplicationGroupCommand({
        ReplicationGroupId: "main",
        ReplicationGroupDescription: "any",
        Tags,
      }),
    );
    const { ServerlessCache } = await client.send(
      new CreateServerlessCacheCommand({ ServerlessCacheName: "main", Engine: "valkey", Tags }),
    );
    const arns = [group.ARN, ReplicationGroup?.ARN, ServerlessCache?.ARN];
    const here = "arn:aws:elasticache:us-east-1:123456789012";
    assert.deepEqual(arns, [
      `${here}:usergroup:team`,
      `${here}:replicationgroup:main`,
      `${here}:serverlesscache:main`,
    ]);
    for (const arn of arns) {
      await add("env", "test", arn);
      await drop(["team"], arn);
      assert.deepEqual(await list(arn), [{ Key: "env", Value: "test" }]);
    }
  });

  it("tell which part of an ARN is wrong", async () => {
    const { list } = await tagged(AT_ONCE);
    const here = "arn:aws:elasticache:us-east-1:123456789012";
    await assert.rejects(list(`${here}:user:zoe`), { Code: "UserNotFound" });
    await assert.rejects(list(`${here}:usergroup:zoe`), { Code: "UserGroupNotFound" });
    await assert.rejects(list(`${here}:replicationgroup:zoe`), { Code: "ReplicationGroupNotFoundFault" });
    await assert.rejects(list(`${here}:serverlesscache:zoe`), { Code: "ServerlessCacheNotFoundFault" });
    await assert.rejects(list(`${here}:cluster:zoe`), { Code: "InvalidARN" });
    await assert.rejects(list(`${here}:user/zoe`), { Code: "InvalidARN" });
    await assert.rejects(list("arn:aws:elasticache:eu-west-1:123456789012:user:ann"), { Code: "InvalidARN" });
  });
});
