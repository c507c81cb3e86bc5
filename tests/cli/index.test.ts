import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_FOLDER } from "../../tools/project";
import { runProcess } from "../engine/harness/process";
import { PROGRAM } from "../program";

const run = (...args: readonly string[]) =>
  runProcess(process.execPath, [PROGRAM, ...args], { cwd: PROJECT_FOLDER, env: {} });

describe("the program pulumi-aws-users", () => {
  it("tells its version", async () => {
    const { version } = JSON.parse(readFileSync(join(PROJECT_FOLDER, "package.json"), "utf8"));
    const { code, stdout, stderr } = await run("--version");
    assert.deepEqual([code, stdout, stderr], [0, `${version}\n`, ""]);
  });

  it("names its commands when it is given none", async () => {
    const { code, stderr } = await run();
    assert.equal(code, 1);
    for (const command of ["destroy-plan", "import", "leftovers", "local"]) {
      assert.match(stderr, new RegExp(`^ {2}${command} `, "m"));
    }
  });

  it("names the command that one may have meant", async () => {
    const { code, stderr } = await run("leftover");
    assert.equal(code, 1);
    assert.match(stderr, /unknown command 'leftover'\n\(Did you mean leftovers\?\)/);
  });
});
