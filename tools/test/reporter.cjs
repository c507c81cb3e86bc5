"use strict";
const { writeFileSync } = require("node:fs");
const { reporters } = require("mocha");

/**
 * Mocha's own `spec` reporter, which also writes how many tests passed and failed into the file that TEST_COUNTS_FILE
 * names, as JSON: `{"passed": 1, "failed": 0}`. A hook that fails counts as a failed test, as in mocha's own sum.
 */
module.exports = function countingReporter(runner, options) {
  const file = process.env.TEST_COUNTS_FILE;
  if (file) {
    runner.once("end", () => {
      const { passes: passed, failures: failed } = runner.stats;
      writeFileSync(file, JSON.stringify({ passed, failed }));
    });
  }
  return new reporters.Spec(runner, options);
};
