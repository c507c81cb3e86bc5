import { faultOf } from "../aws/faults";
import type { Past } from "../kind";
import type { Reading } from "../wait/until";
import { isAnother, look, missCounter, type Operation, watch } from "./operation";
import { clearTheWay } from "./purge";

/** A user that AWS still shows as before, so long after it accepted the deletion, is asked for again. */
const ASK_AGAIN_MS = 30_000;

/**
 * Deletes a user and returns when AWS says that it is gone. What blocks it is purged where that is allowed. A user
 * that somebody made again under the same name is left alone.
 */
export async function remove(op: Operation, past: Past): Promise<void> {
  if (op.kind.identity !== undefined) {
    const live = await look(op);
    if (live === undefined) return;
    if (isAnother(op, live, past)) return sayLeftAlone(op);
  }
  await askForDeletion(op, past);
  await awaitGone(op, past);
}

async function askForDeletion(op: Operation, past: Past): Promise<void> {
  let purges = 0;
  await watch<undefined>(op, "AWS to accept the deletion", async () => {
    try {
      await op.gateway.remove(op.id);
      return { done: undefined };
    } catch (error) {
      if (faultOf(error, op.kind.faults) !== "blocked") throw error;
      const pending = await clearTheWay(op, past, error);
      return pending === "purged" && purges++ === 0 ? { pending, afterMs: 0 } : { pending };
    }
  });
}

async function awaitGone(op: Operation, past: Past): Promise<void> {
  const { clock } = op.deadline;
  let askedAt = clock.now();
  let going = false;
  let missed = missCounter(op.kind);
  await watch<undefined>(op, "AWS to say that the user is gone", async (): Promise<Reading<undefined>> => {
    const live = await op.gateway.find(op.id);
    if (live === undefined) return missed();
    missed = missCounter(op.kind);
    const deleting = op.kind.phase(live) === "deleting";
    if (isAnother(op, live, past) || (going && !deleting)) {
      sayLeftAlone(op);
      return { done: undefined };
    }
    going = deleting;
    if (!deleting && clock.now() - askedAt >= ASK_AGAIN_MS) {
      await askForDeletion(op, past);
      askedAt = clock.now();
    }
    return { pending: `status ${op.kind.status(live)}` };
  });
}

function sayLeftAlone({ kind, id, say }: Operation): void {
  say(`${kind.label} "${id}" was made again by somebody after it was gone: the new one is left alone`);
}
