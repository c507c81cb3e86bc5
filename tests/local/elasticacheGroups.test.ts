import assert from "node:assert/strict";
import { openElastiCache } from "./openElastiCache";
import { localAwsForEachTest } from "./start";

describe("User groups of ElastiCache in the local AWS", () => {
  const start = localAwsForEachTest();
  const elasticache = () => openElastiCache(start);

  it("takes users deleted together out of their group, which is modifying even after they are gone", async () => {
    const { aws, clock, create, remove, createGroup, modifyGroup, removeGroup, findGroup } =
      await elasticache();
    await Promise.all(["ann", "bob"].map((id) => create(id, { Engine: "valkey" })));
    await createGroup("valkey", "ann", "bob");
    assert.deepEqual(aws.users()[0]?.attached, { userGroups: ["team"] });
    const [ann] = await Promise.all([remove("ann"), remove("bob")]);
    assert.deepEqual(ann.UserGroupIds, ["team"]);
    clock.pass(200);
    assert.deepEqual(aws.users(), []);
    const { Status, UserIds, PendingChanges } = (await findGroup()) ?? {};
    assert.deepEqual([Status, UserIds, PendingChanges?.UserIdsToRemove], ["modifying", [], ["ann", "bob"]]);
    const removal = { UserIdsToRemove: ["ann"] };
    await assert.rejects(modifyGroup(removal), { Code: "InvalidUserGroupState" });
    clock.pass(300);
    await assert.rejects(modifyGroup(removal), {
      Code: "InvalidParameterValue",
      message: "User ann is not a member of user group team.",
    });
    assert.equal((await removeGroup()).Status, "deleting");
    clock.pass(200);
    await assert.rejects(findGroup(), { name: "UserGroupNotFoundFault", Code: "UserGroupNotFound" });
  });

  it("makes users modifying when somebody changes the members of their group", async () => {
    const { clock, create, find, modify, createGroup, modifyGroup, findGroup } = await elasticache();
    await Promise.all(["ann", "bob", "cid"].map((id) => create(id, { Engine: "valkey" })));
    await createGroup("valkey", "ann");
    assert.equal((await modifyGroup({ UserIdsToAdd: ["bob"] })).Status, "modifying");
    const statuses = async () =>
      (await Promise.all(["ann", "bob", "cid"].map(find))).map((user) => user?.Status);
    assert.deepEqual(await statuses(), ["modifying", "modifying", "active"]);
    await assert.rejects(modify({ AccessString: "off" }), { Code: "InvalidUserState" });
    clock.pass(500);
    assert.deepEqual(await statuses(), ["active", "active", "active"]);
    assert.deepEqual((await findGroup())?.UserIds, ["ann", "bob"]);
  });

  it("wants a user named default in every redis group, and in no valkey group", async () => {
    const { create, createGroup, modifyGroup } = await elasticache();
    await create("ann");
    await assert.rejects(createGroup("redis", "ann"), { Code: "DefaultUserRequired" });
    await createGroup("valkey", "ann");
    await assert.rejects(modifyGroup({ Engine: "redis" }), { Code: "DefaultUserRequired" });
  });

  it("keeps the default user of a redis group until the group is gone or has another", async () => {
    const { clock, create, remove, createGroup, modifyGroup, removeGroup } = await elasticache();
    await Promise.all(["one", "two"].map((id) => create(id, { UserName: "default" })));
    await createGroup("redis", "one");
    const held = {
      name: "DefaultUserAssociatedToUserGroupFault",
      Code: "DefaultUserAssociatedToUserGroup",
      message: "User one is the default user of user group team and cannot be deleted.",
    };
    await assert.rejects(remove("one"), held);
    await assert.rejects(modifyGroup({ UserIdsToRemove: ["one"] }), { Code: "DefaultUserRequired" });
    await modifyGroup({ UserIdsToRemove: ["one"], UserIdsToAdd: ["two"] });
    clock.pass(500);
    await remove("one");
    await removeGroup();
    await assert.rejects(remove("two"), { Code: "DefaultUserAssociatedToUserGroup" });
    clock.pass(200);
    await remove("two");
  });

  it("has room for 100 users in a group", async () => {
    const { create, createGroup } = await elasticache();
    const ids = Array.from({ length: 101 }, (_, index) => `u${index}`);
    await Promise.all(ids.map((id) => create(id)));
    await assert.rejects(createGroup("valkey", ...ids), { Code: "InvalidParameterValue" });
    await createGroup("valkey", ...ids.slice(1));
  });

  it("refuses group members that do not go together or with the engine", async () => {
    const { create, createGroup } = await elasticache();
    await create("vic", { Engine: "valkey" });
    await create("open", { AuthenticationMode: { Type: "no-password-required" } });
    await Promise.all(["x1", "x2"].map((id) => create(id, { UserName: "same" })));
    await assert.rejects(createGroup("valkey", "x1", "x2"), { Code: "DuplicateUserName" });
    await assert.rejects(createGroup("valkey", "x1", "x1"), { Code: "InvalidParameterValue" });
    await assert.rejects(createGroup("valkey", "zoe"), { Code: "UserNotFound" });
    await assert.rejects(createGroup("valkey", "open"), { Code: "InvalidParameterValue" });
    await assert.rejects(createGroup("redis", "default", "vic"), { Code: "InvalidParameterValue" });
    await createGroup("redis", "default", "x1");
    await assert.rejects(createGroup("redis", "default"), { Code: "UserGroupAlreadyExists" });
  });
});
