import assert from "node:assert/strict";
import { readSettings, type Settings } from "../../provider/config";

describe("The configuration", () => {
  it("of a stack that says nothing leaves all to the environment", () => {
    assert.deepEqual(settings({}), {
      identity: { roles: [] },
      defaultTags: {},
      ownerTag: false,
      allowedAccountIds: [],
      forbiddenAccountIds: [],
    });
  });

  it("is read from the keys of Pulumi's AWS provider", () => {
    const read = settings({
      "aws:region": "eu-central-1",
      "aws:profile": "build",
      "aws:accessKey": "AKIA1",
      "aws:secretKey": "hush",
      "aws:token": "session",
      "aws:assumeRole": JSON.stringify({ roleArn: "arn:aws:iam::123456789012:role/users" }),
      "aws:defaultTags": JSON.stringify({ tags: { team: "build" } }),
      "aws:allowedAccountIds": JSON.stringify(["123456789012"]),
      "aws:forbiddenAccountIds": JSON.stringify(["999999999999"]),
    });
    assert.deepEqual(read, {
      region: "eu-central-1",
      identity: {
        profile: "build",
        keys: { accessKeyId: "AKIA1", secretAccessKey: "hush", sessionToken: "session" },
        roles: [{ roleArn: "arn:aws:iam::123456789012:role/users" }],
      },
      defaultTags: { team: "build" },
      ownerTag: false,
      allowedAccountIds: ["123456789012"],
      forbiddenAccountIds: ["999999999999"],
    });
  });

  it("of aws-users goes before that of aws", () => {
    const { region, identity } = settings({
      "aws-users:region": "eu-west-1",
      "aws:region": "eu-central-1",
      "aws:profile": "build",
    });
    assert.equal(region, "eu-west-1");
    assert.equal(identity.profile, "build");
  });

  it("says whether users are marked with whose they are", () => {
    const marks = (ownerTag: string) => settings({ "aws-users:ownerTag": ownerTag }).ownerTag;
    assert.deepEqual(["true", "false", ""].map(marks), [true, false, false]);
    assert.throws(() => marks("yes"), {
      message: "the configuration aws-users:ownerTag must be true or false",
    });
  });

  it("assumes several roles in their order, instead of the single one", () => {
    const { identity } = settings({
      "aws:assumeRole": JSON.stringify({ roleArn: "never" }),
      "aws:assumeRoles": JSON.stringify([
        { roleArn: "first", sessionName: "s", externalId: "e", durationSeconds: "900" },
        { roleArn: "second", policy: "ignored" },
      ]),
    });
    assert.deepEqual(identity.roles, [
      { roleArn: "first", sessionName: "s", externalId: "e", durationSeconds: 900 },
      { roleArn: "second" },
    ]);
  });

  it("takes an access key only together with its secret", () => {
    assert.throws(() => settings({ "aws:accessKey": "AKIA1" }), {
      message: "the configuration sets aws:accessKey without aws:secretKey; set both or none",
    });
    assert.throws(() => settings({ "aws:secretKey": "hush" }), {
      message: "the configuration sets aws:secretKey without aws:accessKey; set both or none",
    });
    const { keys } = settings({ "aws:accessKey": "AKIA1", "aws:secretKey": "hush" }).identity;
    assert.deepEqual(keys, { accessKeyId: "AKIA1", secretAccessKey: "hush" });
  });

  it("keeps the leading zeros of an account that was written as a number", () => {
    assert.deepEqual(settings({ "aws:allowedAccountIds": "[12345678901]" }).allowedAccountIds, [
      "012345678901",
    ]);
  });

  it("takes an empty value and a JSON null for none", () => {
    assert.deepEqual(
      settings({ "aws:region": "", "aws:defaultTags": "", "aws:assumeRoles": "" }),
      settings({}),
    );
    assert.deepEqual(settings({ "aws:defaultTags": "null" }), settings({}));
    assert.deepEqual(settings({ "aws:defaultTags": '{"tags":null}' }), settings({}));
    assert.deepEqual(settings({ "aws:defaultTags": "{}" }), settings({}));
  });

  const malformed: [key: string, value: string, must: RegExp][] = [
    ["defaultTags", "{", /aws:defaultTags \(or aws-users:defaultTags\) must be JSON/],
    ["defaultTags", '"team"', /aws:defaultTags .* must be an object/],
    ["defaultTags", '["team"]', /aws:defaultTags .* must be an object/],
    ["defaultTags", '{"tags":{"team":7}}', /aws:defaultTags .* tag team is no text/],
    ["assumeRoles", '{"roleArn":"one"}', /aws:assumeRoles .* must be a list of objects with roleArn/],
    ["defaultTags", '{"team":"build"}', /aws:defaultTags .* team stands beside tags/],
    ["assumeRole", '{"arn":"one"}', /aws:assumeRole .* must be an object with roleArn/],
    ["assumeRole", '"one"', /aws:assumeRole .* must be an object/],
    ["assumeRoles", '[{"arn":"one"}]', /aws:assumeRoles .* must be a list of objects with roleArn/],
    [
      "assumeRoles",
      '[{"roleArn":"one","durationSeconds":"1h"}]',
      /aws:assumeRoles .* must be .* a number of seconds/,
    ],
    ["allowedAccountIds", '"123456789012"', /aws:allowedAccountIds .* must be a list/],
    ["forbiddenAccountIds", "123456789012", /aws:forbiddenAccountIds .* must be a list/],
  ];
  for (const [key, value, must] of malformed) {
    it(`that says ${value} for ${key} is refused by name`, () => {
      assert.throws(() => settings({ [`aws:${key}`]: value }), must);
      assert.throws(() => settings({ [`aws-users:${key}`]: value }), must);
    });
  }
});

function settings(values: Readonly<Record<string, string>>): Settings {
  return readSettings((key) => values[key]);
}
