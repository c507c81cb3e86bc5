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

  it("is kept while moto and botocore can be imported, and made again when they cannot", async () => {
    symlinkSync(withVenv(), join(folder, "bin"));
    const said: string[] = [];
    const ready = () => readyPython((line) => void said.push(line));
    const python = await ready();
    assert.equal(await ready(), python);
    assert.equal(said.length, 1);
    writeFileSync(python, "#!/bin/sh\nexit 1\n");
    assert.equal(await ready(), python);
    assert.equal(said.length, 2);
  });

  function old(): string {
    return binWith("echo 3.6.8");
  }

  /** A Python that does no more than to copy itself where an environment is asked for. */
  function withVenv(): string {
    return binWith(`case "$*" in
      *platform*) echo 3.11.7 ;;
      "-m venv "*) /bin/mkdir -p "$3/bin" && /bin/cp "$0" "$3/bin/python" ;;
    esac`);
  }

  function binWith(script: string): string {
    const bin = mkdtempSync(join(folder, "bin-"));
    writeFileSync(join(bin, "python3"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return bin;
  }
});
