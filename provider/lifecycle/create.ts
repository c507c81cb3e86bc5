import { randomUUID } from "node:crypto";
import { faultOf } from "../aws/faults";
import type { CheckedArgs, LiveUser } from "../kind";
import type { Reading } from "../wait/until";
import { HalfMade, Refusal } from "./errors";
import { type Operation, settle, watch } from "./operation";
import { bringTo } from "./update";

/** Why a user that exists already may be there. */
export interface Precedent {
  /** This run replaces, or has made, a user that AWS cannot tell from the new one. */
  readonly taken: "replaced" | "made" | undefined;
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
  const token = randomUUID();
  const outcome = await watch<{ made?: LiveUser | undefined; found?: LiveUser }>(
    op,
    "AWS to accept the user",
    async () => {
      try {
        return { done: { made: await op.gateway.create(args, token) } };
      } catch (error) {
        if (faultOf(error, op.kind.faults) !== "exists") throw error;
        return existing(op);
      }
    },
  );
  if (outcome.found !== undefined) return adopt(op, args, outcome.found, precedent);
  let live = outcome.made;
  try {
    return await settle(op, args, (seen) => {
      live = seen;
    });
  } catch (error) {
    throw new HalfMade(live, error);
  }
}

/** AWS says that the user exists: is it there to stay? */
async function existing(op: Operation): Promise<Reading<{ found: LiveUser }>> {
  const live = await op.gateway.find(op.id);
  if (live === undefined) return { pending: "AWS says that the user exists, but does not show it" };
  if (op.kind.phase(live) === "deleting") return { pending: "a user of that name is still being deleted" };
  return { done: { found: live } };
}

async function adopt(
  op: Operation,
  args: CheckedArgs,
  found: LiveUser,
  { taken, adopt: allowed }: Precedent,
): Promise<LiveUser> {
  if (taken !== undefined || !allowed) throw alreadyExists(op, taken);
  op.say(`adopting ${op.kind.label} "${op.id}", which exists in account ${op.account}`);
  try {
    return await bringTo(op, args, {});
  } catch (error) {
    throw error instanceof HalfMade ? error : new HalfMade(found, error);
  }
}

function alreadyExists({ id, account }: Operation, taken: Precedent["taken"]): Refusal {
  const cause = `a user of that name exists in account ${account}`;
  if (taken === "replaced") {
    return new Refusal(
      `${cause}, and this run replaces it`,
      "Set the resource option deleteBeforeReplace: true, so that the old user goes first.",
    );
  }
  if (taken === "made") {
    return new Refusal(
      `${cause}, made by this run for another resource`,
      "Give one of the two another name.",
    );
  }
  return new Refusal(
    cause,
    "If an interrupted run made it, or if it is to be managed here from now on, take it over: set " +
      `adoptExisting: true on the resource, or run once with PULUMI_AWS_USERS_ADOPT_EXISTING=${id}.`,
  );
}
