import assert from "node:assert/strict";
import { isSecret } from "../../provider/lifecycle/wire";
import { parseDeployment, plainValue } from "../../stack/deployment";

const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

describe("an exported state", () => {
  it("may be empty", () => {
    for (const deployment of [undefined, null, {}, { resources: null }, { manifest: {} }]) {
      assert.deepEqual(parseDeployment(JSON.stringify({ version: 3, deployment })), {
        resources: [],
        pending: [],
      });
    }
  });

  it("of a newer format is refused with what to do", () => {
    assert.throws(() => parseDeployment('{"version": 5, "deployment": {}}'), {
      message:
        "the state of the stack has format 5, and this pulumi-aws-users reads up to 4. " +
        "Install a newer version of pulumi-aws-users.",
    });
  });

  it("that is none is refused without being shown", () => {
    for (const text of ['{"password": marker', '{"version": 3, "deployment": {"resources": "marker"}}']) {
      assert.throws(
        () => parseDeployment(text),
        ({ message }: Error) => /printed what is no state/.test(message) && !/marker/.test(message),
      );
    }
  });

  it("tells secrets from what only looks like them, and shows those that were exported as plain text", () => {
    assert.ok(isSecret({ ...SECRET, ciphertext: "x" }));
    for (const value of [null, "text", [], {}, { "4dabf18193072939515e22adb298388d": "an asset" }]) {
      assert.ok(!isSecret(value));
    }
    assert.equal(plainValue({ ...SECRET, plaintext: '"eu-west-1"' }), "eu-west-1");
    assert.equal(plainValue({ ...SECRET, ciphertext: "x" }), undefined);
    assert.equal(plainValue("eu-west-1"), "eu-west-1");
    assert.throws(() => plainValue({ ...SECRET, plaintext: "hush" }), {
      message: "a secret of the state holds no JSON",
    });
  });
});
