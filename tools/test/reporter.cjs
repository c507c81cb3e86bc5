"use strict";
const { readFileSync, writeFileSync } = require("node:fs");
const { reporters } = require("mocha");

/**
 * Mocha's own `spec` reporter, which also adds how many tests passed and failed to what the file that TEST_COUNTS_FILE
 * names has of runs before, as JSON: `{"passed": 1, "failed": 0}`. A hook that fails counts as a failed test, as in mocha's own sum.
 */
module.exports = function countingReporter(runner, options) {
  const file = process.env.TEST_COUNTS_FILE;
  if (file) {
    runner.once("end", () => {
      const { passes: passed, failures: failed } = runner.stats;
      const text = readFileSync(file, "utf8");
      const before = text === "" ? { passed: 0, failed: 0 } : JSON.parse(text);
      writeFileSync(file, JSON.stringify({ passed: before.passed + passed, failed: before.failed + failed }));
    });
  }
  return new reporters.Spec(runner, options);
};
