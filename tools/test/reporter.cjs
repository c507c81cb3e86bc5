"use strict";
const { readFileSync, writeFileSync } = require("node:fs");
const { reporters } = require("mocha");

/**
 * Mocha's own `spec` reporter, which also says why tests were skipped, and adds how many tests passed, failed and were
 * skipped to what the file that TEST_COUNTS_FILE names has of runs before, as JSON:
 * `{"passed": 1, "failed": 0, "skipped": {"there is no Python": 2}}`. A hook that fails counts as a failed test, as in
 * mocha's own sum.
 */
module.exports = function countingReporter(runner, options) {
  const skipped = {};
  runner.on("pending", ({ title }) => {
    const reason = /\(skipped: (.+)\)$/.exec(title)?.[1] ?? "no reason is given";
    skipped[reason] = (skipped[reason] ?? 0) + 1;
  });
  const spec = new reporters.Spec(runner, options);
  // After the sum of the other one, which listens before this.
  runner.once("end", () => {
    for (const [reason, count] of Object.entries(skipped)) console.log(`  ${count} skipped: ${reason}`);
    const file = process.env.TEST_COUNTS_FILE;
    if (file) addCounts(file, { passed: runner.stats.passes, failed: runner.stats.failures, skipped });
  });
  return spec;
};

function addCounts(file, { passed, failed, skipped }) {
  const text = readFileSync(file, "utf8");
  const before = text === "" ? { passed: 0, failed: 0, skipped: {} } : JSON.parse(text);
  for (const [reason, count] of Object.entries(skipped)) {
    before.skipped[reason] = (before.skipped[reason] ?? 0) + count;
  }
  const counts = { passed: before.passed + passed, failed: before.failed + failed, skipped: before.skipped };
  writeFileSync(file, JSON.stringify(counts));
}
