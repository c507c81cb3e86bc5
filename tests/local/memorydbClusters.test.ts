import assert from "node:assert/strict";
import { DescribeClustersCommand, UpdateClusterCommand } from "@aws-sdk/client-memorydb";
import type { LocalAwsOptions } from "../../local";
import { openMemoryDb, TIMES } from "./openMemoryDb";
import { localAwsForEachTest } from "./start";

describe("MemoryDB clusters in the local AWS", () => {
  const start = localAwsForEachTest();
  const memorydb = (options: LocalAwsOptions = {}) => openMemoryDb(start, options);

  it("makes a cluster with its ACL, creating at first, its name in lower case", async () => {
    const { clock, createCluster, findCluster, removeCluster } = await memorydb({
      transitions: { ...TIMES, createMs: 50 },
    });
    const cluster = await createCluster("Open-Access", "Main");
    assert.deepEqual(
      [cluster?.Name, cluster?.Status, cluster?.ACLName, cluster?.NodeType, cluster?.ARN],
      [
        "main",
        "creating",
        "open-access",
        "db.t4g.small",
        "arn:aws:memorydb:us-east-1:123456789012:cluster/main",
      ],
    );
    await assert.rejects(createCluster("open-access", "main"), { name: "ClusterAlreadyExistsFault" });
    await assert.rejects(removeCluster(), { name: "InvalidClusterStateFault" });
    clock.pass(50);
    assert.equal((await findCluster("MAIN"))?.Status, "available");
  });

  it("shows in an ACL which clusters use it, and beside a user what it is let into", async () => {
    const { aws, create, createAcl, findAcl, createCluster } = await memorydb();
    await create();
    await createAcl("team", "ann");
    await createCluster("team", "one");
    await createCluster("team", "two");
    await createCluster("open-access", "other");
    assert.deepEqual((await findAcl())?.Clusters, ["one", "two"]);
    assert.deepEqual((await findAcl("open-access"))?.Clusters, ["other"]);
    assert.deepEqual(aws.users()[0]?.attached, { acls: ["team"], clusters: ["one", "two"] });
  });

  it("names the ACL to come while a cluster is updating, and uses it afterwards", async () => {
    const { clock, createAcl, findAcl, createCluster, findCluster, updateCluster } = await memorydb();
    await createAcl("team");
    await createCluster("open-access");
    const updating = await updateCluster("team");
    assert.deepEqual(
      [updating?.Status, updating?.ACLName, updating?.PendingUpdates],
      ["updating", "open-access", { ACLs: { ACLToApply: "team" } }],
    );
    const using = async () => [(await findAcl("open-access"))?.Clusters, (await findAcl())?.Clusters];
    assert.deepEqual(await using(), [["main"], ["main"]]);
    await assert.rejects(updateCluster("team"), {
      name: "InvalidClusterStateFault",
      message: "Cluster main has status updating which is not valid for modification.",
    });
    clock.pass(100);
    const after = await findCluster();
    assert.deepEqual(
      [after?.Status, after?.ACLName, after?.PendingUpdates],
      ["available", "team", undefined],
    );
    assert.deepEqual(await using(), [[], ["main"]]);
  });

  it("keeps an ACL from being deleted until its cluster is gone or uses another", async () => {
    const { clock, createAcl, removeAcl, createCluster, updateCluster, removeCluster, findCluster } =
      await memorydb();
    await createAcl("team");
    await createAcl("next");
    await createCluster("team");
    const held = {
      name: "InvalidACLStateFault",
      message: "ACL team is associated with cluster main and cannot be deleted.",
    };
    await assert.rejects(removeAcl(), held);
    await updateCluster("next");
    await assert.rejects(removeAcl(), held);
    clock.pass(100);
    await removeAcl();
    assert.equal((await removeCluster())?.Status, "deleting");
    await assert.rejects(removeAcl("next"), { name: "InvalidACLStateFault" });
    clock.pass(200);
    await assert.rejects(findCluster(), { name: "ClusterNotFoundFault" });
    await removeAcl("next");
  });

  it("refuses what is not there, not ready or changes nothing", async () => {
    const { clock, client, createAcl, removeAcl, createCluster, updateCluster } = await memorydb();
    await assert.rejects(createCluster("team"), { name: "ACLNotFoundFault" });
    await assert.rejects(createCluster("open-access", "a--b"), { name: "InvalidParameterValueException" });
    await assert.rejects(updateCluster("team"), { name: "ClusterNotFoundFault" });
    await createCluster("open-access");
    await assert.rejects(updateCluster("open-access"), { name: "NoOperationFault" });
    await assert.rejects(client.send(new UpdateClusterCommand({ ClusterName: "main" })), {
      name: "NoOperationFault",
    });
    await createAcl("team");
    await removeAcl();
    await assert.rejects(updateCluster("team"), { name: "InvalidACLStateFault" });
    clock.pass(200);
    await assert.rejects(updateCluster("team"), { name: "ACLNotFoundFault" });
  });

  it("lists clusters page by page", async () => {
    const { client, createCluster } = await memorydb({ pageSize: 2 });
    for (const name of ["c", "a", "b"]) {
      await createCluster("open-access", name);
    }
    const first = await client.send(new DescribeClustersCommand({}));
    const second = await client.send(new DescribeClustersCommand({ NextToken: first.NextToken }));
    const names = [first, second].map(({ Clusters }) => Clusters?.map(({ Name }) => Name));
    assert.deepEqual(names, [["a", "b"], ["c"]]);
    assert.equal(second.NextToken, undefined);
  });
});
