import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateAccessKeyCommand, IAMClient } from "@aws-sdk/client-iam";
import { z } from "zod";
import { PROJECT_FOLDER } from "../../tools/project";
import { clientConfig } from "../local/start";
import { commandScenes, inState, pendingCreation, providerInState } from "./commandScene";

const DEV = ["--stack", "dev"];
const SCHEMA = JSON.parse(readFileSync(join(PROJECT_FOLDER, "docs/destroy-plan.schema.json"), "utf8"));

describe("the command pulumi-aws-users destroy-plan", () => {
  const begin = commandScenes("destroy-plan");
  const state = (...resources: readonly object[]) => ({ resources: [providerInState(), ...resources] });

  it("ends with 0 when nothing blocks, in paragraphs where there is no terminal", async () => {
    const { run, make } = await begin(state(inState("iam", "ann"), inState("memorydb", "bob")));
    await make("iam", "ann");
    const { code, stdout, stderr } = await run(DEV);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(
      stdout,
      `IAM user "ann" will be deleted
  iam:DeleteUser

MemoryDB user "bob" (us-east-1) is gone already
  AWS has no such user any more

Stack dev of project shop: 1 will be deleted, 1 is gone already. Nothing blocks a destroy.
`,
    );
  });

  it("ends with 2 when something blocks, and begins with warnings", async () => {
    const { aws, run, make } = await begin(state(inState("iam", "ann"), inState("iam", "bob")));
    await make("iam", "ann");
    await make("iam", "bob");
    const { AccessKey } = await new IAMClient(clientConfig(aws)).send(
      new CreateAccessKeyCommand({ UserName: "ann" }),
    );
    const at = new Date(Date.now() - 3 * 3_600_000).toISOString();
    aws.setLastUsed({ accessKeyId: AccessKey?.AccessKeyId ?? "", at, service: "s3", region: "us-east-1" });
    const before = aws.calls().length;
    const { code, stdout } = await run(DEV);
    assert.equal(code, 2);
    assert.match(
      stdout,
      /^Warning: IAM user "ann": access key AKIA\w+ was used 3 hours ago for s3 in us-east-1\n\n/,
    );
    assert.match(
      stdout,
      /\n {2}access key AKIA\w+ blocks: made less than an hour ago, used 3 hours ago for s3/,
    );
    assert.match(stdout, /: 1 will be deleted, 1 is blocked\. A destroy will not complete\.\n$/);
    assert.ok(!stdout.includes(AccessKey?.SecretAccessKey ?? ""));
    assert.deepEqual(
      aws
        .calls()
        .slice(before)
        .filter(({ operation }) => !/^(Get|List|Describe)/.test(operation)),
      [],
    );
  });

  it("ends with 2 when a run was interrupted while creating a user, even without any in the state", async () => {
    const { run, make } = await begin({ ...state(), pending: [pendingCreation("iam", "ann")] });
    await make("iam", "ann");
    const { code, stdout } = await run(DEV);
    assert.equal(code, 2);
    assert.match(stdout, /^Interrupted while creating IAM user "ann": .*PULUMI_AWS_USERS_ADOPT_EXISTING=ann/);
    assert.match(
      stdout,
      /\n\nStack dev of project shop: no users\. A destroy would know nothing of what an interrupted run made\.\n$/,
    );
  });

  it("prints one JSON document that its schema describes", async () => {
    const { run, make } = await begin({
      ...state(inState("iam", "ann"), inState("rekognition", "lobby/dan"), inState("memorydb", "bob")),
      pending: [pendingCreation("iam", "eve")],
    });
    await make("iam", "ann");
    const { code, stdout } = await run([...DEV, "--json"]);
    assert.equal(code, 2);
    const plan = z.fromJSONSchema(SCHEMA).parse(JSON.parse(stdout)) as { users: unknown[] };
    assert.equal(plan.users.length, 3);
    const unlike = { ...plan, users: [{ outcome: "unheard of" }] };
    assert.throws(() => z.fromJSONSchema(SCHEMA).parse(unlike), z.ZodError);
  });

  it("prints the schema that is in the documentation, and asks nobody", async () => {
    const { run } = await begin(undefined);
    const { code, stdout } = await run(["--schema"]);
    assert.equal(code, 0);
    assert.deepEqual(
      JSON.parse(stdout),
      SCHEMA,
      "update it by destroy-plan --schema > docs/destroy-plan.schema.json",
    );
  });

  it("ends with 1 and one sentence without a stack, credentials, or an endpoint that answers", async () => {
    const { aws, run } = await begin(state(inState("iam", "ann")));
    const failures: readonly (readonly [string[], Record<string, string | undefined>, RegExp])[] = [
      [["--stack", "prod"], {}, /no stack named 'prod' found\. pulumi stack ls shows which there are\.$/],
      [[...DEV, "--cwd", "/nowhere"], {}, /^the folder .*nowhere does not exist$/],
      [DEV, { PATH: "" }, /^there is no pulumi on the PATH\. Install Pulumi/],
      [
        DEV,
        { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
        /Check that this run has credentials/,
      ],
      [
        DEV,
        { AWS_ENDPOINT_URL: "http://127.0.0.1:9" },
        /Check the network, the region, and the variables AWS_ENDPOINT/,
      ],
    ];
    for (const [args, env, message] of failures) {
      const { code, stdout, stderr } = await run(args, { AWS_EC2_METADATA_DISABLED: "true", ...env });
      assert.deepEqual([code, stdout], [1, ""], stderr);
      assert.match(stderr.trimEnd(), message);
      assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
    }
    assert.deepEqual(aws.calls(), []);
  });

  it("explains itself with examples and exit codes", async () => {
    const { run } = await begin(undefined);
    const { code, stdout } = await run(["--help"]);
    assert.equal(code, 0);
    assert.match(stdout, /Exit codes:\n {2}0 .*\n {2}2 .*\n {2}1 /);
    assert.match(stdout, /Examples:\n {2}\$ pulumi-aws-users destroy-plan /);
  });
});
