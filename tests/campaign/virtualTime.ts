import type { Clock } from "../../provider/wait/clock";

/** Time that passes only when everybody sleeps: those who sleep are woken one by one, in order. */
export interface VirtualTime {
  readonly clock: Clock;
  /**
   * Does something, and wakes sleepers until it is over.
   *
   * @throws Error when it waits for something that will never come.
   */
  play<T>(act: () => Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** More than any run needs that ends at all. */
const MOST_WAKES = 300_000;

/** @param chance Decides who of several wakes first, and every jittered gap: the same chance, the same play. */
export function virtualTime(chance: () => number): VirtualTime {
  let now = Date.UTC(2026, 0, 1);
  const sleepers: Sleeper[] = [];

  function fallAsleep(sleeper: Sleeper): void {
    let index = sleepers.length;
    while (index > 0 && isBefore(sleeper, sleepers[index - 1])) index -= 1;
    sleepers.splice(index, 0, sleeper);
  }

  function isBefore({ at }: Sleeper, other: Sleeper | undefined): boolean {
    return other !== undefined && (at < other.at || (at === other.at && chance() < 0.5));
  }

  return {
    clock: {
      now: () => now,
      random: chance,
      sleep: (ms) => new Promise((wake) => fallAsleep({ at: now + Math.max(ms, 0), wake })),
    },
    async play(act) {
      let over = false;
      const playing = act().finally(() => {
        over = true;
      });
      playing.catch(() => {});
      for (let wakes = 0; ; wakes++) {
        await nobodyRuns();
        if (over) return playing;
        const next = sleepers.shift();
        if (next === undefined) throw new Error("it waits for something that will never come");
        if (wakes > MOST_WAKES) throw new Error("it never ends");
        now = next.at;
        next.wake();
      }
    },
  };
}

/** All promises that can go on have gone on before the next turn of the event loop. */
function nobodyRuns(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Chance that a seed decides: at least 0, less than 1 (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
