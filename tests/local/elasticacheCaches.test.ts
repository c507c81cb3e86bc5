import assert from "node:assert/strict";
import {
  CreateUserGroupCommand,
  DescribeReplicationGroupsCommand,
  DescribeServerlessCachesCommand,
  DescribeUserGroupsCommand,
} from "@aws-sdk/client-elasticache";
import type { LocalAwsOptions } from "../../local";
import { openElastiCache, TIMES } from "./openElastiCache";
import { localAwsForEachTest } from "./start";

describe("Caches of ElastiCache in the local AWS", () => {
  const start = localAwsForEachTest();
  const elasticache = (options: LocalAwsOptions = {}) => openElastiCache(start, options);

  it("are creating at first, their names in lower case", async () => {
    const { clock, createGroup, ...cache } = await elasticache({ transitions: { ...TIMES, createMs: 1000 } });
    await createGroup("valkey");
    clock.pass(1000);
    const made = await cache.createReplicationGroup({
      ReplicationGroupId: "Main",
      Engine: "Valkey",
      UserGroupIds: ["Team"],
    });
    assert.deepEqual(made, {
      ReplicationGroupId: "main",
      Description: "any",
      Status: "creating",
      PendingModifiedValues: {},
      TransitEncryptionEnabled: true,
      ARN: "arn:aws:elasticache:us-east-1:123456789012:replicationgroup:main",
      UserGroupIds: ["team"],
      Engine: "valkey",
    });
    const store = await cache.createServerlessCache({ ServerlessCacheName: "Store", UserGroupId: "Team" });
    assert.deepEqual(store, {
      ServerlessCacheName: "store",
      CreateTime: new Date(clock.now()),
      Status: "creating",
      Engine: "valkey",
      ARN: "arn:aws:elasticache:us-east-1:123456789012:serverlesscache:store",
      UserGroupId: "team",
    });
    await assert.rejects(cache.removeReplicationGroup(), {
      name: "InvalidReplicationGroupStateFault",
      Code: "InvalidReplicationGroupState",
    });
    await assert.rejects(cache.removeServerlessCache(), { name: "InvalidServerlessCacheStateFault" });
    await assert.rejects(cache.createReplicationGroup(), { Code: "ReplicationGroupAlreadyExists" });
    await assert.rejects(cache.createServerlessCache(), { Code: "ServerlessCacheAlreadyExistsFault" });
    clock.pass(1000);
    assert.equal((await cache.findReplicationGroup())?.Status, "available");
    assert.equal((await cache.findServerlessCache())?.Status, "available");
  });

  it("are shown with the user group that gives access to them, and beside its users", async () => {
    const { aws, create, createGroup, findGroup, createReplicationGroup, createServerlessCache } =
      await elasticache();
    await create("ann", { Engine: "valkey" });
    await createGroup("valkey", "ann");
    await createReplicationGroup({ Engine: "valkey", UserGroupIds: ["team"] });
    await createReplicationGroup({ ReplicationGroupId: "other" });
    await createServerlessCache({ UserGroupId: "team" });
    await createServerlessCache({ ServerlessCacheName: "other" });
    const { ReplicationGroups, ServerlessCaches } = (await findGroup()) ?? {};
    assert.deepEqual([ReplicationGroups, ServerlessCaches], [["main"], ["store"]]);
    assert.deepEqual(aws.users()[0]?.attached, {
      userGroups: ["team"],
      replicationGroups: ["main"],
      serverlessCaches: ["store"],
    });
  });

  it("keep their user group from being deleted until they are gone", async () => {
    const { clock, createGroup, removeGroup, ...cache } = await elasticache();
    await createGroup("valkey");
    await cache.createReplicationGroup({ Engine: "valkey", UserGroupIds: ["team"] });
    await cache.createServerlessCache({ UserGroupId: "team" });
    const held = (by: string) => ({
      name: "InvalidUserGroupStateFault",
      Code: "InvalidUserGroupState",
      message: `User group team is associated with ${by} and cannot be deleted.`,
    });
    await assert.rejects(removeGroup(), held("main, store"));
    assert.equal((await cache.removeServerlessCache())?.Status, "deleting");
    await assert.rejects(removeGroup(), held("main, store"));
    clock.pass(200);
    await assert.rejects(cache.findServerlessCache(), {
      name: "ServerlessCacheNotFoundFault",
      Code: "ServerlessCacheNotFoundFault",
    });
    await assert.rejects(removeGroup(), held("main"));
    assert.equal((await cache.removeReplicationGroup())?.Status, "deleting");
    clock.pass(200);
    await assert.rejects(cache.findReplicationGroup(), {
      name: "ReplicationGroupNotFoundFault",
      Code: "ReplicationGroupNotFoundFault",
    });
    await removeGroup();
  });

  it("name the user groups to come and to go while a replication group is modifying", async () => {
    const { clock, client, createGroup, ...cache } = await elasticache();
    await createGroup("valkey");
    await client.send(new CreateUserGroupCommand({ UserGroupId: "next", Engine: "valkey" }));
    await cache.createReplicationGroup({ Engine: "valkey", UserGroupIds: ["team"] });
    const swap = { UserGroupIdsToAdd: ["next"], UserGroupIdsToRemove: ["team"] };
    const modifying = await cache.modifyReplicationGroup(swap);
    assert.deepEqual(
      [modifying?.Status, modifying?.UserGroupIds, modifying?.PendingModifiedValues?.UserGroups],
      ["modifying", ["team"], swap],
    );
    await assert.rejects(cache.modifyReplicationGroup(swap), { Code: "InvalidReplicationGroupState" });
    const using = async () =>
      (await client.send(new DescribeUserGroupsCommand({}))).UserGroups?.map(
        (group) => group.ReplicationGroups,
      );
    assert.deepEqual(await using(), [["main"], ["main"]]);
    clock.pass(100);
    const after = await cache.findReplicationGroup();
    assert.deepEqual(
      [after?.Status, after?.UserGroupIds, after?.PendingModifiedValues],
      ["available", ["next"], {}],
    );
    assert.deepEqual(await using(), [["main"], []]);
    await assert.rejects(cache.modifyReplicationGroup({ UserGroupIdsToRemove: ["team"] }), {
      Code: "InvalidParameterValue",
    });
    await assert.rejects(cache.modifyReplicationGroup({}), { Code: "InvalidParameterCombination" });
  });

  it("refuse user groups that are unknown, not ready, too many, unencrypted or of the wrong engine", async () => {
    const { client, clock, createGroup, removeGroup, ...cache } = await elasticache();
    const unknown = { Code: "UserGroupNotFound" };
    await assert.rejects(cache.createReplicationGroup({ UserGroupIds: ["team"] }), unknown);
    await assert.rejects(cache.createServerlessCache({ UserGroupId: "team" }), unknown);
    await createGroup("valkey");
    await client.send(new CreateUserGroupCommand({ UserGroupId: "next", Engine: "valkey" }));
    const combination = { Code: "InvalidParameterCombination" };
    await assert.rejects(
      cache.createReplicationGroup({ Engine: "redis", UserGroupIds: ["team"] }),
      combination,
    );
    await assert.rejects(cache.createServerlessCache({ Engine: "redis", UserGroupId: "team" }), combination);
    const plain = { Engine: "valkey", TransitEncryptionEnabled: false, UserGroupIds: ["team"] };
    await assert.rejects(cache.createReplicationGroup(plain), combination);
    const two = { Engine: "valkey", UserGroupIds: ["team", "next"] };
    await assert.rejects(cache.createReplicationGroup(two), { Code: "InvalidParameterValue" });
    await removeGroup();
    const notReady = { Code: "InvalidUserGroupState" };
    await assert.rejects(cache.createServerlessCache({ UserGroupId: "team" }), notReady);
    clock.pass(200);
    await assert.rejects(cache.createServerlessCache({ UserGroupId: "team" }), unknown);
  });

  it("refuse names that are malformed", async () => {
    const { createReplicationGroup, createServerlessCache } = await elasticache();
    const refused = { Code: "InvalidParameterValue" };
    await assert.rejects(createReplicationGroup({ ReplicationGroupId: "a--b" }), refused);
    await assert.rejects(createServerlessCache({ ServerlessCacheName: "1" }), refused);
  });

  it("are listed page by page, each kind in its own way", async () => {
    const { client, createReplicationGroup, createServerlessCache } = await elasticache({ pageSize: 2 });
    for (const name of ["c", "a", "b"]) {
      await createReplicationGroup({ ReplicationGroupId: name });
      await createServerlessCache({ ServerlessCacheName: name });
    }
    const groups = (Marker?: string) =>
      client.send(new DescribeReplicationGroupsCommand({ Marker, MaxRecords: 20 }));
    const first = await groups();
    const second = await groups(first.Marker);
    assert.deepEqual(
      [...(first.ReplicationGroups ?? []), ...(second.ReplicationGroups ?? [])].map(
        (group) => group.ReplicationGroupId,
      ),
      ["a", "b", "c"],
    );
    const caches = (NextToken?: string) =>
      client.send(new DescribeServerlessCachesCommand({ NextToken, MaxResults: 50 }));
    const one = await caches();
    const two = await caches(one.NextToken);
    assert.deepEqual(
      [...(one.ServerlessCaches ?? []), ...(two.ServerlessCaches ?? [])].map(
        (cache) => cache.ServerlessCacheName,
      ),
      ["a", "b", "c"],
    );
    assert.deepEqual([second.Marker, two.NextToken], [undefined, undefined]);
    const single = await client.send(new DescribeServerlessCachesCommand({ MaxResults: 1 }));
    assert.equal(single.ServerlessCaches?.length, 1);
    await assert.rejects(client.send(new DescribeReplicationGroupsCommand({ MaxRecords: 19 })), {
      Code: "InvalidParameterValue",
      message: "The parameter MaxRecords must be between 20 and 100, but is 19.",
    });
    await assert.rejects(caches("x"), { message: "The parameter NextToken is not valid." });
  });
});
