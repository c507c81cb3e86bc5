import assert from "node:assert/strict";
import fc from "fast-check";
import { elastiCacheUser } from "../../../provider/elasticache/kind";
import { iamUser } from "../../../provider/iam/kind";
import type { UserKind } from "../../../provider/kind";
import { memoryDbUser } from "../../../provider/memorydb/kind";
import { rekognitionUser } from "../../../provider/rekognition/kind";
import { UNKNOWN } from "../../../provider/unknown";
import { withEnvironment } from "../environment";
import { type Props, stage } from "../stage";
import { testUser } from "../testUser";

const HINT = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/aws-users/test:User::reader";
const NO_REGION = {
  AWS_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_PROFILE: undefined,
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
};

describe("The name of a user", () => {
  it("is the declared one, else the old one, else an automatic one", async () => {
    const { provider } = stage(testUser);
    const olds = { region: "eu-central-1", userName: "old" };
    const names = async (before: Props, news: Props) =>
      (await provider.check(before, { hint: HINT, ...news })).inputs["userName"];
    assert.equal(await names({}, { userName: "declared" }), "declared");
    assert.equal(await names(olds, { userName: "declared" }), "declared");
    assert.equal(await names(olds, {}), "old");
    assert.match(String(await names({}, { userName: null })), /^(old|declared)$/);
    const fresh = stage(testUser).provider;
    assert.match(String((await fresh.check({}, { hint: HINT })).inputs["userName"]), /^reader-[0-9a-f]{7}$/);
  });

  it("that is automatic is the same for the same resource, and another for another one", async () => {
    const name = async (hint: string) =>
      String((await stage(testUser).provider.check({}, { hint })).inputs["userName"]);
    assert.equal(await name(HINT), await name(HINT));
    const under = HINT.replace("pulumi-nodejs", "my:index:Part$pulumi-nodejs");
    assert.notEqual(await name(under), await name(HINT));
    assert.match(await name(under), /^reader-/);
  });

  it("keeps the hint to itself", async () => {
    const { inputs } = await stage(testUser).provider.check({}, { hint: HINT, __provider: "the provider" });
    assert.deepEqual(Object.keys(inputs).sort(), ["__provider", "colour", "region", "userName"]);
    assert.equal(inputs["__provider"], "the provider");
  });

  it("that is not known yet stays so", async () => {
    const { inputs, failures } = await stage(testUser).provider.check({}, { hint: HINT, userName: UNKNOWN });
    assert.deepEqual([inputs["userName"], failures], [UNKNOWN, []]);
  });

  const rest: readonly [UserKind, Props][] = [
    [memoryDbUser, { accessString: "on", authentication: { type: "iam" } }],
    [elastiCacheUser, { accessString: "on", authentication: { type: "iam" }, engine: "redis" }],
    [iamUser, {}],
    [rekognitionUser, { collectionId: "lobby" }],
  ];
  for (const [kind, others] of rest) {
    it(`that is automatic is one that ${kind.label}s may have, whatever the resource is called`, async () => {
      const { provider } = stage(kind);
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 150 }), async (resource) => {
          const hint = `urn:pulumi:dev::shop::type::${resource}`;
          const { inputs, failures } = await provider.check({}, { ...others, hint });
          assert.deepEqual(failures, []);
          assert.match(String(inputs[kind.name.property]), /-[0-9a-f]{7}$/);
        }),
      );
    });
  }

  it("that is automatic is the login name of an ElastiCache user, too", async () => {
    const { inputs } = await stage(elastiCacheUser).provider.check({}, { hint: HINT, ...rest[1]?.[1] });
    assert.equal(inputs["userName"], inputs["userId"]);
  });
});

