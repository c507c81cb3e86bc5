import type { Clock } from "../wait/clock";

/** Watches how many deletions the engine has under way at once. */
export interface Slots {
  /** Does a deletion, and counts it while it lasts. */
  occupy<T>(deletion: () => Promise<T>): Promise<T>;
}

/** Shorter deletions gain little by more of them at once. */
const WORTH_MENTIONING_MS = 2_000;
/** A deletion that begins so soon after another one ended was waiting for its slot. */
const REFILL_MS = 500;

/**
 * The engine gives each deletion a slot for as long as it waits. When the slots stay as many as they are, each filled
 * again as soon as it is free, it is their number that holds a large destroy back: one line says so, once.
 */
export function slots(clock: Clock, say: (line: string) => void): Slots {
  let occupied = 0;
  let most = 0;
  let refills = 0;
  let lastFreedAt = Number.NEGATIVE_INFINITY;
  let lastTookMs = 0;
  let said = false;

  function fill(): void {
    occupied += 1;
    if (occupied > most) refills = 0;
    else if (occupied === most && clock.now() - lastFreedAt <= REFILL_MS) refills += 1;
    most = Math.max(most, occupied);
    if (said || most < 2 || refills < most || lastTookMs < WORTH_MENTIONING_MS) return;
    said = true;
    say(
      `${most} deletions wait for AWS at once, and no more begin before one ends: that is how many the engine runs in ` +
        "parallel; pulumi destroy --parallel 100 lets more of them wait together",
    );
  }

  return {
    async occupy(deletion) {
      const startedAt = clock.now();
      fill();
      try {
        return await deletion();
      } finally {
        occupied -= 1;
        lastFreedAt = clock.now();
        lastTookMs = lastFreedAt - startedAt;
      }
    },
  };
}
