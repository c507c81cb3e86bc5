import assert from "node:assert/strict";
import {
  type CreateUserCommandInput,
  DescribeUsersCommand,
  MemoryDBClient,
  UpdateUserCommand,
} from "@aws-sdk/client-memorydb";
import type { LocalAwsOptions } from "../../local";
import { openMemoryDb, PASSWORD, TIMES } from "./openMemoryDb";
import { clientConfig, localAwsForEachTest } from "./start";

describe("MemoryDB users in the local AWS", () => {
  const start = localAwsForEachTest();
  const memorydb = (options: LocalAwsOptions = {}) => openMemoryDb(start, options);

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
});
