import type { CheckedArgs, Past } from "../args";
import { faultOf } from "../aws/faults";
import { type Owner, ownerIn } from "../aws/ownerTag";
import type { Tags } from "../aws/tags";
import { awsKeys, differingKeys } from "../changes";
import type { LiveUser, UserGateway } from "../gateway";
import type { UserKind } from "../kind";
import { type Deadline, within } from "../wait/deadline";
import { insist, persist } from "../wait/persist";
import type { SharedLookup } from "../wait/sharedLookup";
import type { Reading } from "../wait/until";
import { Refusal } from "./errors";

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

/** What tells a user from others that have, had or will have its name. */
interface Known {
  /** AWS's own id of the user. */
  readonly identity: unknown;
  /** When AWS made it, in milliseconds since the epoch. */
  readonly madeAt: number | undefined;
}

/** What a state tells of which user it is about. */
export function knownIn({ uniqueId: identity, createDate }: Past): Known {
  const madeAt = Date.parse(String(createDate));
  return { identity, madeAt: Number.isNaN(madeAt) ? undefined : madeAt };
}

/** Who asks about one user, and changes nothing. */
export type Onlooker = Pick<Operation, "kind" | "gateway" | "lookup" | "id" | "deadline">;

/** The gap between two look-ups that miss, where one miss proves nothing. */
const SECOND_LOOK_MS = 1_000;

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

/** Whether a live user is another than the one in the state: made again by somebody under the same name. */
export function isAnother(
  { kind, known: { identity } }: Pick<Operation, "kind" | "known">,
  live: LiveUser,
): boolean {
  return kind.identity !== undefined && identity !== undefined && kind.identity(live) !== identity;
}

/**
 * Whether a read lags so far behind that it shows a user that had the name before the known one was made. The times of
 * one and the same user may differ: AWS tells some to the second, others to the millisecond.
 */
export function isPredecessor(kind: UserKind, live: LiveUser, { identity, madeAt }: Known): boolean {
  if (kind.identity?.(live) === identity) return false;
  const shown = kind.madeAt?.(live);
  return shown !== undefined && madeAt !== undefined && shown < madeAt;
}

/** A user that was seen so recently is still the same. */
const SAME_FOR_MS = 8_000;

/** Does a change, or says why not. */
type Guard = <T>(change: () => Promise<T>) => Promise<{ readonly done: T } | "another" | "gone">;

/**
 * Does changes only while the name still belongs to the same user, for retries and the pace of calls may outlive it. It
 * looks when the last sighting is too old, and a change does not go out when its turn comes too late for the sighting.
 * Where users have no identity, nothing can be told.
 *
 * @param isAnother Whether a live user is somebody else's.
 * @param seenAt When the user was last seen to be the same, if it was.
 */
export function identityGuard(
  op: Operation,
  isAnother: (live: LiveUser) => boolean,
  seenAt = Number.NEGATIVE_INFINITY,
): Guard {
  const { clock, endsAt } = op.deadline;
  let lastSeenAt = seenAt;
  return async (change) => {
    if (op.kind.identity === undefined) return { done: await change() };
    if (clock.now() - lastSeenAt >= SAME_FOR_MS) {
      const live = await look(op);
      if (live === undefined) return "gone";
      if (isAnother(live)) return "another";
      lastSeenAt = clock.now();
    }
    const holdsUntil = { ...op.deadline, endsAt: Math.min(endsAt, lastSeenAt + SAME_FOR_MS) };
    return { done: await within(holdsUntil, change) };
  };
}

/** Asks AWS to change a user that has been seen before. */
export type Change = <T>(awaited: string, call: () => Promise<T>) => Promise<T>;

/** Asks for changes of a user that has just been seen, and of no other that may carry its name later. */
export function changing(op: Operation, live: LiveUser): Change {
  const { identity } = op.kind;
  const guarded = identityGuard(op, (seen) => identity?.(seen) !== identity?.(live), op.deadline.clock.now());
  return (awaited, call) =>
    ask(op, awaited, async () => {
      const result = await guarded(call);
      if (typeof result === "string") throw result === "gone" ? vanished() : another();
      return result.done;
    });
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
      if (faultOf(error, op.kind.faults) !== "busy") throw error;
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

/**
 * Waits until the user is ready, and shows what is wanted.
 *
 * @param known The user as AWS showed it before, if it did: another of the same name is somebody else's.
 */
export async function settle(
  op: Operation,
  want: CheckedArgs,
  known: LiveUser | undefined,
  onSeen: (live: LiveUser) => void,
): Promise<LiveUser> {
  op.lookup.wrote(op.id);
  let seen = false;
  let missing = 0;
  let unlike = 0;
  return watch(op, `${op.kind.label} to become ready`, async () => {
    const live = await shown(op);
    if (live === undefined) {
      missing = seen ? missing + 1 : 0;
      if (missing >= VANISHED_AFTER_MISSES) throw vanished();
      return { pending: "not visible yet" };
    }
    if (known !== undefined && isPredecessor(op.kind, live, knownBy(op.kind, known))) {
      return { pending: PREDECESSOR };
    }
    seen = true;
    missing = 0;
    if (known !== undefined && op.kind.identity?.(live) !== op.kind.identity?.(known)) throw another();
    onSeen(live);
    const phase = op.kind.phase(live, want);
    if (phase === "deleting") throw goingAway();
    if (phase !== "ready") return { pending: `status ${op.kind.status(live)}` };
    unlike = showsAll(op.kind, live, want) ? 0 : unlike + 1;
    if (unlike === 0 || unlike >= WRITTEN_OTHERWISE) return { done: live };
    return { pending: "AWS does not show the change yet", afterMs: SECOND_LOOK_MS };
  });
}

/** Whether a look-up shows what is wanted, as far as it can show it. */
function showsAll(kind: UserKind, live: LiveUser, want: CheckedArgs): boolean {
  const shown = kind.observed(live, want as Past);
  return !differingKeys(kind, shown, want).some((key) => awsKeys(kind).includes(key));
}

function knownBy(kind: UserKind, live: LiveUser): Known {
  return { identity: kind.identity?.(live), madeAt: kind.madeAt?.(live) };
}

/** So many look-ups in a row that show a user which was going, or gone, are no stale reads. */
export const BACK_FOR_GOOD = 3;

/** So many look-ups in a row of a ready user that show something else are no stale reads: AWS writes it otherwise. */
const WRITTEN_OTHERWISE = 3;

/** What is said of a read that lags behind two writes. */
export const PREDECESSOR = "AWS still shows a user of that name that was there before";

/** What is said of a user that carries the name and is not the one in question. */
export function another(): Refusal {
  return new Refusal(
    "somebody deleted it and made another of the same name, which is left alone",
    MAKE_AGAIN,
  );
}

export function vanished(): Refusal {
  return new Refusal("it was deleted by somebody else meanwhile", MAKE_AGAIN);
}

export function goingAway(): Refusal {
  return new Refusal("it is being deleted by somebody else", MAKE_AGAIN);
}

/** What to do where the state has a user that is no more. */
export const MAKE_AGAIN = "Run pulumi up --refresh: it takes the user out of the state and makes it again.";

/** Reads that lag may miss a user that was seen before; so many in a row do not. */
const VANISHED_AFTER_MISSES = 5;
