import { faultOf } from "../aws/faults";
import { type Owner, ownerIn } from "../aws/ownerTag";
import type { Tags } from "../aws/tags";
import type { LiveUser, UserGateway } from "../gateway";
import type { UserKind } from "../kind";
import { type Deadline, isOver } from "../wait/deadline";
import { insist, persist } from "../wait/persist";
import type { SharedLookup } from "../wait/sharedLookup";
import { endIfOver, type Reading } from "../wait/until";
import { isPredecessor, type Known, PREDECESSOR } from "./identity";

/** One create, read, update or delete of one user. */
export interface Operation {
  readonly kind: UserKind;
  readonly gateway: UserGateway;
  readonly lookup: SharedLookup<LiveUser>;
  readonly id: string;
  /** The account that the calls go to. */
  readonly account: string;
  readonly deadline: Deadline;
  /** Which user of the name it is, where the state tells. */
  readonly known: Known;
  /** Tells the people who watch; one line, no secrets. */
  readonly say: (line: string) => void;
}

/** Who asks about one user, and changes nothing. */
export type Onlooker = Pick<Operation, "kind" | "gateway" | "lookup" | "id" | "deadline">;

/** The gap between two look-ups that miss, where one miss proves nothing. */
export const SECOND_LOOK_MS = 1_000;

/** The same for a user made so recently that it may not have come to all of AWS yet. */
const SECOND_LOOK_WHEN_NEW_MS = 10_000;
const NEW_FOR_MS = 30_000;

/** Calls AWS until it answers within the operation's deadline, whatever passing faults come between. */
export function ask<T>({ kind, deadline }: Operation, awaited: string, call: () => Promise<T>): Promise<T> {
  return insist(deadline, awaited, kind.faults, call);
}

/** Probes until a reading is done within the operation's deadline, whatever passing faults come between. */
export function watch<T>(
  { kind, deadline }: Pick<Operation, "kind" | "deadline">,
  awaited: string,
  probe: () => Promise<Reading<T>>,
): Promise<T> {
  return persist(deadline, awaited, kind.faults, probe);
}

/** The user as a look-up shows all of it that begins after this call. */
export function shown({ kind, gateway, lookup, id }: Onlooker): Promise<LiveUser | undefined> {
  return kind.listing.shows === "everything" ? lookup.watch(id) : gateway.find(id);
}

/**
 * {@link shown} within a probe that has asked AWS already.
 *
 * @param seen What was seen by then, in words.
 */
export async function shownToo(op: Onlooker, seen: string): Promise<LiveUser | undefined> {
  endIfOver(op.deadline, "a look-up of the user", seen);
  return shown(op);
}

/** The live user, or undefined when it is gone for sure. */
export function look(op: Operation): Promise<LiveUser | undefined> {
  const missed = missCounter(op.kind, isNew(op) ? SECOND_LOOK_WHEN_NEW_MS : SECOND_LOOK_MS);
  return watch<LiveUser | undefined>(op, "a look-up of the user", async () => {
    const live = await (op.kind.listing.shows === "everything"
      ? op.lookup.recall(op.id)
      : op.gateway.find(op.id));
    if (live === undefined) return missed();
    return isPredecessor(op.kind, live, op.known) ? { pending: PREDECESSOR } : { done: live };
  });
}

/** AWS's clock and this one may differ: a user made in the future is new as well. */
function isNew({ known: { madeAt }, deadline }: Operation): boolean {
  return madeAt !== undefined && deadline.clock.now() - madeAt < NEW_FOR_MS;
}

/** Counts look-ups in a row that miss; the reading is done when there were enough to call the user gone. */
export function missCounter(kind: UserKind, secondLookMs = SECOND_LOOK_MS): () => Reading<undefined> {
  let misses = 0;
  return () => {
    misses += 1;
    if (misses >= kind.missesUntilGone) return { done: undefined };
    return { pending: "not found", afterMs: secondLookMs };
  };
}

/**
 * All tags of a live user, none where the service has none; undefined when the user is gone. A user that cannot be
 * tagged just now is looked up again: only that proves anything.
 */
export function readTags(op: Onlooker, live: LiveUser): Promise<Tags | undefined> {
  const { tagging } = op.gateway;
  if (tagging === undefined) return Promise.resolve({});
  return watch<Tags | undefined>(op, "AWS to show the tags", async () => {
    try {
      return { done: await tagging.read(live) };
    } catch (error) {
      if (faultOf(error, op.kind.faults) !== "busy" || isOver(op.deadline)) throw error;
      if ((await shown(op)) === undefined) return { done: undefined };
      throw error;
    }
  });
}

/** How long one asks for what only makes a message better. */
const MARK_PATIENCE_MS = 10_000;

/** Whose mark a live user carries; undefined without a mark, and where the tags cannot be read. */
export async function ownerOf(op: Operation, live: LiveUser): Promise<Owner | undefined> {
  const { tagging } = op.gateway;
  if (tagging === undefined) return undefined;
  const soon = op.deadline.clock.now() + MARK_PATIENCE_MS;
  const deadline = { ...op.deadline, endsAt: Math.min(soon, op.deadline.endsAt) };
  try {
    return ownerIn(await insist(deadline, "AWS to show the tags", op.kind.faults, () => tagging.read(live)));
  } catch {
    return undefined;
  }
}

/** So many look-ups in a row that show a user which was going, or gone, are no stale reads. */
export const BACK_FOR_GOOD = 3;
