/** A state, and the one that follows by itself. No timer runs: time is looked at when somebody asks. */
export interface Transition<T> {
  readonly value: T;
  /** Milliseconds since the epoch from which `next` holds; absent while nothing is under way. */
  readonly until?: number;
  /** Absent when the thing will be gone. */
  readonly next?: T;
}

/** A state that lasts. */
export function lasting<T>(value: T): Transition<T> {
  return { value };
}

/** A state that ends at `until`: in the next one, or with the thing being gone. */
export function passing<T>(value: T, until: number, next?: T): Transition<T> {
  return next === undefined ? { value, until } : { value, until, next };
}

/** Things by key, each in a state that may pass. Values are immutable. */
export interface Timetable<T> {
  get(key: string, now: number): T | undefined;
  /** All that are not gone. */
  all(now: number): readonly T[];
  put(key: string, transition: Transition<T>): void;
  /** Changes the present and the coming state alike, and leaves the time between them as it is. */
  edit(key: string, now: number, change: (value: T) => T): void;
}

/** Nothing in it yet. */
export function createTimetable<T>(): Timetable<T> {
  const rows = new Map<string, Transition<T>>();
  const get = (key: string, now: number): T | undefined => {
    const row = rows.get(key);
    const value = row && valueAt(row, now);
    if (row && value === undefined) {
      rows.delete(key);
    }
    return value;
  };
  return {
    get,
    all: (now) => [...rows.keys()].flatMap((key) => get(key, now) ?? []),
    put: (key, transition) => rows.set(key, transition),
    edit: (key, now, change) => {
      const value = get(key, now);
      const row = rows.get(key);
      if (value === undefined || !row) {
        return;
      }
      const { until, next } = row;
      const stillPassing = until !== undefined && now < until;
      rows.set(
        key,
        stillPassing ? passing(change(value), until, next && change(next)) : lasting(change(value)),
      );
    },
  };
}

/** The state at a time; undefined once gone. */
function valueAt<T>({ value, until, next }: Transition<T>, now: number): T | undefined {
  return until !== undefined && now >= until ? next : value;
}
