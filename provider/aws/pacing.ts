import type { Clock } from "../wait/clock";
import { currentDeadline } from "../wait/deadline";

/** Keeps the calls of one operation at the rate that AWS takes. */
export interface Pacer {
  /**
   * Resolves when the next call may go out.
   *
   * @throws PacedOut when that would be after the deadline of the operation that asks.
   */
  turn(): Promise<void>;
  /** Tells that AWS took a call. */
  accepted(): void;
  /** Tells that AWS throttled a call that went out at that time: everybody slows down. */
  throttled(sentAt: number): void;
}

/** A call that did not go out, because AWS takes too few of them before the deadline. */
export class PacedOut extends Error {
  constructor(callsPerSecond: number) {
    super(`AWS takes about ${Number(callsPerSecond.toPrecision(2))} of these calls a second at the moment`);
    this.name = "PacedOut";
  }
}

/** How a limit is felt for. */
interface Feel {
  /** The share of the rate that stays after throttling. */
  readonly backOff: number;
  /** The same, where AWS took far less than was sent: no less than this share stays. */
  readonly steepest: number;
  /** The share of the rate that is added each second. */
  readonly growthPerSecond: number;
}

const UNKNOWN_LIMIT: Feel = { backOff: 0.7, steepest: 0.7, growthPerSecond: 0.1 };
/** Alone, a process is right about it at once; beside others, it has to find its part. */
const DOCUMENTED_LIMIT: Feel = { backOff: 0.9, steepest: 0.5, growthPerSecond: 0.01 };
/**
 * Added to the rate, in calls a second, by the cube of the seconds without throttling: nothing while the limit is near,
 * much when others who had a part of it have ended, or it was raised. TCP's CUBIC recovers in this way.
 */
const UNHINDERED_GROWTH = 0.0005;
const SLOWEST_PER_SECOND = 0.5;
/** Where nothing is known of a limit, the first throttling is not taken to mean less than this. */
const FIRST_GUESS_PER_SECOND = 5;
/** Without throttling for so long, the limit is forgotten. */
const FORGET_MS = 60_000;
/** What AWS takes is counted over so long. */
const COUNT_MS = 3_000;

/** A call that waits for its turn, on behalf of an operation with a deadline. */
interface Waiting {
  readonly endsAt: number;
  readonly go: () => void;
  readonly refuse: (error: PacedOut) => void;
}

/**
 * Paces calls by what AWS answers: as fast as they come until it throttles, then at a rate that falls with each
 * throttling and rises steadily between. Several processes on one account settle beside each other in this way.
 *
 * @param documentedRate Calls a second to begin with, where AWS documents a limit.
 */
export function pacer(clock: Clock, documentedRate?: number): Pacer {
  const feel = documentedRate === undefined ? UNKNOWN_LIMIT : DOCUMENTED_LIMIT;
  const initial = () =>
    documentedRate === undefined ? undefined : { rate: documentedRate, since: clock.now() };
  let queue: Waiting[] = [];
  const taken: number[] = [];
  let limit = initial();
  let pumping = false;

  function rate(): number {
    if (limit !== undefined && queue.length === 0 && clock.now() - limit.since > FORGET_MS) limit = initial();
    if (limit === undefined) return Number.POSITIVE_INFINITY;
    const seconds = (clock.now() - limit.since) / 1_000;
    return limit.rate * (1 + feel.growthPerSecond * seconds) + UNHINDERED_GROWTH * seconds ** 3;
  }

  /** Calls a second that AWS took lately. */
  function takenWithin(ms: number): number {
    const from = clock.now() - ms;
    return taken.filter((time) => time > from).length / (ms / 1_000);
  }

  function fallen(from: number): number {
    return Math.min(from * feel.backOff, Math.max(takenWithin(COUNT_MS), from * feel.steepest));
  }

  async function pump(): Promise<void> {
    pumping = true;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      next.go();
      await clock.sleep(1_000 / rate());
    }
    pumping = false;
  }

  /** Whether a call would come too late behind so many others, and behind the gap after the one before them. */
  function isLate(behind: number, endsAt: number): boolean {
    return clock.now() + ((behind + (pumping ? 1 : 0)) * 1_000) / rate() > endsAt;
  }

  /** The rate has fallen: those that would be held beyond their deadline hear of it at once. */
  function refuseLate(): void {
    const waiting = queue;
    queue = [];
    for (const each of waiting) {
      if (isLate(queue.length, each.endsAt)) each.refuse(new PacedOut(rate()));
      else queue.push(each);
    }
  }

  return {
    async turn() {
      if (rate() === Number.POSITIVE_INFINITY) return;
      const endsAt = currentDeadline()?.endsAt ?? Number.POSITIVE_INFINITY;
      if (isLate(queue.length, endsAt)) throw new PacedOut(rate());
      const turn = new Promise<void>((go, refuse) => queue.push({ endsAt, go, refuse }));
      if (!pumping) void pump();
      await turn;
    },
    accepted() {
      const now = clock.now();
      taken.push(now);
      while ((taken[0] ?? now) <= now - COUNT_MS) taken.shift();
    },
    throttled(sentAt) {
      if (limit !== undefined && sentAt < limit.since) return;
      const next =
        limit === undefined ? Math.max(takenWithin(1_000), FIRST_GUESS_PER_SECOND) : fallen(rate());
      limit = { rate: Math.max(next, SLOWEST_PER_SECOND), since: clock.now() };
      refuseLate();
    },
  };
}
