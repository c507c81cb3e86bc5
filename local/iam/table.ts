/**
 * Things by key, of which readers see what was true some time ago. Values are immutable: a change puts a new one.
 */
export interface Table<T> {
  /** What is true now; writes go by it. */
  current(key: string): T | undefined;
  allCurrent(): readonly T[];
  /** What readers see at this time. */
  seen(key: string, now: number): T | undefined;
  allSeen(now: number): readonly T[];
  put(key: string, value: T, now: number): void;
  remove(key: string, now: number): void;
}

interface Version<T> {
  readonly since: number;
  /** Undefined once removed. */
  readonly value: T | undefined;
}

/** An empty table whose readers lag `lagMs` behind its writers. */
export function createTable<T>(lagMs: number): Table<T> {
  const rows = new Map<string, readonly Version<T>[]>();
  const write = (key: string, value: T | undefined, now: number) => {
    const kept = [...(rows.get(key) ?? []), { since: now, value }];
    rows.set(key, kept.slice(Math.max(0, seenIndex(kept, now - lagMs))));
  };
  const dropForgotten = (key: string, versions: readonly Version<T>[], now: number) => {
    const last = versions.at(-1);
    if (last && last.value === undefined && last.since <= now - lagMs) {
      rows.delete(key);
    }
  };
  return {
    current: (key) => rows.get(key)?.at(-1)?.value,
    allCurrent: () => [...rows.values()].flatMap((versions) => versions.at(-1)?.value ?? []),
    seen: (key, now) => seenOf(rows.get(key) ?? [], now - lagMs),
    allSeen: (now) =>
      [...rows].flatMap(([key, versions]) => {
        dropForgotten(key, versions, now);
        return seenOf(versions, now - lagMs) ?? [];
      }),
    put: write,
    remove: (key, now) => write(key, undefined, now),
  };
}

function seenOf<T>(versions: readonly Version<T>[], at: number): T | undefined {
  return versions[seenIndex(versions, at)]?.value;
}

/** -1 while even the first version is too new to be seen. */
function seenIndex<T>(versions: readonly Version<T>[], at: number): number {
  return versions.findLastIndex(({ since }) => since <= at);
}
