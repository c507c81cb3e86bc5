import type { Clock } from "./clock";
import { currentDeadline, type Deadline, deadlineIn, isOver, within } from "./deadline";
import { NoTimeLeft } from "./until";

/** One page of a list of users. */
export interface ListPage<Live> {
  /** By key. */
  readonly users: ReadonlyMap<string, Live>;
  /** What the next page is asked for by, while there is more. */
  readonly next?: string | undefined;
}

/** A list of users in AWS. */
export interface WalkedList<Live> {
  /** Asks for a page; for the first one without a token. */
  page(token?: string): Promise<ListPage<Live>>;
  /** Whether the same page may be had later after this error. */
  isPassing(error: unknown): boolean;
}

/** One way through a list, from its beginning. */
export interface Walk<Live> {
  readonly number: number;
  readonly begunAt: number;
  /** Those seen so far, by key. */
  readonly users: Map<string, Live>;
  pages: number;
  /** Whole when it came to the end, broken when it was given up before. */
  state: "under way" | "whole" | "broken";
}

/** Walks through a list, one at a time, for all who seek users in it. */
export interface Walks<Live> {
  /** The walk that began last, if any. */
  readonly latest: Walk<Live> | undefined;
  /** The user as a walk meets it that begins after this call; undefined when a whole walk did not. */
  seek(key: string): Promise<Live | undefined>;
  /** The same by the latest walk, whenever that began. */
  join(key: string): Promise<Live | undefined>;
}

/** No walk begins sooner than this after the one before: all who ask in between share the next. */
const WALK_GAP_MS = 300;
/** So long a walk for which nobody waits may wait for its turn to ask for a page. */
const BY_THE_WAY_MS = 2_000;
/** Between two tries of a page. */
const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 1_000;

interface Seeker<Live> {
  readonly key: string;
  readonly deadline: Deadline | undefined;
  readonly tell: (live: Live | undefined) => void;
  readonly refuse: (error: unknown) => void;
}

/**
 * One walk is under way at a time; who asks meanwhile waits for the next. A page that cannot be had just now is asked for
 * again as long as somebody waits. Whose user is met is told at once; whose deadline passes hears of it when the call
 * that is under way ends.
 *
 * @param isUseful Whether a walk goes on though nobody waits for it any more, nor for the next one.
 * @param onWhole Told of each walk that came to the end.
 */
export function walks<Live>(
  { page, isPassing }: WalkedList<Live>,
  clock: Clock,
  isUseful: () => boolean,
  onWhole: (walk: Walk<Live>) => void,
): Walks<Live> {
  let latest: Walk<Live> | undefined;
  let waiting: Seeker<Live>[] = [];
  let queue: Seeker<Live>[] = [];
  let isWalking = false;

  async function walkOn(): Promise<void> {
    isWalking = true;
    while (queue.length > 0) {
      const gap = latest === undefined ? 0 : latest.begunAt + WALK_GAP_MS - clock.now();
      await (gap > 0 ? clock.sleep(gap) : undefined);
      waiting = queue;
      queue = [];
      latest = {
        number: (latest?.number ?? 0) + 1,
        begunAt: clock.now(),
        users: new Map(),
        pages: 0,
        state: "under way",
      };
      await through(latest);
    }
    isWalking = false;
  }

  async function through(walk: Walk<Live>): Promise<void> {
    try {
      walk.state = (await isWhole(walk)) ? "whole" : "broken";
    } catch (error) {
      walk.state = "broken";
      for (const { refuse } of waiting) refuse(error);
    }
    if (walk.state === "whole") {
      onWhole(walk);
      for (const { tell } of waiting) tell(undefined);
    }
    waiting = [];
  }

  async function isWhole(walk: Walk<Live>): Promise<boolean> {
    let token: string | undefined;
    do {
      const got = await pageOf(token);
      if (got === undefined) return false;
      walk.pages += 1;
      for (const [key, live] of got.users) walk.users.set(key, live);
      waiting = waiting.filter(({ key, tell }) => {
        const live = got.users.get(key);
        if (live !== undefined) tell(live);
        return live === undefined;
      });
      token = got.next;
      if (token !== undefined) refuseLate(undefined);
    } while (token !== undefined && (waiting.length > 0 || (queue.length === 0 && isUseful())));
    return token === undefined;
  }

  /** Undefined when nobody waits for it any more. */
  async function pageOf(token: string | undefined): Promise<ListPage<Live> | undefined> {
    for (let backoff = FIRST_BACKOFF_MS; ; backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MS)) {
      try {
        return await within(patience(), () => page(token));
      } catch (error) {
        if (!isPassing(error)) throw error;
        refuseLate(error);
        if (waiting.length === 0) return undefined;
        await clock.sleep(backoff * (0.5 + clock.random() / 2));
      }
    }
  }

  /** Until when a call for a page may begin. */
  function patience(): Deadline | undefined {
    if (waiting.length === 0) return deadlineIn(clock, BY_THE_WAY_MS);
    return latestOf(waiting.map(({ deadline }) => deadline));
  }

  function refuseLate(error: unknown): void {
    const inTime = ({ deadline, refuse }: Seeker<Live>) => {
      if (deadline === undefined || !isOver(deadline)) return true;
      refuse(error ?? new NoTimeLeft(deadline, "a list of users"));
      return false;
    };
    waiting = waiting.filter(inTime);
    queue = queue.filter(inTime);
  }

  function seeker(key: string, line: () => Seeker<Live>[]): Promise<Live | undefined> {
    return new Promise((tell, refuse) => line().push({ key, deadline: currentDeadline(), tell, refuse }));
  }

  return {
    get latest() {
      return latest;
    },
    seek(key) {
      const found = seeker(key, () => queue);
      if (!isWalking) void walkOn();
      return found;
    },
    join(key) {
      const live = latest?.users.get(key);
      if (live !== undefined || latest?.state !== "under way") return Promise.resolve(live);
      return seeker(key, () => waiting);
    },
  };
}

/** Undefined when somebody waits without one. */
function latestOf(deadlines: readonly (Deadline | undefined)[]): Deadline | undefined {
  const known = deadlines.filter((each) => each !== undefined);
  if (known.length < deadlines.length) return undefined;
  return known.sort((one, other) => other.endsAt - one.endsAt)[0];
}
