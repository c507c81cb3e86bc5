import assert from "node:assert/strict";
import { createLimits } from "../../../local/limits";
import { type Pacer, pacer } from "../../../provider/aws/pacing";
import type { Clock } from "../../../provider/wait/clock";
import { deadlineIn } from "../../../provider/wait/deadline";
import { insist } from "../../../provider/wait/persist";
import { awsError, fakeClock } from "../fakes";

describe("The pace of several processes on one account", () => {
  it("settles below a limit that nobody knows", async () => {
    const seen = await overSeeds({ processes: 3, calls: 100, limit: 10 });
    assertSettled(seen, { share: 0.08, time: 1.2 });
  });

  it("settles where each of many has but one call a second", async () => {
    const seen = await overSeeds({ processes: 10, calls: 40, limit: 10 });
    assertSettled(seen, { share: 0.2, time: 1.2 });
  });

  it("settles at a documented limit that each would use up alone", async () => {
    const seen = await overSeeds({ processes: 3, calls: 100, limit: 5, documented: 5 });
    assertSettled(seen, { share: 0.12, time: 1.15 });
  });

  it("makes room for one that comes later, and takes up what one leaves that ends", async () => {
    const seen = await overSeeds({ processes: 3, calls: 100, limit: 5, documented: 5, lateMs: 7_000 });
    assertSettled(seen, { share: 0.12, time: 1.2 });
  });

  it("throttles each call about once when all are sent at once, before anything is known", async () => {
    const { throttled } = await overSeeds({ processes: 3, calls: 25, limit: 10 });
    assert.ok(throttled < 1.5, `${throttled} throttled calls for each that was taken`);
  });
});

interface Crowd {
  readonly processes: number;
  /** Of each process, all waiting at once. */
  readonly calls: number;
  /** Calls a second that AWS takes of all of them. */
  readonly limit: number;
  readonly documented?: number;
  /** By how much each process begins after the one before. */
  readonly lateMs?: number;
}

/** What was seen, in the middle of several runs. */
interface Seen {
  /** Throttled calls for each that was taken. */
  readonly throttled: number;
  /** The share of throttled calls once all have been under way for ten seconds. */
  readonly share: number;
  /** Until the last call was taken, over the time that the limit allows at best. */
  readonly time: number;
}

function assertSettled(seen: Seen, most: Pick<Seen, "share" | "time">): void {
  assert.ok(seen.share <= most.share && seen.time <= most.time, JSON.stringify(seen));
}

async function overSeeds(crowd: Crowd): Promise<Seen> {
  const runs = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((seed) => together(crowd, seed)));
  const middle = (of: keyof Seen) =>
    runs.map((run) => run[of]).sort((one, other) => one - other)[3] ?? Number.NaN;
  return { throttled: middle("throttled"), share: middle("share"), time: middle("time") };
}

const LATENCY_MS = 50;
const SETTLING_MS = 10_000;

async function together(
  { processes, calls, limit, documented, lateMs = 0 }: Crowd,
  seed: number,
): Promise<Seen> {
  const fake = fakeClock();
  const clock = { ...fake, random: chance(seed) };
  const limits = createLimits([{ operation: "DeleteUser", perSecond: limit }]);
  const sent: { readonly at: number; readonly taken: boolean }[] = [];
  const call = async (pace: Pacer) => {
    await pace.turn();
    const sentAt = clock.now();
    await clock.sleep(LATENCY_MS);
    const refusal = limits.check(DELETE, WIRE, { ...CALLER, now: clock.now() });
    sent.push({ at: fake.elapsed(), taken: refusal === undefined });
    if (refusal === undefined) return pace.accepted();
    pace.throttled(sentAt);
    throw awsError("Throttling");
  };
  const process = async (_: unknown, index: number) => {
    await clock.sleep(index * lateMs);
    const pace = pacer(clock, documented);
    await Promise.all(Array.from({ length: calls }, () => untilTaken(clock, () => call(pace))));
  };
  await Promise.all(Array.from({ length: processes }, process));
  return figures(sent, (processes * calls) / limit, (processes - 1) * lateMs + SETTLING_MS);
}

const DELETE = { service: "rekognition", operation: "DeleteUser" } as const;
const WIRE = { protocol: "json", targetPrefix: "RekognitionService." } as const;
const CALLER = { account: "123456789012", accessKeyId: "test", region: "us-east-1" } as const;

function untilTaken(clock: Clock, call: () => Promise<void>): Promise<void> {
  return insist(deadlineIn(clock, 20 * 60_000), "the call to be taken", {}, call);
}

function figures(
  sent: readonly { at: number; taken: boolean }[],
  bestSeconds: number,
  settledMs: number,
): Seen {
  const refused = (calls: typeof sent) => calls.filter(({ taken }) => !taken).length;
  const settled = sent.filter(({ at }) => at >= settledMs);
  return {
    throttled: refused(sent) / (sent.length - refused(sent)),
    share: refused(settled) / Math.max(settled.length, 1),
    time: (sent.at(-1)?.at ?? Number.NaN) / 1_000 / bestSeconds,
  };
}

/** The same numbers for the same seed. */
function chance(seed: number): () => number {
  let state = seed * 7_919;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
