import assert from "node:assert/strict";
import { iam } from "../../sdk";
import { callsDuring, operationsOf, scenes, showsStack } from "./fixtures";
import type { Outcome } from "./harness";

describe("credentials that do not do", () => {
  const begin = scenes();
  const ann =
    (args: iam.UserArgs = {}) =>
    () =>
      void new iam.User("deployer", { userName: "ann", ...args });

  /** One message of ours, on one line, and no stack. */
  function assertPlain({ output, messages, duration }: Outcome, sentence: RegExp): void {
    const ours = messages.filter(({ severity, text }) => severity === "error" && sentence.test(text));
    assert.equal(new Set(ours.map(({ text }) => text)).size, 1, output);
    assert.ok(!showsStack(output), output);
    assert.ok(duration < 60_000);
  }

  it("are missed in one sentence, before any call", async () => {
    const env = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    const { aws, stack } = await begin({ program: ann(), env });
    await stack.preview();
    const missing =
      /creating IAM user "ann": the AWS credentials cannot be used .*Check that this run has credentials/;
    assertPlain(await stack.failing.up(), missing);
    assert.deepEqual(aws.calls(), []);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("are reported as expired by every operation, asked once and not again", async () => {
    const { aws, stack } = await begin({ program: ann() });
    await stack.up();
    const expired = { operation: "sts:*", error: { code: "ExpiredToken", message: "The token is expired." } };
    aws.addFaults(expired);
    const before = aws.calls().length;
    assertPlain(
      await stack.failing.refresh(),
      /reading IAM user "ann": the AWS credentials cannot be used .*expired/,
    );
    stack.setProgram(ann({ path: "/ci/" }));
    assertPlain(await stack.failing.up(), /updating IAM user "ann": the AWS credentials cannot be used/);
    assertPlain(await stack.failing.destroy(), /deleting IAM user "ann": the AWS credentials cannot be used/);
    assert.deepEqual(
      operationsOf(aws.calls().slice(before)),
      Array.from({ length: 3 }, () => "GetCallerIdentity ExpiredToken"),
    );
  });

  it("are told which action they lack, without another try", async () => {
    const { aws, stack } = await begin({ program: ann() });
    const deny = (operation: string) =>
      aws.addFaults({ operation, calls: [1], error: { code: "AccessDenied" } });
    deny("CreateUser");
    const denied =
      /creating IAM user "ann": access was denied to iam:CreateUser \(.*\)\. Allow iam:CreateUser/;
    const calls = await callsDuring(aws, async () => assertPlain(await stack.failing.up(), denied));
    assert.deepEqual(operationsOf(calls), ["CreateUser AccessDenied"]);

    await stack.up();
    deny("GetUser");
    const read = await callsDuring(aws, async () =>
      assertPlain(await stack.failing.refresh(), /reading IAM user "ann": access was denied to iam:GetUser/),
    );
    assert.deepEqual(operationsOf(read), ["GetUser AccessDenied"]);
    assert.deepEqual(await stack.resourceNames(), ["deployer"]);

    stack.setProgram(ann({ path: "/ci/" }));
    deny("UpdateUser");
    assertPlain(await stack.failing.up(), /updating IAM user "ann": access was denied to iam:UpdateUser/);
    assert.deepEqual((await stack.up()).changes, ["update deployer"]);
  });

  it("are of no use where no AWS answers", async () => {
    const { stack } = await begin({ program: ann(), env: { AWS_ENDPOINT_URL: "http://127.0.0.1:1" } });
    assertPlain(
      await stack.failing.up(),
      /creating IAM user "ann": the endpoint does not answer like AWS to sts:GetCallerIdentity .*AWS_ENDPOINT_URL/,
    );
  });
});
