import { type Fault, type FaultTable, faultOf, operationOf, wording } from "../aws/faults";
import type { Deadline } from "./deadline";
import { type Reading, until } from "./until";

const UNCLEAR_TRIES = 3;
/** Short: how often calls go out is decided for all of them together, see aws/pacing.ts. */
const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 2_000;

/** Faults after which the same call may pass later. */
const PASSING: ReadonlySet<Fault> = new Set(["busy", "throttled", "transient"]);

/** Whether the same call may pass later. */
export function isPassing(error: unknown, faults: FaultTable): boolean {
  return PASSING.has(faultOf(error, faults));
}

/**
 * Probes until a reading is done, as {@link until}; a probe that fails because AWS is busy, throttles or breaks off is
 * one that is still pending. An endpoint that answers unlike AWS gets a few tries.
 */
export function persist<T>(
  deadline: Deadline,
  awaited: string,
  faults: FaultTable,
  probe: () => Promise<Reading<T>>,
): Promise<T> {
  let throttles = 0;
  let unclear = 0;
  return until(deadline, awaited, async () => {
    try {
      const reading = await probe();
      throttles = 0;
      unclear = 0;
      return reading;
    } catch (error) {
      const fault = faultOf(error, faults);
      if (fault === "unclear" && ++unclear < UNCLEAR_TRIES) return { pending: seen(error) };
      if (!PASSING.has(fault)) throw error;
      if (fault !== "throttled") return { pending: seen(error) };
      return { pending: seen(error), afterMs: backoff(throttles++, deadline.clock.random()) };
    }
  });
}

/** {@link persist} for one call: its answer is the end. */
export function insist<T>(
  deadline: Deadline,
  awaited: string,
  faults: FaultTable,
  call: () => Promise<T>,
): Promise<T> {
  return persist(deadline, awaited, faults, async () => ({ done: await call() }));
}

function backoff(throttles: number, random: number): number {
  return Math.min(FIRST_BACKOFF_MS * 2 ** throttles, LONGEST_BACKOFF_MS) * (0.5 + random / 2);
}

function seen(error: unknown): string {
  const operation = operationOf(error);
  return operation === undefined ? wording(error) : `${operation} answered ${wording(error)}`;
}
