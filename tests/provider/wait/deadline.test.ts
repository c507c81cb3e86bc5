import assert from "node:assert/strict";
import { deadlineIn, formatDuration, parseDuration } from "../../../provider/wait/deadline";
import { fakeClock } from "../fakes";

describe("A time-out", () => {
  const durations: [string, number | undefined][] = [
    ["90s", 90_000],
    ["10m", 600_000],
    ["1h30m", 5_400_000],
    ["1.5h", 5_400_000],
    ["250ms", 250],
    ["1m0.5s", 60_500],
    ["0s", undefined],
    ["", undefined],
    ["10", undefined],
    ["-1m", undefined],
    ["1d", undefined],
    ["10 m", undefined],
    ["m", undefined],
    ["10m later", undefined],
  ];
  for (const [text, ms] of durations) {
    it(`written as "${text}" is ${ms === undefined ? "refused" : `${ms} ms`}`, () => {
      assert.equal(parseDuration(text), ms);
    });
  }

  it("counts from the moment at which the operation begins", async () => {
    const clock = fakeClock();
    await clock.sleep(5_000);
    const deadline = deadlineIn(clock, 60_000);
    assert.equal(deadline.startedAt, clock.now());
    assert.equal(deadline.endsAt - clock.now(), 60_000);
  });
});

describe("A length of time in a message", () => {
  const lengths: [number, string][] = [
    [0, "0 s"],
    [4_230, "4.2 s"],
    [5_000, "5 s"],
    [59_900, "59.9 s"],
    [60_000, "1 min"],
    [200_000, "3 min 20 s"],
    [1_200_000, "20 min"],
  ];
  for (const [ms, text] of lengths) {
    it(`of ${ms} ms reads ${text}`, () => {
      assert.equal(formatDuration(ms), text);
    });
  }
});
