import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { CheckedArgs } from "../args";
import { faultOf } from "../aws/faults";
import { ownerIn } from "../aws/ownerTag";
import type { LiveUser } from "../gateway";
import { naming } from "../runSettings";
import type { Reading } from "../wait/until";
import { bringBelongings } from "./belongings";
import { HalfMade, Refusal } from "./errors";
import { explain } from "./explain";
import type { Holder } from "./memory";
import { type Operation, ownerOf, shownToo, watch } from "./operation";
import { settle } from "./settle";
import { bringTo } from "./update";

/** Why a user that exists already may be there. */
export interface Precedent {
  /** Set when a resource has a user that AWS cannot tell from the new one. */
  readonly holder: Holder | undefined;
  /** Whether the resource, or the environment of this run, allows to take over what exists. */
  readonly adopt: boolean;
}

/**
 * Makes a user and waits until it is ready. One that exists is taken over where that is allowed; one that is still
 * being deleted is waited out.
 *
 * @throws HalfMade when the user exists but did not become ready; other errors when this operation made none.
 */
export async function create(op: Operation, args: CheckedArgs, precedent: Precedent): Promise<LiveUser> {
  const { made, found } = await askFor(op, args);
  if (found !== undefined) {
    if (precedent.holder !== undefined) throw alreadyHere(op, precedent.holder);
    const mark = await markOf(op, args, found);
    if (!precedent.adopt) throw alreadyExists(op, mark);
    op.say(
      `adopting ${op.kind.label} "${op.id}", which exists in account ${op.account}${mark && ` and ${mark}`}`,
    );
    return bringTo(op, args, {}, found);
  }
  let live = made;
  try {
    live = await settle(op, args, made, (seen) => {
      live = seen;
    });
  } catch (error) {
    throw new HalfMade(live, error);
  }
  return bringBelongings(op, args, live, []);
}

/** Asks AWS for the user until it makes one, or says that there is one. */
async function askFor(
  op: Operation,
  args: CheckedArgs,
): Promise<{ readonly made?: LiveUser | undefined; readonly found?: LiveUser }> {
  const token = randomUUID();
  let unanswered = false;
  const asked = watch<{ made?: LiveUser | undefined; found?: LiveUser }>(
    op,
    "AWS to accept the user",
    async () => {
      try {
        return { done: { made: await op.gateway.create(args, token) } };
      } catch (error) {
        const fault = faultOf(error, op.kind.faults);
        unanswered ||= fault === "transient";
        if (fault !== "exists") throw error;
        return existing(op);
      }
    },
  );
  try {
    return await asked;
  } catch (error) {
    throw unanswered ? mayHaveMade(op, error) : error;
  }
}

/** A request without an answer may have been carried out. */
function mayHaveMade({ id, kind }: Operation, error: unknown): Refusal {
  const { cause, advice } = explain(error, kind.service, kind.faults);
  const hint = `A try that got no answer may have made the user. ${adoption(id)}`;
  return new Refusal(cause, advice ? `${advice} ${hint}` : hint, { cause: error });
}

/** AWS says that the user exists: is it there to stay? */
async function existing(op: Operation): Promise<Reading<{ found: LiveUser }>> {
  const live = await shownToo(op, "AWS says that the user exists");
  if (live === undefined) return { pending: "AWS says that the user exists, but does not show it" };
  if (op.kind.phase(live) === "ready") return { done: { found: live } };
  return { pending: `a user of that name exists with status ${op.kind.status(live)}` };
}

/** What the mark of a user that exists says of whose it is; empty without one. */
async function markOf(op: Operation, { tagsAll }: CheckedArgs, found: LiveUser): Promise<string> {
  const owner = await ownerOf(op, found);
  if (owner === undefined) return "";
  if (isDeepStrictEqual(owner, ownerIn(tagsAll ?? {}))) return "carries the mark of this very resource";
  return `carries the mark of stack ${owner.stack} of project ${owner.project} (${owner.resource})`;
}

function alreadyExists({ id, account }: Operation, mark: string): Refusal {
  return new Refusal(`${existence(account)}${mark && `, and it ${mark}`}`, adoption(id));
}

function alreadyHere({ account }: Operation, holder: Holder): Refusal {
  if (holder === "run") {
    return new Refusal(
      `${existence(account)}, made by this run for another resource`,
      "Give one of the two another name.",
    );
  }
  return new Refusal(
    `${existence(account)}, and it is in the state of this stack`,
    "To replace it, set the resource option deleteBeforeReplace: true, so that the old user goes first. If it " +
      "belongs to another resource, give one of the two another name.",
  );
}

function existence(account: string): string {
  return `a user of that name exists in account ${account}`;
}

function adoption(id: string): string {
  return (
    "If a run that was cut off made it, or if it is to be managed here from now on, take it over: set adoptExisting: " +
    `true on the resource, or run once with ${naming("PULUMI_AWS_USERS_ADOPT_EXISTING", [id])}. If this replaces it, ` +
    "set the resource option deleteBeforeReplace: true."
  );
}
