import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Provider } from "../../sdk";
import { secret } from "../provider/stage";
import { known, withoutEngine } from "./mocks";

describe("An explicit provider", () => {
  const registered = withoutEngine({
    "aws:region": "eu-central-1",
    "aws:profile": "build",
    "aws:defaultTags": '{"tags":{"stack":"s"}}',
    "aws-users:allowedAccountIds": '["123456789012"]',
    "shop:colour": "red",
    "awsx:region": "nowhere-1",
  });

  const inputsOf = async (provider: Provider) => {
    await known(provider.urn);
    return registered[0]?.inputs;
  };

  it("gets the configuration of the stack, and nothing that is not for AWS", async () => {
    assert.deepEqual(await inputsOf(new Provider("all")), {
      "aws:region": "eu-central-1",
      "aws:profile": "build",
      "aws:defaultTags": '{"tags":{"stack":"s"}}',
      "aws-users:allowedAccountIds": '["123456789012"]',
    });
    assert.equal(registered[0]?.type, "pulumi:providers:pulumi-nodejs");
  });

  it("puts its own arguments before the stack's, in the shape of the configuration", async () => {
    const inputs = await inputsOf(
      new Provider("own", {
        region: pulumi.output("eu-west-1"),
        profile: "other",
        assumeRoles: [{ roleArn: pulumi.output("arn"), sessionName: "me" }],
        defaultTags: { team: pulumi.output("users") },
        ownerTag: true,
        allowedAccountIds: ["222222222222"],
        forbiddenAccountIds: ["333333333333"],
      }),
    );
    assert.deepEqual(inputs, {
      "aws:region": "eu-central-1",
      "aws:profile": "build",
      "aws:defaultTags": '{"tags":{"stack":"s"}}',
      "aws-users:region": "eu-west-1",
      "aws-users:profile": "other",
      "aws-users:assumeRoles": '[{"roleArn":"arn","sessionName":"me"}]',
      "aws-users:defaultTags": '{"tags":{"team":"users"}}',
      "aws-users:ownerTag": "true",
      "aws-users:allowedAccountIds": '["222222222222"]',
      "aws-users:forbiddenAccountIds": '["333333333333"]',
    });
  });
});

describe("An explicit provider of a stack with keys", () => {
  const registered = withoutEngine({
    "aws:accessKey": "AKIA1",
    "aws:secretKey": "hush",
    "aws:assumeRoleWithWebIdentity": '{"webIdentityToken":"hush"}',
  });

  it("gets them as well, as secrets, and nothing that it does not read", async () => {
    await known(new Provider("keys").urn);
    assert.deepEqual(registered[0]?.inputs, {
      "aws:accessKey": secret("AKIA1"),
      "aws:secretKey": secret("hush"),
    });
  });
});
