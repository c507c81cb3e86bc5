import type { Past } from "../args";
import { faultOf } from "../aws/faults";
import type { LiveUser } from "../gateway";
import type { Reading } from "../wait/until";
import { identityGuard } from "./changing";
import { Refusal } from "./errors";
import { destroyEstate, estateOf } from "./estate";
import { isAnother, isPredecessor, PREDECESSOR } from "./identity";
import { BACK_FOR_GOOD, missCounter, type Operation, watch } from "./operation";
import { clearTheWay } from "./purge";

/** A user that AWS still shows as before, so long after it accepted the deletion, is asked for again. */
const ASK_AGAIN_MS = 30_000;

/**
 * Deletes a user and returns when AWS says that it is gone. What blocks it is purged where that is allowed. A user
 * that somebody made again under the same name is left alone. What belonged to the user goes after it, where that is
 * allowed.
 *
 * @param isClaimed Whether this run's program wants a thing, known by its place and id, to belong to a user.
 */
export async function remove(
  op: Operation,
  past: Past,
  isClaimed: (thing: string) => boolean,
): Promise<void> {
  const estate = await estateOf(op, past, isClaimed);
  const ifOurs = ownershipOf(op);
  if (await askForDeletion(op, past, ifOurs)) await awaitGone(op, past, ifOurs);
  await destroyEstate(op, past, estate);
}

/** Changes the user of the state while it is there, and says whether it did; another one is left alone. */
type IfOurs = (change: () => Promise<void>) => Promise<boolean>;

function ownershipOf(op: Operation): IfOurs {
  const guarded = identityGuard(op, (live) => isAnother(op, live));
  let isSaid = false;
  return async (change) => {
    const result = await guarded(change);
    if (result === "another" && !isSaid) sayLeftAlone(op);
    isSaid ||= result === "another";
    return typeof result !== "string";
  };
}

/** True when AWS accepted the deletion, false when there is nothing (any more) to delete. */
function askForDeletion(op: Operation, past: Past, ifOurs: IfOurs): Promise<boolean> {
  let purges = 0;
  return watch<boolean>(op, "AWS to accept the deletion", async () => {
    try {
      return { done: await ifOurs(() => op.gateway.remove(op.id)) };
    } catch (error) {
      if (faultOf(error, op.kind.faults) !== "blocked") throw error;
      const pending = await clearTheWay(op, past, error, ifOurs);
      return pending === "purged" && purges++ === 0 ? { pending, afterMs: 0 } : { pending };
    }
  });
}

async function awaitGone(op: Operation, past: Past, ifOurs: IfOurs): Promise<void> {
  const { clock } = op.deadline;
  op.lookup.wrote(op.id);
  let askedAt = clock.now();
  let going = false;
  let back = 0;
  let missed = missCounter(op.kind);
  await watch<undefined>(op, "AWS to say that the user is gone", async (): Promise<Reading<undefined>> => {
    const live = await op.lookup.watch(op.id);
    if (live === undefined) return missed();
    missed = missCounter(op.kind);
    if (isPredecessor(op.kind, live, op.known)) return { pending: PREDECESSOR };
    const deleting = op.kind.phase(live) === "deleting";
    if (isAnother(op, live)) {
      sayLeftAlone(op);
      return { done: undefined };
    }
    going ||= deleting;
    back = going && !deleting ? back + 1 : 0;
    if (back >= BACK_FOR_GOOD) throw cameBack(op, live);
    if (!going && clock.now() - askedAt >= ASK_AGAIN_MS) {
      await askForDeletion(op, past, ifOurs);
      askedAt = clock.now();
    }
    return {
      pending: `status ${op.kind.status(live)}`,
      sooner: op.lookup.absence(op.id).then(() => missed()),
    };
  });
}

function cameBack({ kind }: Operation, live: LiveUser): Refusal {
  return new Refusal(
    `it was being deleted, and now it is back with status ${kind.status(live)}: AWS took the deletion back, or ` +
      "somebody made a user of the same name again",
    "If it is to go, destroy again; if it is somebody's, take it out of the state by pulumi state delete.",
  );
}

function sayLeftAlone({ kind, id, say }: Operation): void {
  say(`${kind.label} "${id}" was made again by somebody after it was gone: the new one is left alone`);
}
