import { AsyncLocalStorage } from "node:async_hooks";
import type { Clock } from "./clock";

/** The moment at which an operation must have ended. */
export interface Deadline {
  readonly clock: Clock;
  readonly startedAt: number;
  readonly endsAt: number;
}

const current = new AsyncLocalStorage<Deadline | undefined>();

/** Does something that should not begin anything which can only end after the deadline. */
export function within<T>(deadline: Deadline | undefined, act: () => T): T {
  return current.run(deadline, act);
}

/** The deadline of the operation on whose behalf this code runs, if any. */
export function currentDeadline(): Deadline | undefined {
  return current.getStore();
}

export function deadlineIn(clock: Clock, ms: number): Deadline {
  const startedAt = clock.now();
  return { clock, startedAt, endsAt: startedAt + ms };
}

/** Whether nothing more should begin. The last look of a wait lands on its deadline, and is one call. */
export function isOver({ clock, endsAt }: Deadline): boolean {
  return clock.now() >= endsAt;
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * Milliseconds of a duration as Pulumi writes it (`90s`, `10m`, `1h30m`), or undefined when it is none or not
 * positive.
 */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(amount) * (UNIT_MS[unit ?? ""] ?? 0);
  }
  return total > 0 ? total : undefined;
}

/** A length of time in words: `4.2 s`, `3 min 20 s`. */
export function formatDuration(ms: number): string {
  if (ms < 60_000) return `${Number((ms / 1_000).toFixed(1))} s`;
  const seconds = Math.round(ms / 1_000);
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest === 0 ? "" : ` ${rest} s`}`;
}
