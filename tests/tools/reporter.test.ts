import { deepEqual, match } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_FOLDER } from "../../tools/project";
import { runProcess } from "../engine/harness/process";

const MOCHA = join(PROJECT_FOLDER, "node_modules/mocha/bin/mocha.js");
const REPORTER = join(PROJECT_FOLDER, "tools/test/reporter.cjs");
const SKIP = join(__dirname, "../skip.js");

const TESTS = `
const { skipBecause } = require(${JSON.stringify(SKIP)});
it("passes", () => {});
it("fails", () => { throw new Error("on purpose"); });
it("is skipped", function () { skipBecause(this, "it rains"); });
describe("a suite", () => {
  before(function () { skipBecause(this, "it snows"); });
  it("is skipped too", () => {});
  describe("within", () => it("as well", () => {}));
});
`;

describe("The reporter of the tests", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-reporter-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const way of ["--parallel", "--no-parallel"]) {
    it(`counts over several runs, and says why tests were skipped: ${way}`, async () => {
      const [tests, counts] = [join(folder, "tests.cjs"), join(folder, "counts.json")];
      writeFileSync(tests, TESTS);
      writeFileSync(counts, "");
      const args = [MOCHA, "--no-config", way, "--reporter", REPORTER, tests];
      const run = () =>
        runProcess(process.execPath, args, { cwd: folder, env: { TEST_COUNTS_FILE: counts } });
      match((await run()).stdout, /3 pending[\s\S]*\n {2}1 skipped: it rains\n {2}2 skipped: it snows\n$/);
      await run();
      deepEqual(JSON.parse(readFileSync(counts, "utf8")), {
        passed: 2,
        failed: 2,
        skipped: { "it rains": 2, "it snows": 4 },
      });
    });
  }
});
