import assert from "node:assert/strict";
import { iamUser } from "../../../provider/iam/kind";
import type { UserKind } from "../../../provider/kind";
import { memoryDbUser } from "../../../provider/memorydb/kind";
import { rekognitionUser } from "../../../provider/rekognition/kind";
import { UNKNOWN } from "../../../provider/unknown";
import { type Props, secret, stage } from "../stage";
import { testUser } from "../testUser";

const HINT = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/aws-users/test:User::reader";

describe("Default tags", () => {
  const config = {
    "aws:region": "eu-central-1",
    "aws:defaultTags": JSON.stringify({ tags: { stack: "s", team: "d" } }),
  };
  const tagsOf = async (news: Props, kind: UserKind = testUser) => {
    const { inputs, failures } = await stage(kind, {}, { config }).provider.check(
      {},
      { hint: HINT, ...news },
    );
    assert.deepEqual(failures, []);
    return [inputs["tags"], inputs["tagsAll"]];
  };

  it("are merged under the resource's own", async () => {
    assert.deepEqual(await tagsOf({ tags: { team: "own" } }), [{ team: "own" }, { stack: "s", team: "own" }]);
    assert.deepEqual(await tagsOf({}), [undefined, { stack: "s", team: "d" }]);
  });

  it("leave what is not known yet unknown", async () => {
    assert.deepEqual(await tagsOf({ tags: UNKNOWN }), [UNKNOWN, UNKNOWN]);
    assert.deepEqual(await tagsOf({ tags: { team: UNKNOWN } }), [
      { team: UNKNOWN },
      { stack: "s", team: UNKNOWN },
    ]);
  });

  it("are not for users that have no tags", async () => {
    assert.deepEqual(await tagsOf({ collectionId: "lobby" }, rekognitionUser), [undefined, undefined]);
  });

  it("are no property where there are none at all", async () => {
    const { inputs } = await stage(testUser).provider.check({}, { hint: HINT });
    assert.equal("tagsAll" in inputs, false);
    assert.deepEqual(
      (await stage(testUser).provider.check({}, { hint: HINT, tags: {} })).inputs["tagsAll"],
      {},
    );
  });

  it("count with the own ones towards what AWS allows", async () => {
    const tags = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`tag${index}`, ""]));
    const { failures } = await stage(testUser, {}, { config }).provider.check({}, { hint: HINT, tags });
    assert.equal(failures.length, 1);
    assert.match(failures[0]?.reason ?? "", /aws:defaultTags.*at most 50 tags/);
  });
});

describe("Checked inputs", () => {
  it("have the defaults filled in, and nothing that is null", async () => {
    const { inputs } = await stage(testUser).provider.check(
      {},
      { hint: HINT, tags: null, timeouts: undefined },
    );
    assert.equal(inputs["colour"], "grey");
    assert.equal("tags" in inputs || "timeouts" in inputs, false);
  });

  it("have their secrets sealed", async () => {
    const words = ["hush-hush-hush-hush"];
    const { inputs } = await stage(testUser).provider.check({}, { hint: HINT, login: { words } });
    assert.deepEqual(inputs["login"], { words: secret(words) });
  });

  it("are the same when they are checked again", async () => {
    const { provider } = stage(iamUser);
    const first = (await provider.check({}, { hint: HINT, tags: { a: "1" } })).inputs;
    const second = (await provider.check(first, { hint: HINT, tags: { a: "1" } })).inputs;
    assert.deepEqual(second, first);
  });
});

describe("Inputs as a check leaves them", () => {
  const left = {
    region: "eu-central-1",
    userName: "ann",
    colour: "grey",
    tags: { a: "1" },
    tagsAll: { a: "1", b: "2" },
  };

  it("are taken again as they are, as in an import", async () => {
    const { inputs, failures } = await stage(testUser).provider.check(left, left);
    assert.deepEqual(failures, []);
    assert.deepEqual(inputs["tagsAll"], { a: "1" });
  });

  it("are nothing that a program can declare", async () => {
    const { failures } = await stage(testUser).provider.check({}, left);
    assert.match(failures.map(({ reason }) => reason).join(), /^tagsAll is not a property/);
    const other = { ...left, tagsAll: { a: "3" } };
    assert.equal((await stage(testUser).provider.check(left, other)).failures.length, 1);
  });
});

describe("Passwords that nobody knows, after an import or a refresh", () => {
  const read = { region: "eu-central-1", userName: "ann", accessString: "on ~* +@read" };
  const unseen = { ...read, authentication: { type: "password" }, tags: { a: "1" } };
  const reasons = async (olds: Props, news: Props) =>
    (await stage(memoryDbUser).provider.check(olds, news)).failures.map(({ reason }) => reason);

  it("may stay left out, whatever else changes", async () => {
    assert.deepEqual(await reasons(unseen, unseen), []);
    assert.deepEqual(await reasons(unseen, { ...unseen, accessString: "off", tags: {} }), []);
    const wrong = await reasons(unseen, { ...unseen, accessString: "" });
    assert.match(wrong.join(), /^accessString must not be empty/);
  });

  it("may not be left out where they are known, or where the user had none", async () => {
    const required = ["authentication.passwords are required with type password"];
    const known = { ...read, authentication: { type: "password", passwords: ["correct-horse-battery"] } };
    assert.deepEqual(await reasons(known, unseen), required);
    assert.deepEqual(await reasons({ ...read, authentication: { type: "iam" } }, unseen), required);
    assert.deepEqual(await reasons({}, unseen), required);
    const three = { ...read, authentication: { type: "password", passwords: ["one", "two", "three"] } };
    assert.match(
      (await reasons(three, three)).join(),
      /authentication\.passwords must be one or two passwords/,
    );
  });
});
