import assert from "node:assert/strict";
import fc from "fast-check";
import { play } from "./play";
import { scenarios } from "./scenario";

/** A failure prints its seed and the smallest counterexample; CAMPAIGN_SEED repeats a run, CAMPAIGN_RUNS makes it longer. */
const RUNS = Number(process.env["CAMPAIGN_RUNS"] ?? 2_000);

describe("Random stacks in an AWS where everything goes wrong", () => {
  it("are never left over, lost, or destroyed beyond what is theirs", async function () {
    this.timeout(600_000);
    const seed = process.env["CAMPAIGN_SEED"];
    await fc.assert(
      fc.asyncProperty(scenarios, async (scenario) => {
        assert.deepEqual(await play(scenario), []);
      }),
      { numRuns: RUNS, ...(seed !== undefined && { seed: Number(seed) }) },
    );
  });
});
