import type { Clock } from "./clock";
import { currentDeadline, isOver } from "./deadline";
import { endIfOver } from "./until";
import { type Walk, type WalkedList, walks } from "./walks";

/** How users are looked up in AWS. */
export interface Lookup<Live> extends WalkedList<Live> {
  /** One user by its name. */
  find(id: string): Promise<Live | undefined>;
  /** True where a user can be found only by walking the list, so that {@link Lookup.find} does so, for each user anew. */
  readonly findWalks: boolean;
  /** The key of a user within the list. */
  keyOf(id: string): string;
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
   * of. Those who read many users share walks through the list. Absence is always asked for by name, or by a walk that
   * begins after this call where there is no other way.
   */
  recall(id: string): Promise<Live | undefined>;
  /** Notes that this process has asked AWS to change a user. */
  wrote(id: string): void;
}

/** A walk serves reads for this long. */
const RECALL_MS = 10_000;
/** Who asked within this time counts as still asking: longer than any gap between two looks of one who waits. */
const ASKING_MS = 15_000;

/** Who wants to hear of a user's absence, from a walk that comes after so many. */
interface Interest {
  readonly afterWalk: number;
  readonly tell: () => void;
}

/**
 * Shares look-ups: when more users are asked for than the list has pages, as last seen, the list is walked once for
 * all; else each is asked for by name. A walk that breaks off proves nothing, and fails for all who wait for it.
 */
export function sharedLookup<Live>(lookup: Lookup<Live>, clock: Clock): SharedLookup<Live> {
  const { find, findWalks, keyOf, isForbidden } = lookup;
  const asking = new Map<string, number>();
  const writes = new Map<string, number>();
  const interests = new Map<string, Interest>();
  const list = walks(lookup, clock, isCrowd, (walk) => {
    pages = Math.max(walk.pages, 1);
    tellAbsences(walk);
  });
  let pages = 1;
  let mayList = true;

  function isCrowd(): boolean {
    for (const [other, askedAt] of asking) {
      if (clock.now() - askedAt <= ASKING_MS) break;
      asking.delete(other);
    }
    return asking.size > (findWalks ? 1 : pages);
  }

  /** Whether to walk for a user who is asked for now. The last look of a wait has no time for several pages. */
  function walksFor(id: string): boolean {
    asking.delete(id);
    asking.set(id, clock.now());
    const deadline = currentDeadline();
    const isLast = deadline !== undefined && isOver(deadline);
    return findWalks || (mayList && !isLast && isCrowd());
  }

  function tellAbsences({ number, users }: Walk<Live>): void {
    for (const [id, { afterWalk, tell }] of interests) {
      if (number <= afterWalk || users.has(keyOf(id))) continue;
      interests.delete(id);
      tell();
    }
  }

  /** Whether the latest walk may serve a read of a user. */
  function isFresh({ latest }: typeof list, id: string): boolean {
    if (latest === undefined || latest.state === "broken") return false;
    const written = writes.get(id) ?? Number.NEGATIVE_INFINITY;
    return latest.begunAt > written && clock.now() - latest.begunAt <= RECALL_MS;
  }

  async function met(id: string, walk: "seek" | "join"): Promise<Live | undefined> {
    try {
      return await list[walk](keyOf(id));
    } catch (error) {
      if (findWalks || !isForbidden(error)) throw error;
      mayList = false;
      return findToo(id, "the list of users may not be asked for");
    }
  }

  /** Asks for a user by name after a walk, unless that has taken all the time. */
  function findToo(id: string, seen: string): Promise<Live | undefined> {
    const deadline = currentDeadline();
    if (deadline !== undefined) endIfOver(deadline, "a look-up of the user", seen);
    return find(id);
  }

  return {
    watch(id) {
      interests.delete(id);
      return walksFor(id) ? met(id, "seek") : find(id);
    },
    absence: (id) => new Promise((tell) => interests.set(id, { afterWalk: list.latest?.number ?? 0, tell })),
    async recall(id) {
      if (!walksFor(id)) return find(id);
      const isOlder = isFresh(list, id);
      const live = await met(id, isOlder ? "join" : "seek");
      if (live !== undefined || (findWalks && !isOlder)) return live;
      return findWalks ? met(id, "seek") : findToo(id, "a list of users without this one");
    },
    wrote: (id) => void writes.set(id, clock.now()),
  };
}
