import type { CheckedArgs, Past } from "../args";
import { awsKeys, differingKeys } from "../changes";
import type { LiveUser } from "../gateway";
import type { UserKind } from "../kind";
import { another, goingAway, vanished } from "./changing";
import { isPredecessor, knownBy, PREDECESSOR } from "./identity";
import { type Operation, SECOND_LOOK_MS, shown, watch } from "./operation";

/** Reads that lag may miss a user that was seen before; so many in a row do not. */
const VANISHED_AFTER_MISSES = 5;

/** So many look-ups in a row of a ready user that show something else are no stale reads: AWS writes it otherwise. */
const WRITTEN_OTHERWISE = 3;

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
