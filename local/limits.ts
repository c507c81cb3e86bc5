import { type Asked, means } from "./operationName";
import { type Caller, ServiceError, type Wire } from "./service";

/** How often an operation may be called in one account and region before AWS throttles. */
export interface CallLimit {
  /** `DeleteUser` in any service, `rekognition:DeleteUser` in one; several operations meant each have their own count. */
  readonly operation: string;
  /** Calls a second in the long run. */
  readonly perSecond: number;
  /** Calls at once after a rest; `perSecond` unless given, and at least one. */
  readonly burst?: number;
}

/** Counts calls against the limits. */
export interface Limits {
  /** The service's throttling error when the call comes too soon; otherwise takes it into account. */
  check(asked: Asked, wire: Wire, caller: Caller): ServiceError | undefined;
  reset(): void;
}

/** A token bucket for each limit, operation, account and region. @throws RangeError for a rate that is not above 0 */
export function createLimits(limits: readonly CallLimit[]): Limits {
  for (const { operation, perSecond, burst } of limits) {
    if (!(perSecond > 0) || (burst !== undefined && !(burst >= 1))) {
      throw new RangeError(`the call limit of ${operation} needs perSecond above 0 and burst of at least 1`);
    }
  }
  const buckets = new Map<string, Bucket>();
  return {
    check: (asked, wire, caller) => {
      const reached = limits
        .map((limit, index) => ({ limit, key: keyOf(index, asked, caller) }))
        .filter(({ limit }) => means(limit.operation, asked))
        .map(({ limit, key }) => takeFrom(buckets, key, limit, caller.now))
        .includes(false);
      return reached ? throttling(wire) : undefined;
    },
    reset: () => buckets.clear(),
  };
}

interface Bucket {
  readonly left: number;
  readonly at: number;
}

function keyOf(index: number, asked: Asked, { account, region }: Caller): string {
  return [index, asked.service, asked.operation, account, region].join(" ");
}

function takeFrom(buckets: Map<string, Bucket>, key: string, limit: CallLimit, now: number): boolean {
  const size = Math.max(1, limit.burst ?? limit.perSecond);
  const { left, at } = buckets.get(key) ?? { left: size, at: now };
  const filled = Math.min(size, left + ((now - at) / 1000) * limit.perSecond);
  const taken = filled >= 1;
  buckets.set(key, { left: taken ? filled - 1 : filled, at: now });
  return taken;
}

function throttling(wire: Wire): ServiceError {
  return new ServiceError(wire.protocol === "query" ? "Throttling" : "ThrottlingException", "Rate exceeded");
}