describe("The second check of a replacement, which knows nothing of before", () => {
  it("recalls where the user is and how it is called", async () => {
    const { provider } = stage(testUser, {}, { config: { "aws:region": "us-west-2" } });
    const olds = { region: "eu-central-1", userName: "old" };
    await provider.check(olds, { hint: HINT });
    const { inputs } = await provider.check({}, { hint: HINT });
    assert.deepEqual([inputs["region"], inputs["userName"]], ["eu-central-1", "old"]);
    const other = await provider.check({}, { hint: `${HINT}2` });
    assert.equal(other.inputs["region"], "us-west-2");
  });

  it("does not recall what was refused or not known", async () => {
    const { provider } = stage(testUser);
    await provider.check({}, { hint: HINT, userName: "BAD" });
    await provider.check({}, { hint: HINT, userName: UNKNOWN });
    await provider.check({}, { hint: HINT, userName: "good", region: UNKNOWN });
    const { inputs } = await provider.check({}, { hint: HINT });
    assert.match(String(inputs["userName"]), /^reader-/);
    assert.equal(inputs["region"], "eu-central-1");
  });
});

describe("The region of a user", () => {
  withEnvironment(NO_REGION);
  const aws = { "aws:region": "aws-config-1" };
  const own = { "aws-users:region": "own-config-1" };
  const regionOf = async (config: Record<string, string>, news: Props = {}, olds: Props = {}) =>
    (await stage(testUser, {}, { config }).provider.check(olds, { hint: HINT, ...news })).inputs["region"];
  const olds = { region: "eu-central-1", userName: "old" };

  it("is that of the argument before all else", async () => {
    process.env["AWS_REGION"] = "sa-east-1";
    assert.equal(await regionOf({ ...own, ...aws }, { region: "eu-west-1" }, olds), "eu-west-1");
  });

  it("is that of the old inputs before every default, so that a new default moves nobody", async () => {
    process.env["AWS_REGION"] = "sa-east-1";
    assert.equal(await regionOf({ ...own, ...aws }, {}, olds), "eu-central-1");
  });

  it("is that of the configuration, aws-users before aws", async () => {
    process.env["AWS_REGION"] = "sa-east-1";
    assert.equal(await regionOf({ "aws-users:region": "eu-west-2", "aws:region": "eu-west-3" }), "eu-west-2");
    assert.equal(await regionOf({ "aws:region": "eu-west-3" }), "eu-west-3");
  });

  it("is that of the environment in the end", async () => {
    process.env["AWS_DEFAULT_REGION"] = "sa-east-2";
    assert.equal(await regionOf({}), "sa-east-2");
    process.env["AWS_REGION"] = "sa-east-1";
    assert.equal(await regionOf({}), "sa-east-1");
  });

  it("that cannot be found says which settings were looked at", async () => {
    const { failures } = await stage(testUser, {}, { config: {} }).provider.check({}, { hint: HINT });
    assert.equal(failures.length, 1);
    for (const place of [
      "argument",
      "Provider",
      "aws-users:region",
      "aws:region",
      "AWS_REGION",
      "AWS_DEFAULT_REGION",
    ]) {
      assert.ok(failures[0]?.reason.includes(place), place);
    }
  });

  it("is not needed where users have none: it only picks the partition", async () => {
    const { inputs, failures } = await stage(iamUser, {}, { config: {} }).provider.check({}, { hint: HINT });
    assert.deepEqual([inputs["region"], failures], ["us-east-1", []]);
  });

  it("that is not known yet passes", async () => {
    assert.equal(await regionOf({}, { region: UNKNOWN }), UNKNOWN);
  });

  it("that stays while the default changed is said in one line, once", async () => {
    const { provider, said } = stage(testUser, {}, { config: { "aws:region": "us-west-2" } });
    await provider.check(olds, { hint: HINT });
    await provider.check({ ...olds, userName: "other" }, { hint: `${HINT}2` });
    assert.deepEqual(said, [
      "the configured region is us-west-2; Test users in eu-central-1 that declare no region stay there",
    ]);
    await provider.check(olds, { hint: HINT, region: "eu-west-1" });
    assert.equal(said.length, 1);
  });

  it("that is the default still, or that users do not have, needs no line", async () => {
    const same = stage(testUser);
    await same.provider.check(olds, { hint: HINT });
    const iam = stage(iamUser, {}, { config: { "aws:region": "us-west-2" } });
    await iam.provider.check(olds, { hint: HINT });
    assert.deepEqual([same.said, iam.said], [[], []]);
  });
});
