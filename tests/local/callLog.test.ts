import assert from "node:assert/strict";
import { createCallLog } from "../../local/callLog";
import type { Members } from "../../local/service";

const SECRETS: readonly Members[] = [
  { Password: "MARKER" },
  { Passwords: ["MARKER"] },
  { AuthenticationMode: { Type: "password", Passwords: ["MARKER", "MARKER"] } },
  { List: [{ SecretAccessKey: "MARKER" }] },
  { AuthenticationCode1: "MARKER", AuthenticationCode2: "MARKER" },
  { AccessString: "on >MARKER ~* +@all <MARKER #MARKER" },
];

describe("the call log", () => {
  it("never holds a secret", () => {
    for (const parameters of SECRETS) {
      assert.doesNotMatch(JSON.stringify(logged(parameters)), /MARKER/);
    }
  });

  it("holds what tells one call from another", () => {
    const parameters = {
      UserName: "ann",
      AccessString: "on ~app:* +@read",
      AuthenticationMode: { Type: "iam" },
      ClientRequestToken: "t-1",
      PolicyDocument: "{}",
    };
    assert.deepEqual(logged(parameters), parameters);
  });
});

function logged(parameters: Members): Members | undefined {
  const log = createCallLog();
  const where = { service: "iam", operation: "X", account: "123456789012", region: "us-east-1" };
  log.add({ time: 0, ...where, parameters, status: 200 });
  return log.list()[0]?.parameters;
}
