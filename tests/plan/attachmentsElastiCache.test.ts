import assert from "node:assert/strict";
import {
  CreateReplicationGroupCommand,
  CreateServerlessCacheCommand,
  CreateUserCommand,
  CreateUserGroupCommand,
  DeleteUserGroupCommand,
  ElastiCacheClient,
} from "@aws-sdk/client-elasticache";
import type { LocalAws } from "../../local";
import { clientConfig } from "../local/start";
import { localAwsOfTheEnvironment } from "../provider/localGateway";
import { fates, inState, NOW, planOf, planOfOne, QUICK } from "./states";

describe("a plan before destroying, for the groups and caches of ElastiCache", () => {
  const begin = localAwsOfTheEnvironment();
  const open = () => begin({ now: () => NOW, transitions: QUICK });

  async function cacheUser(aws: LocalAws, UserId: string, UserName: string, Engine: string) {
    await new ElastiCacheClient(clientConfig(aws)).send(
      new CreateUserCommand({
        UserId,
        UserName,
        Engine,
        AccessString: "on ~*",
        AuthenticationMode: { Type: "password", Passwords: ["a-password-for-tests"] },
      }),
    );
    return inState("elasticache", UserId);
  }

  it("names groups, and warns of replication groups and serverless caches", async () => {
    const aws = await open();
    const elasticache = new ElastiCacheClient(clientConfig(aws));
    const user = await cacheUser(aws, "cid", "cid", "valkey");
    const other = { Engine: "valkey", UserIds: ["cid"] };
    await elasticache.send(new CreateUserGroupCommand({ UserGroupId: "apps", ...other }));
    await elasticache.send(
      new CreateReplicationGroupCommand({
        ReplicationGroupId: "main",
        ReplicationGroupDescription: "main",
        Engine: "valkey",
        UserGroupIds: ["apps"],
        TransitEncryptionEnabled: true,
      }),
    );
    await elasticache.send(
      new CreateServerlessCacheCommand({
        ServerlessCacheName: "side",
        Engine: "valkey",
        UserGroupId: "apps",
      }),
    );
    const { users, warnings } = await planOf([user]);
    assert.deepEqual(
      users[0]?.attachments.map(({ noun, id, fate }) => `${noun} ${id} ${fate}`),
      [
        "user group apps detached",
        "replication group main disconnected",
        "serverless cache side disconnected",
      ],
    );
    assert.equal(users[0]?.outcome, "deleted");
    assert.deepEqual(
      warnings.map(({ text }) => text),
      [
        'ElastiCache user "cid" (us-east-1): its connections to replication group main, serverless cache side will be cut',
      ],
    );
  });

  it("is blocked by the groups whose default user it is, unless they are being deleted", async () => {
    const aws = await begin({ transitions: { createMs: 0, deleteMs: 1 } });
    const elasticache = new ElastiCacheClient(clientConfig(aws));
    const user = await cacheUser(aws, "dan", "default", "redis");
    const other = await cacheUser(aws, "eve", "eve", "redis");
    for (const UserGroupId of ["one", "two"]) {
      await elasticache.send(
        new CreateUserGroupCommand({ UserGroupId, Engine: "redis", UserIds: ["dan", "eve"] }),
      );
    }
    assert.deepEqual(fates(await planOfOne(other)), { userGroups: "detached" });
    const blocked = await planOfOne(user);
    assert.deepEqual([blocked.outcome, blocked.calls], ["blocked", []]);
    assert.equal(
      blocked.reason,
      "blocked by 2 user groups (one, two). Put another user of the same user name in its place in one change, or delete them first.",
    );
    for (const UserGroupId of ["one", "two"])
      await elasticache.send(new DeleteUserGroupCommand({ UserGroupId }));
    const free = await planOfOne(user);
    assert.equal(free.outcome, "deleted");
    assert.deepEqual(
      free.attachments.map(({ fate }) => fate),
      ["awaited", "awaited"],
    );
  });

  it("is none for a default user whose groups may not be listed, and only a doubt for another user", async () => {
    const aws = await open();
    const user = await cacheUser(aws, "dan", "default", "redis");
    const other = await cacheUser(aws, "eve", "eve", "redis");
    await new ElastiCacheClient(clientConfig(aws)).send(
      new CreateUserGroupCommand({ UserGroupId: "one", Engine: "redis", UserIds: ["dan", "eve"] }),
    );
    aws.addFaults({ operation: "DescribeUserGroups", error: { code: "AccessDenied" } });
    await assert.rejects(() => planOf([user, other]), {
      message: /^ElastiCache users: access was denied to elasticache:DescribeUserGroups/,
    });
    const { verdict, warnings } = await planOf([other]);
    assert.deepEqual([verdict, warnings.map(({ code }) => code)], ["clear", ["notKnown"]]);
  });

  it("is not held by a group of engine valkey, which needs no default user", async () => {
    const aws = await open();
    const user = await cacheUser(aws, "dan", "default", "valkey");
    await new ElastiCacheClient(clientConfig(aws)).send(
      new CreateUserGroupCommand({ UserGroupId: "one", Engine: "valkey", UserIds: ["dan"] }),
    );
    assert.deepEqual(fates(await planOfOne(user)), { userGroups: "detached" });
  });
});
