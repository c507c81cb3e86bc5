import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type LocalAws, type LocalAwsOptions, startLocalAws } from "../../../local";
import { existingEngine } from "../../../tools/engine";

const JOB = resolve(__dirname, "../../../tools/start/index.js");
const FAST = { createMs: 100, modifyMs: 100, deleteMs: 100, groupMs: 100 };

describe("the main job on an account", function () {
  this.timeout(300_000);
  let aws: LocalAws;
  let folder: string;
  const started: ChildProcess[] = [];

  const start = async (options: LocalAwsOptions = {}) => {
    aws = await startLocalAws({ transitions: FAST, ...options });
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "main-job-"));
  });

  afterEach(async () => {
    for (const child of started.splice(0)) child.kill();
    rmSync(folder, { recursive: true, force: true });
    await aws.close();
  });

  it("takes its users through their life and leaves the account as it was", async () => {
    await start();
    const { code, output } = await job(["--aws", "--yes"]).ended;
    assert.equal(code, 0, output);
    assert.match(output, /account 123456789012, region us-east-1/);
    assert.match(output, /To be made in account 123456789012/);
    assert.match(output, /all 9 kinds of things/);
    assert.match(output, /~ deployer: tags\.team "somebody-else" -> "build"/);
    assert.match(output, /AWS has none of those users left/);
    assert.deepEqual(aws.users(), []);
    assert.deepEqual(leftOver(aws), []);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("makes nothing without a terminal to ask at, unless told --yes", async () => {
    await start();
    const { code, output } = await job(["--aws"]).ended;
    assert.equal(code, 1);
    assert.match(output, /no terminal to ask/);
    assert.match(output, /--yes/);
    assert.deepEqual(
      aws.calls().filter(({ operation }) => operation.startsWith("Create")),
      [],
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  it("says which step failed and why, and takes everything down", async () => {
    const error = { code: "AccessDenied", message: "not allowed to make groups" };
    await start({ faults: [{ operation: "iam:CreateGroup", error }] });
    const { code, output } = await job(["--aws", "--yes"]).ended;
    assert.equal(code, 1);
    assert.match(output, /✗ Load the IAM user/);
    assert.match(output, /not allowed to make groups/);
    assert.match(output, /Nothing of this run is left in the account/);
    assert.deepEqual(aws.users(), []);
    assert.deepEqual(leftOver(aws), []);
  });

  it("repeats the engine's own words when a user cannot be made", async () => {
    const error = { code: "AccessDeniedException", message: "no users today" };
    await start({ faults: [{ operation: "memorydb:CreateUser", error }] });
    const { code, output } = await job(["--aws", "--yes"]).ended;
    assert.equal(code, 1);
    assert.match(output, /✗ Up/);
    assert.match(
      output,
      /creating MemoryDB user "reader-[0-9a-f]+": access was denied to memorydb:CreateUser/,
    );
    assert.deepEqual(aws.users(), []);
  });

  it("destroys nothing when interrupted, and tells how to remove what is left", async () => {
    await start();
    const running = job(["--aws", "--yes"]);
    await running.until(/✓ Up again/);
    running.child.kill("SIGINT");
    const { code, output } = await running.ended;
    assert.equal(code, 130, output);
    assert.match(output, /Interrupted/);
    assert.match(output, /Left in the account:\n\s+MemoryDB user reader-/);
    assert.ok(!aws.calls().some(({ service, operation }) => service === "iam" && operation === "DeleteUser"));

    const command = /PULUMI_HOME=.*/.exec(output)?.[0] ?? "";
    const destroyed = await run(
      "sh",
      ["-c", `${command} --yes --skip-preview --non-interactive`],
      aws,
      folder,
    );
    assert.equal(destroyed.code, 0, destroyed.output);
    assert.deepEqual(aws.users(), []);
  });

  function job(args: readonly string[]) {
    const child = spawn(process.execPath, [JOB, ...args], { env: environment(aws, folder), stdio: "pipe" });
    started.push(child);
    return follow(child);
  }
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function follow(child: ChildProcess) {
  let output = "";
  const ended = new Promise<Ended>((done) => child.once("close", (code) => done({ code, output })));
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const until = (pattern: RegExp) =>
    new Promise<void>((done, fail) => {
      child.stdout?.on("data", () => pattern.test(output) && done());
      child.once("close", () => fail(new Error(`ended without ${pattern}:\n${output}`)));
    });
  return { child, ended, until };
}

async function run(command: string, args: readonly string[], aws: LocalAws, folder: string): Promise<Ended> {
  const { folder: engine } = await existingEngine();
  const env = environment(aws, folder);
  const PATH = `${engine}:${process.env["PATH"]}`;
  return follow(spawn(command, args, { env: { ...env, PATH }, stdio: "pipe" })).ended;
}

function environment(aws: LocalAws, folder: string): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !/^(AWS|PULUMI)_/.test(name));
  const { NODE_V8_COVERAGE: _, ...rest } = Object.fromEntries(others);
  return {
    ...rest,
    ...aws.env,
    TMPDIR: folder,
    CI: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}

/** What was made past Pulumi and not removed again, by the calls that were answered with success. */
function leftOver(aws: LocalAws): string[] {
  const done = aws.calls().filter(({ status }) => status === 200);
  const count = (operation: string) => done.filter((call) => call.operation === operation).length;
  return ["Collection", "Group", "Policy", "VirtualMFADevice"].filter(
    (thing) => count(`Create${thing}`) !== count(`Delete${thing}`),
  );
}
