import assert from "node:assert/strict";
import { ListTagsCommand, TagResourceCommand, UntagResourceCommand } from "@aws-sdk/client-memorydb";
import { openMemoryDb } from "./openMemoryDb";
import { localAwsForEachTest } from "./start";

describe("MemoryDB tags in the local AWS", () => {
  const start = localAwsForEachTest();
  const memorydb = () => openMemoryDb(start);

  it("keeps tags of users, ACLs and clusters by ARN", async () => {
    const { client, create, createAcl, createCluster } = await memorydb();
    const user = (await create({ Tags: [{ Key: "team", Value: "a" }] }))?.ARN;
    const acl = (await createAcl())?.ARN;
    const cluster = (await createCluster("team"))?.ARN;
    for (const ResourceArn of [user, acl, cluster]) {
      const Tags = [
        { Key: "team", Value: "b" },
        { Key: "env", Value: "" },
      ];
      const { TagList } = await client.send(new TagResourceCommand({ ResourceArn, Tags }));
      assert.deepEqual(TagList, Tags);
      await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["team"] }));
      assert.deepEqual((await client.send(new ListTagsCommand({ ResourceArn }))).TagList, Tags.slice(1));
      const again = new UntagResourceCommand({ ResourceArn, TagKeys: ["team"] });
      await assert.rejects(client.send(again), { name: "TagNotFoundFault" });
    }
  });

  it("tells which part of a tagged ARN is wrong", async () => {
    const { client } = await memorydb();
    const list = (ResourceArn: string) => client.send(new ListTagsCommand({ ResourceArn }));
    const here = "arn:aws:memorydb:us-east-1:123456789012";
    await assert.rejects(list(`${here}:user/zoe`), { name: "UserNotFoundFault" });
    await assert.rejects(list(`${here}:acl/zoe`), { name: "ACLNotFoundFault" });
    await assert.rejects(list(`${here}:cluster/zoe`), { name: "ClusterNotFoundFault" });
    await assert.rejects(list("zoe"), { name: "InvalidARNFault" });
    await assert.rejects(list("arn:aws:memorydb:us-east-1:222222222222:user/zoe"), {
      name: "InvalidARNFault",
    });
  });
});
