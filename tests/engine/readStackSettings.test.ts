import assert from "node:assert/strict";
import { readStackSettings, type StackOptions } from "../../stack";
import { scenes } from "./fixtures";
import type { TestStack } from "./harness";

const KEY = "a-secret-key-that-is-a-marker";

describe("reading the settings of a stack", () => {
  const begin = scenes();
  const at = ({ stack }: TestStack, env: StackOptions["env"] = {}): StackOptions => ({
    cwd: stack.workspace.workDir,
    env: { ...stack.workspace.envVars, ...env },
  });
  const noPassphrase = { PULUMI_CONFIG_PASSPHRASE: undefined };

  it("shows what its configuration says, without a passphrase while nothing of AWS is encrypted", async () => {
    const config = {
      "aws:region": "us-west-2",
      "aws:defaultTags": '{"tags":{"team":"build"}}',
      "aws-users:ownerTag": "true",
      other: { value: KEY, secret: true },
    } as const;
    const { stack } = await begin({ program: () => {}, config });
    const { region, defaultTags, ownerTag, identity } = await readStackSettings(at(stack, noPassphrase));
    assert.deepEqual([region, defaultTags, ownerTag], ["us-west-2", { team: "build" }, true]);
    assert.deepEqual(identity, { roles: [] });
  });

  it("decrypts credentials, and says in words when it cannot", async () => {
    const config = { "aws:accessKey": "AKIATEST", "aws:secretKey": { value: KEY, secret: true } } as const;
    const { stack } = await begin({ program: () => {}, config });
    const { identity } = await readStackSettings(at(stack));
    assert.deepEqual(identity.keys, { accessKeyId: "AKIATEST", secretAccessKey: KEY });
    await assert.rejects(readStackSettings(at(stack, noPassphrase)), ({ message }: Error) => {
      assert.match(message, /Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE/);
      return true;
    });
  });
});
