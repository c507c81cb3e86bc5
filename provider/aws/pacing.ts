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

/** How a limit is felt for: the share of the rate that stays after throttling, and what is added each second. */
interface Feel {
  readonly backOff: number;
  readonly growthPerSecond: number;
}

const UNKNOWN_LIMIT: Feel = { backOff: 0.7, growthPerSecond: 0.1 };
const DOCUMENTED_LIMIT: Feel = { backOff: 0.9, growthPerSecond: 0.01 };
const SLOWEST_PER_SECOND = 0.5;
/** Where nothing is known of a limit, the first throttling is not taken to mean less than this. */
const FIRST_GUESS_PER_SECOND = 5;
/** Without throttling for so long, the limit is forgotten. */
const FORGET_MS = 60_000;

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
  const queue: (() => void)[] = [];
  let taken: number[] = [];
  let limit = initial();
  let pumping = false;

  function rate(): number {
    if (limit !== undefined && queue.length === 0 && clock.now() - limit.since > FORGET_MS) limit = initial();
    if (limit === undefined) return Number.POSITIVE_INFINITY;
    return limit.rate * (1 + (feel.growthPerSecond * (clock.now() - limit.since)) / 1_000);
  }

  async function pump(): Promise<void> {
    pumping = true;
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      next();
      await clock.sleep(1_000 / rate());
    }
    pumping = false;
  }

  return {
    async turn() {
      if (rate() === Number.POSITIVE_INFINITY) return;
      const endsAt = currentDeadline()?.endsAt ?? Number.POSITIVE_INFINITY;
      if (clock.now() + (queue.length * 1_000) / rate() > endsAt) throw new PacedOut(rate());
      const turn = new Promise<void>((resolve) => queue.push(resolve));
      if (!pumping) void pump();
      await turn;
    },
    accepted() {
      const now = clock.now();
      taken = [...taken.filter((time) => time > now - 1_000), now];
    },
    throttled(sentAt) {
      if (limit !== undefined && sentAt < limit.since) return;
      const now = clock.now();
      const guess = Math.max(taken.filter((time) => time > now - 1_000).length, FIRST_GUESS_PER_SECOND);
      const next = limit === undefined ? guess : rate() * feel.backOff;
      limit = { rate: Math.max(next, SLOWEST_PER_SECOND), since: now };
    },
  };
}
