import assert from "node:assert/strict";
import {
  CreateACLCommand,
  CreateUserCommand,
  type CreateUserCommandInput,
  DeleteACLCommand,
  DeleteUserCommand,
  DescribeACLsCommand,
  DescribeUsersCommand,
  ListTagsCommand,
  MemoryDBClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateACLCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-memorydb";
import type { LocalAwsOptions } from "../../local";
import { clientConfig, localAwsForEachTest, manualClock } from "./start";

const PASSWORD = "sixteen-letters!";
const TIMES = { createMs: 0, modifyMs: 100, deleteMs: 200, groupMs: 500 };

describe("MemoryDB in the local AWS", () => {
  const start = localAwsForEachTest();

  async function memorydb(options: LocalAwsOptions = {}) {
    const clock = manualClock();
    const aws = await start({ now: clock.now, transitions: TIMES, ...options });
    const client = new MemoryDBClient(clientConfig(aws));
    const create = async (input: Partial<CreateUserCommandInput> = {}) => {
      const AuthenticationMode = { Type: "password" as const, Passwords: [PASSWORD] };
      const base = { UserName: "ann", AccessString: "on ~* &* +@all", AuthenticationMode };
      return (await client.send(new CreateUserCommand({ ...base, ...input }))).User;
    };
    const find = async (UserName = "ann") =>
      (await client.send(new DescribeUsersCommand({ UserName }))).Users?.[0];
    const remove = (UserName = "ann") => client.send(new DeleteUserCommand({ UserName }));
    const findAcl = async (ACLName = "team") =>
      (await client.send(new DescribeACLsCommand({ ACLName }))).ACLs?.[0];
    return { aws, clock, client, create, find, remove, findAcl };
  }

  it("makes a user and shows it as AWS does, its name in lower case", async () => {
    const { create, find } = await memorydb();
    const expected = {
      Name: "ann",
      Status: "active",
      AccessString: "on ~app:* resetchannels -@all +@read",
      ACLNames: [],
      MinimumEngineVersion: "6.2",
      Authentication: { Type: "password", PasswordCount: 1 },
      ARN: "arn:aws:memorydb:us-east-1:123456789012:user/ann",
    };
    assert.deepEqual(await create({ UserName: "Ann", AccessString: "on ~app:* +@read" }), expected);
    assert.deepEqual(await find("ANN"), expected);
  });

  it("shows a user in the making as creating and refuses to change it until it is active", async () => {
    const { clock, create, find, remove } = await memorydb({ transitions: { ...TIMES, createMs: 50 } });
    assert.equal((await create())?.Status, "creating");
    await assert.rejects(remove(), { name: "InvalidUserStateFault" });
    clock.pass(50);
    assert.equal((await find())?.Status, "active");
    await remove();
  });

  it("modifies a user for a while, in which it refuses other changes", async () => {
    const { client, clock, create, find, remove } = await memorydb();
    await create();
    const update = () =>
      client.send(new UpdateUserCommand({ UserName: "ann", AuthenticationMode: { Type: "iam" } }));
    const { User } = await update();
    assert.equal(User?.Status, "modifying");
    assert.deepEqual(User?.Authentication, { Type: "iam", PasswordCount: 0 });
    await assert.rejects(update(), { name: "InvalidUserStateFault" });
    await assert.rejects(remove(), { name: "InvalidUserStateFault" });
    clock.pass(100);
    const after = await find();
    assert.equal(after?.Status, "active");
    assert.equal(after?.MinimumEngineVersion, "7.0");
    await assert.rejects(client.send(new UpdateUserCommand({ UserName: "ann" })), {
      name: "InvalidParameterCombinationException",
    });
  });

  it("deletes a user for a while, in which its name stays taken", async () => {
    const { aws, clock, create, find, remove } = await memorydb();
    await create();
    assert.equal((await remove()).User?.Status, "deleting");
    assert.equal((await find())?.Status, "deleting");
    await assert.rejects(create(), { name: "UserAlreadyExistsFault" });
    await assert.rejects(remove(), { name: "InvalidUserStateFault" });
    clock.pass(200);
    const notFound = (error: { name: string; $metadata: { httpStatusCode: number } }) =>
      error.name === "UserNotFoundFault" && error.$metadata.httpStatusCode === 404;
    await assert.rejects(find(), notFound);
    await assert.rejects(remove(), notFound);
    assert.deepEqual(aws.users(), []);
    await create();
  });

  it("takes a deleted user out of its ACLs, which are modifying even after the user is gone", async () => {
    const { client, clock, create, find, remove, findAcl } = await memorydb();
    await create();
    await create({ UserName: "bob" });
    await client.send(new CreateACLCommand({ ACLName: "Team", UserNames: ["ann", "bob"] }));
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
    await assert.rejects(client.send(new DeleteACLCommand({ ACLName: "team" })), {
      name: "InvalidACLStateFault",
    });
    clock.pass(300);
    assert.equal((await findAcl())?.Status, "active");
    assert.deepEqual((await findAcl())?.UserNames, []);
    await assert.rejects(client.send(removal), { name: "InvalidParameterValueException" });
    await client.send(new DeleteACLCommand({ ACLName: "team" }));
    clock.pass(200);
    await assert.rejects(findAcl(), { name: "ACLNotFoundFault" });
  });

  it("leaves a user made again out of the ACL that its predecessor is still leaving", async () => {
    const { client, clock, create, find, remove, findAcl } = await memorydb();
    await create();
    await client.send(new CreateACLCommand({ ACLName: "team", UserNames: ["ann"] }));
    await remove();
    clock.pass(200);
    await create();
    assert.deepEqual((await find())?.ACLNames, []);
    clock.pass(300);
    assert.deepEqual((await findAcl())?.UserNames, []);
  });

  it("changes the members of an ACL when its time is up, without those deleted meanwhile", async () => {
    const { aws, client, clock, create, remove, findAcl } = await memorydb();
    await create();
    await create({ UserName: "bob" });
    await client.send(new CreateACLCommand({ ACLName: "team", UserNames: ["ann"] }));
    const swap = { ACLName: "team", UserNamesToAdd: ["bob"], UserNamesToRemove: ["ann"] };
    const { ACL } = await client.send(new UpdateACLCommand(swap));
    assert.deepEqual([ACL?.Status, ACL?.UserNames], ["modifying", ["ann"]]);
    assert.deepEqual(aws.users()[1]?.attached, { acls: ["team"] });
    await remove("bob");
    clock.pass(500);
    assert.deepEqual([(await findAcl())?.Status, (await findAcl())?.UserNames], ["active", []]);
  });

  it("refuses ACL members that are unknown, repeated, built in or being deleted", async () => {
    const { client, create, remove } = await memorydb();
    await create();
    const make = (...UserNames: string[]) =>
      client.send(new CreateACLCommand({ ACLName: "team", UserNames }));
    await assert.rejects(make("zoe"), { name: "UserNotFoundFault" });
    await assert.rejects(make("ann", "Ann"), { name: "DuplicateUserNameFault" });
    await assert.rejects(make("default"), { name: "InvalidParameterValueException" });
    await remove();
    await assert.rejects(make("ann"), { name: "InvalidParameterValueException" });
    await make();
    await assert.rejects(make(), { name: "ACLAlreadyExistsFault" });
  });

  it("has a default user in the ACL open-access, both of which nobody can change", async () => {
    const { aws, client, create, find, remove, findAcl } = await memorydb();
    assert.deepEqual((await find("default"))?.Authentication, { Type: "no-password", PasswordCount: 0 });
    assert.deepEqual((await find("default"))?.ACLNames, ["open-access"]);
    assert.deepEqual((await findAcl("open-access"))?.UserNames, ["default"]);
    const refused = { name: "InvalidParameterValueException" };
    await assert.rejects(remove("default"), refused);
    await assert.rejects(client.send(new DeleteACLCommand({ ACLName: "open-access" })), refused);
    await assert.rejects(create({ UserName: "default" }), { name: "UserAlreadyExistsFault" });
    assert.deepEqual(aws.users(), []);
  });

  const bad: readonly [what: string, input: Partial<CreateUserCommandInput>, error?: string][] = [
    ["a name with two hyphens in a row", { UserName: "a--b" }],
    ["a name that ends with a hyphen", { UserName: "a-" }],
    ["a name that starts with a digit", { UserName: "1a" }],
    ["a name of 41 letters", { UserName: "a".repeat(41) }],
    ["no name", { UserName: undefined }],
    ["a blank access string", { AccessString: " " }],
    ["an access string that means nothing", { AccessString: "on nonsense" }],
    ["no authentication", { AuthenticationMode: undefined }],
    ["no password", { AuthenticationMode: { Type: "password" } }],
    ["three passwords", { AuthenticationMode: { Type: "password", Passwords: Array(3).fill(PASSWORD) } }],
    ["a password of 15 letters", { AuthenticationMode: { Type: "password", Passwords: ["a".repeat(15)] } }],
    ["a password of 129 letters", { AuthenticationMode: { Type: "password", Passwords: ["a".repeat(129)] } }],
    ["a comma in a password", { AuthenticationMode: { Type: "password", Passwords: [`${PASSWORD},`] } }],
    ["a user without a password", { AuthenticationMode: { Type: "no-password" as "iam" } }],
    [
      "passwords with iam",
      { AuthenticationMode: { Type: "iam", Passwords: [PASSWORD] } },
      "InvalidParameterCombinationException",
    ],
    ["a reserved tag key", { Tags: [{ Key: "AWS:x", Value: "" }] }],
    [
      "51 tags",
      { Tags: Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "" })) },
      "TagQuotaPerResourceExceeded",
    ],
  ];
  for (const [what, input, name = "InvalidParameterValueException"] of bad) {
    it(`refuses ${what}`, async () => {
      const { aws, create } = await memorydb();
      await assert.rejects(create(input), { name });
      assert.deepEqual(aws.users(), []);
    });
  }

  it("lists users page by page, in each account and region its own", async () => {
    const { aws, client, create } = await memorydb({ pageSize: 2 });
    for (const UserName of ["ann", "bob", "cid"]) {
      await create({ UserName });
    }
    const first = await client.send(new DescribeUsersCommand({}));
    const second = await client.send(new DescribeUsersCommand({ NextToken: first.NextToken }));
    const names = [...(first.Users ?? []), ...(second.Users ?? [])].map(({ Name }) => Name);
    assert.deepEqual(names, ["ann", "bob", "cid", "default"]);
    assert.equal(second.NextToken, undefined);
    for (const input of [{ MaxResults: 101 }, { MaxResults: 0 }, { NextToken: "x" }]) {
      await assert.rejects(client.send(new DescribeUsersCommand(input)), {
        name: "InvalidParameterValueException",
      });
    }
    for (const config of [clientConfig(aws, "222222222222"), clientConfig(aws, "test", "eu-west-1")]) {
      const { Users } = await new MemoryDBClient(config).send(new DescribeUsersCommand({}));
      assert.deepEqual(
        Users?.map(({ Name }) => Name),
        ["default"],
      );
    }
  });

  it("keeps tags of users and ACLs by ARN", async () => {
    const { client, create } = await memorydb();
    const user = (await create({ Tags: [{ Key: "team", Value: "a" }] }))?.ARN;
    const { ACL } = await client.send(new CreateACLCommand({ ACLName: "team" }));
    for (const ResourceArn of [user, ACL?.ARN]) {
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
    await assert.rejects(list("zoe"), { name: "InvalidARNFault" });
    await assert.rejects(list("arn:aws:memorydb:us-east-1:222222222222:user/zoe"), {
      name: "InvalidARNFault",
    });
  });
});
