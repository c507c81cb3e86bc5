import { faultOf, nameOperation } from "../../provider/aws/faults";
import { type Pacer, pacer } from "../../provider/aws/pacing";
import type { Clock } from "../../provider/wait/clock";
import { type Ordeal, type Service, throttling, type Verb } from "./modelFaults";

/** What AWS takes of each verb of a service, and the pace that the provider keeps, as its clients do. */
export function modelLimits(clock: Clock, callsPerSecond: number | undefined) {
  const buckets = new Map<string, { readonly left: number; readonly at: number }>();
  let pacers = new Map<string, Pacer>();
  let calm = false;

  function isTaken(key: string): boolean {
    if (callsPerSecond === undefined || calm) return true;
    const now = clock.now();
    const { left, at } = buckets.get(key) ?? { left: callsPerSecond, at: now };
    const filled = Math.min(callsPerSecond, left + ((now - at) / 1_000) * callsPerSecond);
    buckets.set(key, { left: filled >= 1 ? filled - 1 : filled, at: now });
    return filled >= 1;
  }

  return {
    /** A run of Pulumi begins: it has a process of its own, which knows no pace yet. */
    begin(): void {
      pacers = new Map();
    },

    /** From now on all calls are taken. */
    calmDown(): void {
      calm = true;
    },

    /** Resolves when the provider lets the call go out. */
    async turn(service: Service, verb: Verb, operation: string) {
      const key = `${service} ${verb}`;
      const pace = pacers.get(key) ?? pacer(clock);
      pacers.set(key, pace);
      await pace.turn().catch((error: unknown) => {
        nameOperation(error, operation);
        throw error;
      });
      const sentAt = clock.now();
      return {
        take: (): Ordeal | undefined => (isTaken(key) ? undefined : throttling(service, operation)),
        answered(error: Error | undefined): void {
          if (error === undefined) pace.accepted();
          else if (faultOf(error, {}) === "throttled") pace.throttled(sentAt);
        },
      };
    },
  };
}
