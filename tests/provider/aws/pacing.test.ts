import assert from "node:assert/strict";
import { PacedOut, pacer } from "../../../provider/aws/pacing";
import { deadlineIn, within } from "../../../provider/wait/deadline";
import { type FakeClock, fakeClock } from "../fakes";

describe("The pace of calls", () => {
  it("is unlimited until AWS throttles", async () => {
    const { pace, clock } = paced();
    for (let call = 0; call < 100; call++) await pace.turn();
    assert.deepEqual(clock.gaps, []);
  });

  it("begins at the documented rate where there is one", async () => {
    const { sent } = await calls(paced(5), 6);
    for (const [index, at] of sent.entries()) assert.ok(Math.abs(at - index * 200) <= index * 10, `${sent}`);
  });

  it("falls to what AWS took in the last second when it throttles first", async () => {
    const scene = paced();
    for (let call = 0; call < 20; call++) scene.pace.accepted();
    scene.pace.throttled(scene.clock.now());
    const { sent } = await calls(scene, 5);
    assert.ok(Math.abs((sent[1] ?? 0) - (sent[0] ?? 0) - 50) < 2, `${sent}`);
  });

  it("falls further with each throttling, but only once for calls that went out together", async () => {
    const scene = paced();
    const together = scene.clock.now();
    scene.pace.throttled(together);
    await scene.clock.sleep(1);
    scene.pace.throttled(together - 1);
    const { sent: before } = await calls(scene, 2);
    scene.pace.throttled(scene.clock.now());
    const { sent: after } = await calls(scene, 2);
    assert.ok(gap(before) < 210, `${before}`);
    assert.ok(gap(after) > gap(before) * 1.2, `${after}`);
  });

  it("never falls below one call in two seconds", async () => {
    const scene = paced();
    for (let time = 0; time < 30; time++) scene.pace.throttled(scene.clock.now());
    const { sent } = await calls(scene, 2);
    assert.ok(gap(sent) <= 2_000, `${sent}`);
  });

  it("recovers while AWS takes what is sent, and is forgotten after a minute", async () => {
    const scene = paced();
    scene.pace.throttled(scene.clock.now());
    const { sent } = await calls(scene, 10);
    assert.ok((sent[9] ?? 0) - (sent[8] ?? 0) < gap(sent));
    await scene.clock.sleep(60_001);
    const gaps = scene.clock.gaps.length;
    await scene.pace.turn();
    await scene.pace.turn();
    assert.equal(scene.clock.gaps.length, gaps);
  });

  it("refuses a call whose turn would come after the deadline of its operation", async () => {
    const { pace, clock } = paced(1);
    const deadline = deadlineIn(clock, 500);
    await within(deadline, async () => {
      const turns = [pace.turn(), pace.turn(), pace.turn()];
      const results = await Promise.allSettled(turns);
      const refused = results.filter(({ status }) => status === "rejected");
      assert.equal(refused.length, 2);
      for (const result of refused) {
        assert.ok(result.status === "rejected" && result.reason instanceof PacedOut);
        assert.match(result.reason.message, /^AWS takes about 1 of these calls a second at the moment$/);
      }
    });
  });

  it("holds no call beyond the deadline of its operation when AWS takes fewer than it did", async () => {
    const { pace, clock } = paced(10);
    const deadline = deadlineIn(clock, 2_000);
    const sent: number[] = [];
    const turns = within(deadline, () =>
      Promise.allSettled(
        Array.from({ length: 20 }, () => pace.turn().then(() => void sent.push(clock.elapsed()))),
      ),
    );
    for (let time = 0; time < 10; time++) {
      await clock.sleep(1);
      pace.throttled(clock.now());
    }
    const refused = (await turns).filter(({ status }) => status === "rejected").length;
    assert.ok(refused > 10, `${refused} refused`);
    assert.ok(Math.max(...sent) <= 2_000, `${sent}`);
  });
});

function paced(documentedRate?: number) {
  const clock = fakeClock();
  return { clock, pace: pacer(clock, documentedRate) };
}

/** Asks for several turns at once, and notes when each comes. */
async function calls({ clock, pace }: { clock: FakeClock; pace: ReturnType<typeof pacer> }, count: number) {
  const sent: number[] = [];
  const turns = Array.from({ length: count }, () => pace.turn().then(() => void sent.push(clock.elapsed())));
  await Promise.all(turns);
  return { clock, sent };
}

function gap([first = 0, second = 0]: readonly number[]): number {
  return second - first;
}
