import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { PROJECT_FOLDER } from "../../tools/project";
import { DIFFERENCES } from "./differences";

describe("The table of what moto does otherwise", () => {
  it("names tests that are run on moto, each once", async () => {
    const { tests, warnings } = await testsOnMoto();
    assert.equal(warnings, "");
    const named = DIFFERENCES.flatMap((difference) => difference.tests);
    assert.deepEqual(
      named.filter((title) => tests.filter((test) => test === title).length !== 1),
      [],
      "not the title of just one test on moto",
    );
    assert.equal(new Set(named).size, named.length);
  });
});

/** The titles of the tests that are run on moto. */
async function testsOnMoto(): Promise<{ tests: readonly string[]; warnings: string }> {
  const mocha = join(PROJECT_FOLDER, "node_modules/mocha/bin/mocha.js");
  const options = ["--config", "tests/moto/mocharc.json", "--dry-run", "--no-parallel", "--reporter", "json"];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [mocha, ...options], {
    cwd: PROJECT_FOLDER,
    maxBuffer: 16 * 1024 * 1024,
  });
  const report = JSON.parse(stdout) as { readonly tests: readonly { readonly fullTitle: string }[] };
  return { tests: report.tests.map(({ fullTitle }) => fullTitle), warnings: stderr };
}
