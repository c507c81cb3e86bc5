import type { Deadline } from "./deadline";
import { formatDuration, isOver, within } from "./deadline";

/** One look: either it is over, or what is still seen. */
export type Reading<T> = { readonly done: T } | Pending<T>;

interface Pending<T> {
  /** What is still seen, in words. */
  readonly pending: string;
  /** Sets the gap to the next look. */
  readonly afterMs?: number;
  /** What a look of others shows: taken instead of the next look when it comes before the gap is over. */
  readonly sooner?: Promise<Reading<T>>;
}

/** Thrown when the deadline passed: says what was awaited, what was last seen, and for how long. */
export class TimedOut extends Error {
  constructor(
    awaited: string,
    readonly lastSeen: string,
    waitedMs: number,
  ) {
    super(`waited ${formatDuration(waitedMs)} for ${awaited}; last seen: ${lastSeen}`);
    this.name = "TimedOut";
  }
}

/** Thrown by a part of an operation that could not begin, or not come to its end, before the deadline. */
export class NoTimeLeft extends TimedOut {
  constructor({ clock, startedAt }: Deadline, awaited: string, lastSeen = "no time was left") {
    super(awaited, lastSeen, clock.now() - startedAt);
  }
}

/**
 * Ends a probe that has asked AWS already and would ask again after the deadline.
 *
 * @throws NoTimeLeft with what was seen by then: the wait tells it where it has seen nothing before.
 */
export function endIfOver(deadline: Deadline, awaited: string, seen: string): void {
  if (isOver(deadline)) throw new NoTimeLeft(deadline, awaited, seen);
}

const FIRST_GAP_MS = 200;
const STEADY_GAP_MS = 1_500;
const LONGEST_GAP_MS = 10_000;
/** Less than a tenth: a look-up shared with others comes a little later. */
const GAP_SHARE = 1 / 12;

/**
 * Probes at once and then with jittered, growing gaps until a reading is done. Gaps stay within 2 seconds or a tenth
 * of the time waited, whichever is longer, so that the end is noticed soon after it happens. The last probe lands on
 * the deadline; one that is still pending then throws {@link TimedOut}, and so does a wait that begins later. What the
 * probe throws passes through.
 */
export async function until<T>(
  deadline: Deadline,
  awaited: string,
  probe: () => Promise<Reading<T>>,
): Promise<T> {
  const { clock } = deadline;
  const startedAt = clock.now();
  if (isOver(deadline) && startedAt > deadline.startedAt) throw new NoTimeLeft(deadline, awaited);
  let last: string | undefined;
  const look = () => within(deadline, probe).catch((error: unknown) => pendingWithin(error, last));
  let reading = await look();
  for (let attempt = 0; ; attempt++) {
    if ("done" in reading) return reading.done;
    last = reading.pending;
    const waited = clock.now() - startedAt;
    const remaining = deadline.endsAt - clock.now();
    if (remaining <= 0) throw new TimedOut(awaited, reading.pending, waited);
    const gap = reading.afterMs ?? gapAfter(attempt, waited, clock.random());
    reading = (await duringGap(clock.sleep(Math.min(gap, remaining)), reading.sooner)) ?? (await look());
  }
}

async function duringGap<T>(
  gap: Promise<void>,
  sooner: Promise<Reading<T>> | undefined,
): Promise<Reading<T> | undefined> {
  if (sooner !== undefined) return Promise.race([gap.then(() => undefined), sooner]);
  await gap;
  return undefined;
}

/** A part of the probe that ran out of time: what was seen before tells more. */
function pendingWithin(error: unknown, last: string | undefined): Reading<never> {
  if (error instanceof NoTimeLeft) return { pending: last ?? error.lastSeen };
  throw error;
}

function gapAfter(attempt: number, waitedMs: number, random: number): number {
  const growing = Math.min(FIRST_GAP_MS * 2 ** Math.min(attempt, 10), STEADY_GAP_MS);
  const gap = Math.max(growing, Math.min(waitedMs * GAP_SHARE, LONGEST_GAP_MS));
  return gap * (0.75 + random / 4);
}
