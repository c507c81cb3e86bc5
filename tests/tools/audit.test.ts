import { equal, match } from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_FOLDER } from "../../tools/project";
import { type CommandResult, runProcess } from "../engine/harness/process";

const AUDIT = join(PROJECT_FOLDER, "tools/release/audit.mjs");
const MOON = { name: "moon", version: "1.0.0" };
const FINDING = { id: 1, url: "https://example.com/1", title: "It is made of cheese", severity: "moderate" };

describe("The audit", function () {
  this.timeout(60_000);
  let folder: string;
  let registry: Server | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-audit-"));
    const dependencies = { moon: MOON.version };
    const packages = { "": { dependencies }, "node_modules/moon": { version: MOON.version } };
    writeFileSync(join(folder, "package.json"), JSON.stringify({ dependencies }));
    writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ lockfileVersion: 3, packages }));
  });
  afterEach(() => {
    registry?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("ends well when nothing is known of what is installed", async () => {
    const { code, output } = await auditWith(200, {});
    equal(code, 0, output);
    match(output, /found 0 vulnerabilities/);
  });

  it("fails on what is known, and names it", async () => {
    const { code, output } = await auditWith(200, { moon: [{ ...FINDING, vulnerable_versions: "<2" }] });
    equal(code, 1, output);
    match(output, /moon[\s\S]*It is made of cheese/);
  });

  it("says so where the registry has none", async () => {
    for (const status of [404, 405]) {
      const { code, output } = await auditWith(status, {});
      equal(code, 0, output);
      match(output, new RegExp(`cannot be asked .*HTTP status ${status}.*nothing is audited`));
    }
  });

  it("fails when the registry is not well", async () => {
    const { code, output } = await auditWith(503, {});
    equal(code, 1, output);
    match(output, /503 Service Unavailable/);
  });

  /** Runs the audit with a registry that answers it so, and that has the package itself. */
  async function auditWith(status: number, answer: object): Promise<CommandResult> {
    registry?.close();
    registry = createServer((request, response) => {
      const isAudit = request.method === "POST";
      const packument = { name: MOON.name, versions: { [MOON.version]: MOON } };
      response.writeHead(isAudit ? status : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(isAudit ? answer : packument));
    });
    await new Promise<void>((listening) => registry?.listen(0, "127.0.0.1", listening));
    const env = {
      npm_config_registry: `http://127.0.0.1:${(registry.address() as AddressInfo).port}`,
      npm_config_cache: join(folder, "cache"),
      npm_config_fetch_retries: "0",
    };
    return runProcess(process.execPath, [AUDIT], { cwd: folder, env });
  }
});
