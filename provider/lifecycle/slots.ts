import type { Clock } from "../wait/clock";

/** Watches how many deletions the engine has under way at once. */
export interface Slots {
  /** Does a deletion, and counts it while it lasts. */
  occupy<T>(deletion: () => Promise<T>): Promise<T>;
}

/** Shorter deletions gain little by more of them at once. */
const WORTH_MENTIONING_MS = 2_000;

/**
 * The engine gives each deletion a slot for as long as it waits. When more than twice as many deletions as were ever
 * under way at once have had to follow one another, it is the number of slots that holds a large destroy back: one
 * line says so, once. Deletions are counted and not timed, so that a slow machine gives the same answer; two rounds
 * alone may as well be users that the engine deletes in the order of their dependencies.
 */
export function slots(clock: Clock, say: (line: string) => void): Slots {
  let occupied = 0;
  let most = 0;
  let followers = 0;
  let lastTookMs = 0;
  let said = false;

  function fill(): void {
    occupied += 1;
    if (occupied > most) followers = 0;
    else followers += 1;
    most = Math.max(most, occupied);
    if (said || occupied < Math.max(most, 2) || followers <= most || lastTookMs < WORTH_MENTIONING_MS) return;
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
        lastTookMs = clock.now() - startedAt;
      }
    },
  };
}
