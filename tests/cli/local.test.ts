import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { PROGRAM } from "../program";

describe("the command pulumi-aws-users local", () => {
  const running: ChildProcess[] = [];
  afterEach(() => {
    for (const child of running.splice(0)) {
      child.kill("SIGKILL");
    }
  });
  const run = (...args: string[]) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    running.push(child);
    return child;
  };

  it("prints lines for a shell, the first of which says where it listens", async () => {
    const lines = await firstLines(run("local", "--port", "0"), 7);
    const endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(lines[0] ?? "")?.[0];
    assert.ok(lines.includes(`export AWS_ENDPOINT_URL=${endpoint}`));
    assert.ok(lines.every((line) => /^(# |export [A-Z0-9_]+=\S+$)/.test(line)));
  });

  it("serves what it says, and takes settings and calls from other processes", async () => {
    const child = run(
      "local",
      "--port",
      "0",
      "--json",
      "--page-size",
      "1",
      "--limit",
      "iam:CreateUser=0.001",
    );
    const { endpoint, env } = JSON.parse((await firstLines(child, 1))[0] ?? "");
    const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY };
    const iam = new IAMClient({ endpoint, region: env.AWS_REGION, credentials, maxAttempts: 1 });
    await iam.send(new CreateUserCommand({ UserName: "ann" }));
    await assert.rejects(iam.send(new CreateUserCommand({ UserName: "bob" })), { name: "Throttling" });
    const users = (await (await fetch(`${endpoint}/_local/users`)).json()) as { id: string }[];
    assert.deepEqual(
      users.map(({ id }) => id),
      ["ann"],
    );
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`stops with exit code 0 on ${signal}, also with a client connected`, async () => {
      const child = run("local", "--port", "0", "--json");
      const { endpoint } = JSON.parse((await firstLines(child, 1))[0] ?? "");
      await (await fetch(`${endpoint}/_local/calls`)).json();
      child.kill(signal);
      assert.deepEqual(await once(child, "exit"), [0, null]);
    });
  }

  it("says that a port is taken and what to do, in one line", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await once(blocker, "listening");
    const { port } = blocker.address() as { port: number };
    const { code, output } = await finished(run("local", "--port", String(port)));
    blocker.close();
    assert.equal(code, 1);
    assert.equal(
      output,
      `port ${port} on 127.0.0.1 is taken: name another with --port, or --port 0 for a free one\n`,
    );
  });

  it("refuses settings that are no numbers, and hosts that are not loopback", async () => {
    const refused = await finished(run("local", "--latency", "soon"));
    assert.equal(refused.code, 1);
    assert.match(refused.output, /'--latency <ms>' argument 'soon' is invalid\. It needs a whole number/);
    assert.match((await finished(run("local", "--limit", "x"))).output, /iam:DeleteUser=5/);
    assert.match((await finished(run("local", "--host", "0.0.0.0"))).output, /not a loopback address/);
  });

  it("explains itself with examples", async () => {
    const { code, output } = await finished(run("local", "--help"));
    assert.equal(code, 0);
    assert.match(output, /Examples:\n {2}\$ pulumi-aws-users local /);
  });
});

async function firstLines(child: ChildProcess, count: number): Promise<string[]> {
  assert.ok(child.stdout);
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (lines.length === count) {
      break;
    }
  }
  return lines;
}

async function finished(child: ChildProcess): Promise<{ code: number; output: string }> {
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, "close");
  return { code, output };
}
