import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { inParallel } from "../../../provider/wait/inParallel";

describe("Work in parallel", () => {
  it("is done with so many items at once, and its results keep their order", async () => {
    let busy = 0;
    let most = 0;
    const results = await inParallel([3, 1, 2, 0, 4], 2, async (turns) => {
      busy += 1;
      most = Math.max(most, busy);
      for (let passed = 0; passed < turns; passed++) await turn();
      busy -= 1;
      return turns * 10;
    });
    assert.deepEqual(results, [30, 10, 20, 0, 40]);
    assert.equal(most, 2);
  });

  it("begins with no other item after a failure", async () => {
    const begun: number[] = [];
    const work = inParallel([0, 1, 2, 3, 4], 2, async (item) => {
      begun.push(item);
      await turn();
      if (item === 1) throw new Error("one is odd");
    });
    await assert.rejects(work, /one is odd/);
    await turn();
    await turn();
    assert.deepEqual(begun, [0, 1, 2]);
  });
});
