import assert from "node:assert/strict";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSupported, PythonNotReady, readyPython } from "../../tools/python";
import { withEnvironment } from "../provider/environment";

describe("the Python of the tests", () => {
  let folder: string;
  withEnvironment({ PATH: undefined, XDG_CACHE_HOME: undefined });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-"));
    process.env["PATH"] = join(folder, "bin");
    process.env["XDG_CACHE_HOME"] = join(folder, "cache");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is 3.9 or later", () => {
    for (const version of ["3.9.0", "3.11.7", "3.14.0rc1", "4.0.0"]) assert.ok(isSupported(version), version);
    for (const version of ["2.7.18", "3.8.20", "Python"]) assert.ok(!isSupported(version), version);
  });

  it("is missed in words where there is none, or only an old one", async () => {
    const missed = (message: RegExp) => (error: unknown) =>
      error instanceof PythonNotReady && message.test(error.message);
    await assert.rejects(
      readyPython(assert.fail),
      missed(/3\.9\.0 or later is needed; there is none on PATH/),
    );
    symlinkSync(old(), join(folder, "bin"));
    await assert.rejects(readyPython(assert.fail), missed(/needed; python3 is 3\.6\.8\.$/));
  });

  function old(): string {
    const bin = mkdtempSync(join(folder, "old-"));
    writeFileSync(join(bin, "python3"), "#!/bin/sh\necho 3.6.8\n", { mode: 0o755 });
    return bin;
  }
});
