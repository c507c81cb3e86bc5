import assert from "node:assert/strict";
import { UpdateACLCommand } from "@aws-sdk/client-memorydb";
import { openMemoryDb } from "./openMemoryDb";
import { localAwsForEachTest } from "./start";

describe("MemoryDB ACLs in the local AWS", () => {
  const start = localAwsForEachTest();
  const memorydb = () => openMemoryDb(start);

  it("takes a deleted user out of its ACLs, which are modifying even after the user is gone", async () => {
    const { client, clock, create, find, remove, createAcl, findAcl, removeAcl } = await memorydb();
    await create();
    await create({ UserName: "bob" });
    await createAcl("Team", "ann", "bob");
    assert.deepEqual((await find())?.ACLNames, ["team"]);
    const [first] = await Promise.all([remove("ann"), remove("bob")]);
    assert.deepEqual(first.User?.ACLNames, ["team"]);
    clock.pass(200);
    await assert.rejects(find(), { name: "UserNotFoundFault" });
    const acl = await findAcl();
    assert.equal(acl?.Status, "modifying");
    assert.deepEqual(acl?.PendingChanges?.UserNamesToRemove, ["ann", "bob"]);
    const removal = new UpdateACLCommand({ ACLName: "team", UserNamesToRemove: ["ann"] });
    await assert.rejects(client.send(removal), { name: "InvalidACLStateFault" });
    await assert.rejects(removeAcl(), {
      name: "InvalidACLStateFault",
    });
    clock.pass(300);
    assert.equal((await findAcl())?.Status, "active");
    assert.deepEqual((await findAcl())?.UserNames, []);
    await assert.rejects(client.send(removal), { name: "InvalidParameterValueException" });
    await removeAcl();
    clock.pass(200);
    await assert.rejects(findAcl(), { name: "ACLNotFoundFault" });
  });

  it("leaves a user made again out of the ACL that its predecessor is still leaving", async () => {
    const { clock, create, find, remove, createAcl, findAcl } = await memorydb();
    await create();
    await createAcl("team", "ann");
    await remove();
    clock.pass(200);
    await create();
    assert.deepEqual((await find())?.ACLNames, []);
    clock.pass(300);
    assert.deepEqual((await findAcl())?.UserNames, []);
  });

  it("changes the members of an ACL when its time is up, without those deleted meanwhile", async () => {
    const { aws, client, clock, create, remove, createAcl, findAcl } = await memorydb();
    await create();
    await create({ UserName: "bob" });
    await createAcl("team", "ann");
    const swap = { ACLName: "team", UserNamesToAdd: ["bob"], UserNamesToRemove: ["ann"] };
    const { ACL } = await client.send(new UpdateACLCommand(swap));
    assert.deepEqual([ACL?.Status, ACL?.UserNames], ["modifying", ["ann"]]);
    assert.deepEqual(aws.users()[1]?.attached, { acls: ["team"] });
    await remove("bob");
    clock.pass(500);
    assert.deepEqual([(await findAcl())?.Status, (await findAcl())?.UserNames], ["active", []]);
  });

  it("refuses ACL members that are unknown, repeated, built in or being deleted", async () => {
    const { create, remove, createAcl } = await memorydb();
    await create();
    const make = (...names: string[]) => createAcl("team", ...names);
    await assert.rejects(make("zoe"), { name: "UserNotFoundFault" });
    await assert.rejects(make("ann", "Ann"), { name: "DuplicateUserNameFault" });
    await assert.rejects(make("default"), { name: "InvalidParameterValueException" });
    await remove();
    await assert.rejects(make("ann"), { name: "InvalidParameterValueException" });
    await make();
    await assert.rejects(make(), { name: "ACLAlreadyExistsFault" });
  });

  it("has room for 100 users in an ACL", async () => {
    const { create, createAcl } = await memorydb();
    const names = Array.from({ length: 101 }, (_, index) => `u${index}`);
    await Promise.all(names.map((UserName) => create({ UserName })));
    await assert.rejects(createAcl("team", ...names), { name: "InvalidParameterValueException" });
    await createAcl("team", ...names.slice(1));
  });

  it("has a default user in the ACL open-access, both of which nobody can change", async () => {
    const { aws, create, find, remove, findAcl, removeAcl } = await memorydb();
    assert.deepEqual((await find("default"))?.Authentication, { Type: "no-password", PasswordCount: 0 });
    assert.deepEqual((await find("default"))?.ACLNames, ["open-access"]);
    assert.deepEqual((await findAcl("open-access"))?.UserNames, ["default"]);
    const refused = { name: "InvalidParameterValueException" };
    await assert.rejects(remove("default"), refused);
    await assert.rejects(removeAcl("open-access"), refused);
    await assert.rejects(create({ UserName: "default" }), { name: "UserAlreadyExistsFault" });
    assert.deepEqual(aws.users(), []);
  });
});
