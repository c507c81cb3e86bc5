import type { Clock } from "./clock";

/** How users are looked up in AWS. */
export interface Lookup<Live> {
  find(id: string): Promise<Live | undefined>;
  /** True where a user can be found only by walking the list. */
  readonly findWalks: boolean;
  /** The key of a user within the list. */
  keyOf(id: string): string;
  /** All users by key, page by page. */
  list(): AsyncIterable<ReadonlyMap<string, Live>>;
  /** Whether an error of the list means that it may not be asked for: then each user is asked for by name. */
  isForbidden(error: unknown): boolean;
}

/** One look-up for all who ask. */
export interface SharedLookup<Live> {
  /**
   * The user as a look-up shows it that begins after this call: when it is absent, it was absent after this call. Those
   * who ask again and again, because they wait, share walks through the list.
   */
  watch(id: string): Promise<Live | undefined>;
  /**
   * Resolves when a walk shows that the user is absent which began after this call, on behalf of anybody. Never resolves
   * when there is none; the next {@link SharedLookup.watch} or `absence` of the user ends the interest.
   */
  absence(id: string): Promise<void>;
  /**
   * The user as it was at most some seconds ago, and never before a write to it that {@link SharedLookup.wrote} was told
   * of. Those who read many users share walks through the list. Absence is always asked for by name.
   */
  recall(id: string): Promise<Live | undefined>;
  /** Notes that this process has asked AWS to change a user. */
  wrote(id: string): void;
}

/** No walk begins sooner than this after the one before: all who ask in between share the next. */
const WALK_GAP_MS = 300;
/** A walk serves reads for this long. */
const RECALL_MS = 10_000;
/** Who asked within this time counts as still asking: longer than any gap between two looks of one who waits. */
const ASKING_MS = 15_000;

interface Walk<Live> {
  readonly begunAt: number;
  readonly users: Promise<Walked<Live>>;
}

/** Who wants to hear of a user's absence, from a walk that comes after so many. */
interface Interest {
  readonly afterWalk: number;
  readonly tell: () => void;
}

interface Walked<Live> {
  readonly byKey: ReadonlyMap<string, Live>;
  readonly pages: number;
}

/**
 * Shares look-ups: when more users are asked for than the list has pages, as last seen, the list is walked once for
 * all; else each is asked for by name. A walk that fails proves nothing and fails for all who asked.
 */
export function sharedLookup<Live>(
  { find, findWalks, keyOf, list, isForbidden }: Lookup<Live>,
  clock: Clock,
): SharedLookup<Live> {
  const asking = new Map<string, number>();
  const writes = new Map<string, number>();
  const interests = new Map<string, Interest>();
  let walks = 0;
  let pages = 1;
  let mayList = true;
  let lastBegunAt = Number.NEGATIVE_INFINITY;
  let latest: Walk<Live> | undefined;
  let next: Promise<Walk<Live>> | undefined;

  function isCrowd(id: string): boolean {
    const now = clock.now();
    asking.delete(id);
    asking.set(id, now);
    for (const [other, askedAt] of asking) {
      if (now - askedAt <= ASKING_MS) break;
      asking.delete(other);
    }
    return mayList && asking.size > (findWalks ? 1 : pages);
  }

  async function nextWalk(): Promise<Walk<Live>> {
    const gap = lastBegunAt + WALK_GAP_MS - clock.now();
    await (gap > 0 ? clock.sleep(gap) : undefined);
    next = undefined;
    lastBegunAt = clock.now();
    const number = ++walks;
    const walk = { begunAt: lastBegunAt, users: walked(list()) };
    latest = walk;
    walk.users.then(
      (seen) => {
        pages = Math.max(seen.pages, 1);
        tellAbsences(number, seen.byKey);
      },
      (error) => {
        if (latest === walk) latest = undefined;
        if (isForbidden(error)) mayList = false;
      },
    );
    return walk;
  }

  function tellAbsences(walk: number, byKey: ReadonlyMap<string, Live>): void {
    for (const [id, { afterWalk, tell }] of interests) {
      if (walk <= afterWalk || byKey.has(keyOf(id))) continue;
      interests.delete(id);
      tell();
    }
  }

  function upcoming(): Promise<Walk<Live>> {
    next ??= nextWalk();
    return next;
  }

  function fresh(id: string): Walk<Live> | undefined {
    const written = writes.get(id) ?? Number.NEGATIVE_INFINITY;
    if (latest === undefined || clock.now() - latest.begunAt > RECALL_MS) return undefined;
    return latest.begunAt > written ? latest : undefined;
  }

  async function foundBy({ users }: Walk<Live>, id: string): Promise<Live | undefined> {
    try {
      return (await users).byKey.get(keyOf(id));
    } catch (error) {
      if (isForbidden(error)) return find(id);
      throw error;
    }
  }

  return {
    async watch(id) {
      interests.delete(id);
      if (!isCrowd(id)) return find(id);
      return foundBy(await upcoming(), id);
    },
    absence: (id) => new Promise((tell) => interests.set(id, { afterWalk: walks, tell })),
    async recall(id) {
      if (!isCrowd(id)) return find(id);
      return (await foundBy(fresh(id) ?? (await upcoming()), id)) ?? find(id);
    },
    wrote: (id) => void writes.set(id, clock.now()),
  };
}

async function walked<Live>(list: AsyncIterable<ReadonlyMap<string, Live>>): Promise<Walked<Live>> {
  const byKey = new Map<string, Live>();
  let pages = 0;
  for await (const page of list) {
    pages += 1;
    for (const [key, live] of page) byKey.set(key, live);
  }
  return { byKey, pages };
}
