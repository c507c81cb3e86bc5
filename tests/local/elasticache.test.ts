import assert from "node:assert/strict";
import type { CreateUserCommandInput } from "@aws-sdk/client-elasticache";
import type { LocalAwsOptions } from "../../local";
import { openElastiCache, PASSWORD } from "./openElastiCache";
import { localAwsForEachTest } from "./start";

describe("ElastiCache in the local AWS", () => {
  const start = localAwsForEachTest();
  const elasticache = (options: LocalAwsOptions = {}) => openElastiCache(start, options);

  it("makes a user and shows it as AWS does: the id in lower case, the name as given", async () => {
    const { create, find } = await elasticache();
    const expected = {
      UserId: "ann",
      UserName: "Ann",
      Status: "active",
      Engine: "redis",
      MinimumEngineVersion: "6.0",
      AccessString: "on ~app:* -@all +@read",
      UserGroupIds: [],
      Authentication: { Type: "password", PasswordCount: 1 },
      ARN: "arn:aws:elasticache:us-east-1:123456789012:user:ann",
    };
    const { $metadata: _, ...made } = await create("ANN", {
      UserName: "Ann",
      Engine: "REDIS",
      AccessString: "on ~app:* +@read",
    });
    assert.deepEqual(made, expected);
    assert.deepEqual(await find("Ann"), expected);
  });

  it("reads no-password-required back as no-password, however it was asked for", async () => {
    const { create } = await elasticache();
    const mode = await create("ann", { AuthenticationMode: { Type: "no-password-required" } });
    const older = await create("bob", { AuthenticationMode: undefined, NoPasswordRequired: true });
    const both = { Type: "no-password", PasswordCount: 0 };
    assert.deepEqual([mode.Authentication, older.Authentication], [both, both]);
    const passwords = await create("cid", {
      AuthenticationMode: undefined,
      Passwords: [PASSWORD, `${PASSWORD}2`],
    });
    assert.deepEqual(passwords.Authentication, { Type: "password", PasswordCount: 2 });
  });

  const bad: readonly [what: string, input: Partial<CreateUserCommandInput>, name?: string][] = [
    ["an id with two hyphens in a row", { UserId: "a--b" }],
    ["no id", { UserId: undefined }],
    ["no name", { UserName: undefined }],
    ["an unknown engine", { Engine: "memcached" }],
    ["no engine", { Engine: undefined }],
    ["a blank access string", { AccessString: " " }],
    ["an access string that means nothing", { AccessString: "on nonsense" }],
    ["a short password", { AuthenticationMode: { Type: "password", Passwords: ["short"] } }],
    ["an unknown type", { AuthenticationMode: { Type: "no-password" as "iam" } }],
    ["no authentication", { AuthenticationMode: undefined }, "InvalidParameterCombination"],
    ["both ways to give passwords", { Passwords: [PASSWORD] }, "InvalidParameterCombination"],
    ["both ways to need none", { NoPasswordRequired: true }, "InvalidParameterCombination"],
    [
      "a valkey user without a password",
      { Engine: "valkey", AuthenticationMode: { Type: "no-password-required" } },
      "InvalidParameterCombination",
    ],
    [
      "iam with another name than the id",
      { UserName: "other", AuthenticationMode: { Type: "iam" } },
      "InvalidParameterCombination",
    ],
    [
      "iam with a password",
      { AuthenticationMode: { Type: "iam", Passwords: [PASSWORD] } },
      "InvalidParameterCombination",
    ],
    [
      "51 tags",
      { Tags: Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: "" })) },
      "TagQuotaPerResourceExceeded",
    ],
  ];
  for (const [what, input, Code = "InvalidParameterValue"] of bad) {
    it(`refuses ${what}`, async () => {
      const { aws, create } = await elasticache();
      await assert.rejects(create("ann", input), { Code });
      assert.deepEqual(aws.users(), []);
    });
  }

  it("modifies engine, access string and authentication for a while, in which it refuses changes", async () => {
    const { clock, create, find, modify, remove } = await elasticache();
    await create();
    const changes = { Engine: "Valkey", AccessString: "off", AuthenticationMode: { Type: "iam" as const } };
    assert.equal((await modify(changes)).Status, "modifying");
    await assert.rejects(modify(changes), { name: "InvalidUserStateFault", Code: "InvalidUserState" });
    await assert.rejects(remove(), { Code: "InvalidUserState" });
    clock.pass(100);
    const { Status, Engine, AccessString, Authentication } = (await find()) ?? {};
    assert.deepEqual([Status, Engine, AccessString], ["active", "valkey", "off -@all"]);
    assert.deepEqual(Authentication, { Type: "iam", PasswordCount: 0 });
    await modify({ AppendAccessString: "+get" });
    assert.equal((await find())?.AccessString, "off -@all +get");
    clock.pass(100);
    await assert.rejects(modify(), { Code: "InvalidParameterCombination" });
    await assert.rejects(modify({ AccessString: "on", AppendAccessString: "+get" }), {
      Code: "InvalidParameterCombination",
    });
  });

  it("refuses valkey for a user that needs no password", async () => {
    const { create, modify } = await elasticache();
    await create("ann", { AuthenticationMode: { Type: "no-password-required" } });
    await assert.rejects(modify({ Engine: "valkey" }), { Code: "InvalidParameterCombination" });
  });

  it("deletes a user for a while, in which its id stays taken", async () => {
    const { aws, clock, create, find, remove } = await elasticache();
    await create();
    assert.equal((await remove()).Status, "deleting");
    await assert.rejects(create(), { name: "UserAlreadyExistsFault", Code: "UserAlreadyExists" });
    await assert.rejects(remove(), { Code: "InvalidUserState" });
    clock.pass(200);
    const notFound = { name: "UserNotFoundFault", Code: "UserNotFound" };
    await assert.rejects(find(), notFound);
    await assert.rejects(remove(), notFound);
    assert.deepEqual(aws.users(), []);
  });

  it("has a default user that cannot be changed", async () => {
    const { create, find, modify, remove } = await elasticache();
    assert.deepEqual((await find("default"))?.Authentication, { Type: "no-password", PasswordCount: 0 });
    await assert.rejects(remove("default"), { Code: "InvalidParameterValue" });
    await assert.rejects(modify({ UserId: "default", AccessString: "off" }), {
      Code: "InvalidParameterValue",
    });
    await assert.rejects(create("default"), { Code: "UserAlreadyExists" });
    assert.equal((await create("own-default", { UserName: "default" })).UserName, "default");
  });

  it("lists the users of both engines unless asked for one, at least 20 a page", async () => {
    const { create, list } = await elasticache({ pageSize: 2 });
    await create("ann");
    await create("vic", { Engine: "valkey" });
    const first = await list();
    const second = await list({ Marker: first.Marker });
    const ids = [...(first.Users ?? []), ...(second.Users ?? [])].map(({ UserId }) => UserId);
    assert.deepEqual(ids, ["ann", "default", "vic"]);
    assert.deepEqual(
      (await list({ Engine: "VALKEY" })).Users?.map(({ UserId }) => UserId),
      ["vic"],
    );
    await assert.rejects(list({ Engine: "redis", UserId: "vic" }), { Code: "UserNotFound" });
    await assert.rejects(list({ MaxRecords: 19 }), { Code: "InvalidParameterValue" });
    await assert.rejects(list({ MaxRecords: 101 }), { Code: "InvalidParameterValue" });
    await assert.rejects(list({ Marker: "x" }), { Code: "InvalidParameterValue" });
  });
});
