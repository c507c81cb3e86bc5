import type { CommonArgs, Past } from "../args";
import { declaredTags, type Tags } from "../aws/tags";
import type { LiveUser } from "../gateway";
import { readBelongings } from "./belongings";
import { isAnother } from "./identity";
import { look, missCounter, type Onlooker, type Operation, readTags, watch } from "./operation";

/** What AWS shows of a user that is there. */
export interface Sighting {
  readonly live: LiveUser;
  /** What the live user would declare. */
  readonly observed: Partial<CommonArgs>;
}

/**
 * Reads a user as it is now; undefined when it is gone or is now somebody else's. One that is being deleted is waited
 * for until the deadline, and then kept.
 */
export async function read(op: Operation, past: Past): Promise<Sighting | undefined> {
  let live = await look(op);
  if (live !== undefined && op.kind.phase(live) === "deleting") live = await awaitDeletion(op, live);
  if (live === undefined) return undefined;
  if (isAnother(op, live)) {
    op.say(`${op.kind.label} "${op.id}" was deleted and made again by somebody: the new one is left alone`);
    return undefined;
  }
  const drift = op.kind.hiddenDrift?.(live, past);
  if (drift !== undefined) {
    op.say(
      `${op.kind.label} "${op.id}" was changed by somebody: ${drift}; an update sets what the program declares`,
    );
  }
  return sighting(op, live, past);
}

/** What AWS shows of a user that was found; undefined when it is gone meanwhile. */
export async function sighting(op: Onlooker, live: LiveUser, past: Past): Promise<Sighting | undefined> {
  const belongings = await readBelongings(op, past);
  if (belongings === undefined) return undefined;
  const observed = { ...op.kind.observed(live, past), ...belongings };
  if (op.gateway.tagging === undefined) return { live, observed };
  const tags = await readTags(op, live);
  return tags && { live, observed: { ...observed, ...shownTags(tags, past) } };
}

async function awaitDeletion(op: Operation, found: LiveUser): Promise<LiveUser | undefined> {
  op.say(`${op.kind.label} "${op.id}" is being deleted by somebody: waiting until it is gone`);
  const missed = missCounter(op.kind);
  return watch<LiveUser | undefined>(op, "the user to be gone", async () => {
    const live = await op.lookup.watch(op.id);
    if (live === undefined) return missed();
    const over = op.kind.phase(live) !== "deleting" || op.deadline.clock.now() >= op.deadline.endsAt;
    return over ? { done: live } : { pending: `status ${op.kind.status(found)}` };
  });
}

/** No tags are shown as no property, as long as none were declared. */
function shownTags(live: Tags, past: Past): { tags?: Tags; tagsAll?: Tags } {
  const { tags, tagsAll } = declaredTags(live, past);
  const shown = (now: Tags, before: Tags | undefined) => Object.keys(now).length > 0 || before !== undefined;
  return { ...(shown(tags, past.tags) && { tags }), ...(shown(tagsAll, past.tagsAll) && { tagsAll }) };
}
