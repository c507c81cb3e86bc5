import assert from "node:assert/strict";
import { deadlineIn } from "../../../provider/wait/deadline";
import { type Reading, TimedOut, until } from "../../../provider/wait/until";
import { fakeClock } from "../fakes";

const MINUTE = 60_000;

describe("A wait", () => {
  it("looks at once, and does not sleep when there is nothing to wait for", async () => {
    const clock = fakeClock();
    const found = await until(deadlineIn(clock, MINUTE), "it", async () => ({ done: "here" }));
    assert.equal(found, "here");
    assert.deepEqual(clock.gaps, []);
  });

  it("looks often at first, then every second and a half", async () => {
    const clock = fakeClock();
    await until(deadlineIn(clock, MINUTE), "it", doneAfter(7));
    assert.deepEqual(clock.gaps, [200, 400, 800, 1_500, 1_500, 1_500, 1_500]);
  });

  it("spreads the looks of many users by chance, by at most a quarter", async () => {
    const clock = fakeClock(0);
    await until(deadlineIn(clock, MINUTE), "it", doneAfter(3));
    assert.deepEqual(clock.gaps, [150, 300, 600]);
  });

  it("notices the end within 2 seconds or a tenth of the time waited, and at most 10 seconds", async () => {
    const clock = fakeClock();
    await until(deadlineIn(clock, 60 * MINUTE), "it", async () =>
      clock.elapsed() < 30 * MINUTE ? { pending: "not yet" } : { done: undefined },
    );
    let waited = 0;
    for (const gap of clock.gaps) {
      assert.ok(gap <= Math.min(Math.max(2_000, waited / 10 + 1), 10_000), `${gap} ms after ${waited} ms`);
      waited += gap;
    }
    assert.equal(Math.max(...clock.gaps), 10_000);
  });

  it("waits as long as a reading asks for", async () => {
    const clock = fakeClock();
    const readings: Reading<string>[] = [
      { pending: "a", afterMs: 0 },
      { pending: "b", afterMs: 7_777 },
      { done: "c" },
    ];
    await until(deadlineIn(clock, MINUTE), "it", async () => readings.shift() ?? { pending: "nothing left" });
    assert.deepEqual(clock.gaps, [0, 7_777]);
  });

  it("takes what others see before its own next look, and no longer", async () => {
    const clock = fakeClock();
    const seenAfter = async (ms: number, reading: Reading<string>) => {
      await clock.sleep(ms);
      return reading;
    };
    const readings: (() => Reading<string>)[] = [
      () => ({ pending: "a", sooner: seenAfter(500, { done: "too late" }) }),
      () => ({
        pending: "b",
        sooner: seenAfter(300, { pending: "c", sooner: seenAfter(100, { done: "d" }) }),
      }),
    ];
    const look = async () => readings.shift()?.() ?? { pending: "looked once more" };
    assert.equal(await until(deadlineIn(clock, MINUTE), "it", look), "d");
    assert.equal(clock.elapsed(), 500);
    assert.deepEqual(readings, []);
  });

  it("looks for the last time at the deadline, and never after it", async () => {
    const clock = fakeClock();
    const looks: number[] = [];
    await assert.rejects(
      until(deadlineIn(clock, MINUTE), "it", async () => {
        looks.push(clock.elapsed());
        return { pending: "not yet" };
      }),
    );
    assert.equal(looks.at(-1), MINUTE);
  });

  it("succeeds when the last look finds it", async () => {
    const clock = fakeClock();
    const found = await until(deadlineIn(clock, MINUTE), "it", async () =>
      clock.elapsed() < MINUTE ? { pending: "not yet" } : { done: "just in time" },
    );
    assert.equal(found, "just in time");
  });

  it("that ends without success says what was awaited, what was seen last, and for how long", async () => {
    const clock = fakeClock();
    const deadline = deadlineIn(clock, MINUTE);
    await clock.sleep(10_000);
    const seen = ["status creating", "status modifying"];
    await assert.rejects(
      until(deadline, "the user to become ready", async () => ({ pending: seen.shift() ?? "status odd" })),
      (error) =>
        error instanceof TimedOut &&
        error.message === "waited 50 s for the user to become ready; last seen: status odd",
    );
  });

  it("does not begin when its deadline has passed before", async () => {
    const clock = fakeClock();
    const deadline = deadlineIn(clock, 1_000);
    await clock.sleep(5_000);
    let looks = 0;
    const look = async () => ({ done: ++looks });
    await assert.rejects(until(deadline, "it", look), /waited 5 s for it; last seen: no time was left/);
    assert.equal(looks, 0);
  });

  it("that is part of a look tells what was seen before when its time is up", async () => {
    const clock = fakeClock();
    const deadline = deadlineIn(clock, 1_000);
    let looks = 0;
    const look = async (): Promise<Reading<number>> => {
      if (++looks === 1) return { pending: "blocked" };
      await clock.sleep(5_000);
      return { done: await until(deadline, "a part", async () => ({ done: 1 })) };
    };
    await assert.rejects(until(deadline, "it", look), /waited 5\.\d s for it; last seen: blocked/);
  });

  it("that is all of the first look tells why it did not begin", async () => {
    const clock = fakeClock();
    const deadline = deadlineIn(clock, 1_000);
    const look = async () => {
      await clock.sleep(5_000);
      return { done: await until(deadline, "a part", async () => ({ done: 1 })) };
    };
    await assert.rejects(until(deadline, "it", look), /waited 5 s for it; last seen: no time was left/);
  });

  it("looks at once where no time is given at all", async () => {
    const clock = fakeClock();
    const deadline = deadlineIn(clock, 0);
    await assert.rejects(until(deadline, "it", doneAfter(1)), /waited 0 s for it; last seen: not yet/);
  });

  it("passes on what a look fails with", async () => {
    const clock = fakeClock();
    const failure = new Error("denied");
    await assert.rejects(
      until(deadlineIn(clock, MINUTE), "it", () => Promise.reject(failure)),
      failure,
    );
    assert.deepEqual(clock.gaps, []);
  });
});

function doneAfter(looks: number): () => Promise<Reading<undefined>> {
  let left = looks;
  return async () => (left-- > 0 ? { pending: "not yet" } : { done: undefined });
}
