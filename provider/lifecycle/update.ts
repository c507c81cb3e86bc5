import type { CheckedArgs, Past } from "../args";
import { type Tags, tagChanges } from "../aws/tags";
import { awsKeys, differingKeys } from "../changes";
import type { LiveUser } from "../gateway";
import { bringBelongings } from "./belongings";
import { another, type Change, changing, goingAway, MAKE_AGAIN, vanished } from "./changing";
import { HalfMade, Refusal } from "./errors";
import { isAnother } from "./identity";
import { look, type Operation, readTags } from "./operation";
import { settle } from "./settle";

/**
 * Brings a live user to the wanted arguments and waits until it is ready. Sends only what differs; with no past,
 * everything that AWS does not show counts as different.
 *
 * @param found The live user, where it has just been looked up.
 * @throws HalfMade when it may have changed something and did not finish.
 */
export async function bringTo(
  op: Operation,
  want: CheckedArgs,
  past: Past,
  found?: LiveUser,
): Promise<LiveUser> {
  let live = found ?? (await present(op));
  const changed = new Set(
    differingKeys(op.kind, op.kind.observed(live, past), want).filter((key) =>
      awsKeys(op.kind).includes(key),
    ),
  );
  const fixed = op.kind.replaces.find((key) => changed.has(key));
  if (fixed !== undefined) {
    throw new Refusal(
      `its ${fixed} is not the declared one and cannot be changed`,
      `Declare its ${fixed} as it is, or let the user be replaced.`,
    );
  }
  const change = changing(op, live);
  try {
    if (changed.size > 0) {
      await change("AWS to accept the change", () => op.gateway.update(live, want, changed));
    }
    const tagged = await retag(op, live, want.tagsAll ?? {}, change);
    if (changed.size > 0 || tagged || op.kind.phase(live, want) !== "ready") {
      live = await settle(op, want, live, (seen) => {
        live = seen;
      });
    }
  } catch (error) {
    throw new HalfMade(live, error);
  }
  return bringBelongings(op, want, live);
}

/** The live user that the state speaks of. */
async function present(op: Operation): Promise<LiveUser> {
  const live = await look(op);
  if (live === undefined) throw new Refusal("it does not exist any more in AWS", MAKE_AGAIN);
  if (isAnother(op, live)) throw another();
  if (op.kind.phase(live) === "deleting") throw goingAway();
  return live;
}

async function retag(op: Operation, live: LiveUser, want: Tags, change: Change): Promise<boolean> {
  const { tagging } = op.gateway;
  if (tagging === undefined) return false;
  const tags = await readTags(op, live);
  if (tags === undefined) throw vanished();
  const changes = tagChanges(tags, want);
  if (changes.remove.length === 0 && Object.keys(changes.put).length === 0) return false;
  await change("AWS to accept the tags", () => tagging.write(live, changes));
  return true;
}
