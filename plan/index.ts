/** What `pulumi destroy` will do with the AWS users of a stack, found out without changing anything. */

import { SERVICES } from "../provider/services";
import { type Clock, systemClock } from "../provider/wait/clock";
import { inParallel } from "../provider/wait/inParallel";
import { readStack, type StackOptions, type StackState, type StackUser } from "../stack";
import { affectedBy, deletionOf, LOOK_UPS_AT_ONCE, type NotKnown } from "./attachments";
import { type DestroyPlan, type PlannedUser, planned } from "./document";
import { plannedPending } from "./pending";
import { sources } from "./sources";
import { doubts, warningsOf } from "./warnings";
import { type Found, scopeOfUser, type Verdict, whereabouts } from "./whereabouts";

export type { StackOptions } from "../stack";
export type { Attachment, DestroyPlan, LastUse, PendingOperation, PlannedUser, Warning } from "./document";
export { destroyPlanSchema } from "./document";

/** Which stack, and who is told how it goes. */
export interface PlanOptions extends StackOptions {
  /** Told what is being done now, for a line of progress. */
  readonly onProgress?: ((doing: string) => void) | undefined;
}

/**
 * Says for each AWS user of a stack what `pulumi destroy` will do with it, from the stack's state and from what AWS
 * shows. Nothing is changed, in AWS or in the state. It runs the `pulumi` on the PATH, and uses the credentials that
 * destroy will use: those in the stack's configuration as of the last `up`, else those of the environment.
 *
 * ```ts
 * import { planDestroy } from "pulumi-aws-users/plan";
 *
 * const plan = await planDestroy({ stack: "dev" });
 * if (plan.verdict === "blocked") console.log(plan.users.filter(({ outcome }) => outcome === "blocked"));
 * ```
 *
 * @throws Error in words: no stack, the wrong folder, no AWS credentials, no permission, an endpoint that does not answer.
 */
export async function planDestroy({ onProgress, ...options }: PlanOptions = {}): Promise<DestroyPlan> {
  onProgress?.("Reading the stack's state");
  return planFor(await readStack(options), { clock: systemClock, onProgress });
}

/** {@link planDestroy} for a state that was read before. */
export async function planFor(
  state: StackState,
  { clock, onProgress }: { readonly clock: Clock; readonly onProgress?: PlanOptions["onProgress"] },
): Promise<DestroyPlan> {
  const sourceOf = sources(clock);
  const notKnown: NotKnown = new Map();
  onProgress?.(`Looking up ${state.users.length} users`);
  const places = await inParallel(state.users, state.users.length, (user) => whereabouts(user, sourceOf));
  const affected = await affectedBy(places.filter(isFound), notKnown);
  let done = 0;
  const users = await inParallel([...state.users.entries()], LOOK_UPS_AT_ONCE, async ([index, user]) => {
    const place = places[index] as Verdict | Found;
    const deletion = isFound(place)
      ? await deletionOf(user, place, affected.get(place.live) ?? [], notKnown)
      : { ...place, calls: [], attachments: [] };
    onProgress?.(`Looking at what hangs on them: ${++done} of ${state.users.length}`);
    return { ...(await described(user)), ...deletion };
  });
  const pending = await inParallel(state.pending, LOOK_UPS_AT_ONCE, (begun) =>
    plannedPending(begun, state, sourceOf),
  );
  users.sort(worstFirst);
  const { project, stack } = state;
  const isClear =
    users.every(({ outcome }) => !STOPS.has(outcome)) && pending.every(({ inState }) => inState);
  return planned({
    project,
    stack,
    madeAt: new Date(clock.now()).toISOString(),
    verdict: isClear ? "clear" : "blocked",
    warnings: [...warningsOf(users, clock.now()), ...doubts(notKnown)],
    users,
    pending,
  });
}

/** Outcomes on which a destroy fails. */
const STOPS: ReadonlySet<PlannedUser["outcome"]> = new Set(["blocked", "protected", "otherAccount"]);

/** The order of a state says nothing to people. */
function worstFirst(one: PlannedUser, other: PlannedUser): number {
  const [a, b] = [one, other].map(({ outcome, label, id }) => `${STOPS.has(outcome) ? 0 : 1} ${label} ${id}`);
  return (a ?? "") < (b ?? "") ? -1 : 1;
}

function isFound(place: Verdict | Found): place is Found {
  return "live" in place;
}

async function described(user: StackUser) {
  const { urn, name, service, id, replaced, outputs } = user;
  const { label } = await SERVICES[service]();
  const account = typeof outputs["accountId"] === "string" ? outputs["accountId"] : null;
  return { urn, name, service, label, id, region: scopeOfUser(user).region, account, replaced };
}
