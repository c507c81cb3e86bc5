import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineAddress } from "../../provider/orphan";

const ORPHAN = join(__dirname, "../../provider/orphan.js");

describe("The dynamic host", () => {
  it("is known by its script and the engine's address", () => {
    const script = "/project/node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js";
    assert.deepEqual(engineAddress(["node", script, "127.0.0.1:4711"]), { host: "127.0.0.1", port: 4711 });
    assert.equal(engineAddress(["node", script]), undefined);
    assert.equal(engineAddress(["node", "/project/index.js", "127.0.0.1:4711"]), undefined);
  });
});

describe("A dynamic host", () => {
  const folder = mkdtempSync(join(tmpdir(), "orphan-"));
  const started: ChildProcess[] = [];
  after(() => {
    for (const host of started) host.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  /** A process that looks like the host, and would live for ever. */
  function startHost(port: number): ChildProcess {
    const scripts = join(folder, "node_modules/@pulumi/pulumi/cmd/dynamic-provider");
    mkdirSync(scripts, { recursive: true });
    const script = join(scripts, "index.js");
    writeFileSync(
      script,
      `require(${JSON.stringify(ORPHAN)}).endWithEngine(); setInterval(() => {}, 1e6); console.log("up");`,
    );
    const host = spawn(process.execPath, [script, `127.0.0.1:${port}`], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    started.push(host);
    return host;
  }

  it("outlives a connection that the engine cuts, and ends when the engine is gone", async () => {
    const { server, connections, port } = await engine();
    const host = startHost(port);
    const exited = once(host, "exit");
    const first = await connections();
    first.destroy();
    const second = await connections();
    assert.equal(host.exitCode, null);
    server.close();
    second.destroy();
    assert.deepEqual(await exited, [1, null]);
  });
});

/** Something that listens as the engine does; `connections` waits for the next connection. */
async function engine(): Promise<{ server: Server; port: number; connections: () => Promise<Socket> }> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const connections = async () => ((await once(server, "connection")) as [Socket])[0];
  return { server, connections, port: (server.address() as AddressInfo).port };
}
