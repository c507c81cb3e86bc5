import { isRegional } from "../provider/regions";
import { SERVICES } from "../provider/services";
import type { Clock } from "../provider/wait/clock";
import { inParallel } from "../provider/wait/inParallel";
import type { StackState, StackUser } from "../stack";
import { affectedBy, deletionOf, estateOf, LOOK_UPS_AT_ONCE, type NotKnown } from "./attachments";
import { type DestroyPlan, type PlannedUser, planned } from "./document";
import { plannedPending } from "./pending";
import { type SourceOf, sources } from "./sources";
import { doubts, protections, warningsOf } from "./warnings";
import { type Found, scopeOfUser, type Verdict, whereabouts } from "./whereabouts";

/** Who is told what is being done now. */
export type OnProgress = ((doing: string) => void) | undefined;

/** The plan for a state. @throws Error in words when AWS cannot be asked */
export async function planFor(
  state: StackState,
  clock: Clock,
  onProgress?: OnProgress,
): Promise<DestroyPlan> {
  const sourceOf = sources();
  const notKnown: NotKnown = new Map();
  const users = await plannedUsers(state.users, sourceOf, notKnown, onProgress);
  const pending = await inParallel(state.pending, LOOK_UPS_AT_ONCE, (begun) =>
    plannedPending(begun, state, sourceOf),
  );
  const stopsNowhere = users.every(({ outcome }) => !STOPS.has(outcome));
  const losesNobody = pending.every(({ inState }) => inState);
  const stopsElsewhere = state.protectedOthers.length > 0;
  return planned({
    project: state.project,
    stack: state.stack,
    madeAt: new Date(clock.now()).toISOString(),
    verdict: stopsNowhere && losesNobody && !stopsElsewhere ? "clear" : "blocked",
    warnings: [...protections(state.protectedOthers), ...warningsOf(users, clock.now()), ...doubts(notKnown)],
    users,
    pending,
  });
}

/** Outcomes on which a destroy fails. */
const STOPS: ReadonlySet<PlannedUser["outcome"]> = new Set(["blocked", "protected", "otherAccount"]);

async function plannedUsers(
  users: readonly StackUser[],
  sourceOf: SourceOf,
  notKnown: NotKnown,
  onProgress: OnProgress,
): Promise<PlannedUser[]> {
  onProgress?.(`Looking up ${users.length} users`);
  const placed = await inParallel(users, users.length, async (user) => ({
    user,
    place: await whereabouts(user, sourceOf),
  }));
  const affected = await affectedBy(placed.map(({ place }) => place).filter(isFound), notKnown);
  let done = 0;
  const result = await inParallel(placed, LOOK_UPS_AT_ONCE, async ({ user, place }) => {
    const deletion = isFound(place)
      ? await deletionOf(user, place, affected.get(place.live) ?? [], notKnown)
      : { outcome: place.outcome, reason: place.reason, ...estateOf(user, place.missedIn, notKnown) };
    done += 1;
    onProgress?.(`Looking at what hangs on them: ${done} of ${users.length}`);
    return { ...(await described(user)), ...deletion };
  });
  return result.sort(worstFirst);
}

/** The order of a state says nothing to people. */
function worstFirst(one: PlannedUser, other: PlannedUser): number {
  const [a, b] = [one, other].map(
    ({ outcome, label, id, region }) => `${STOPS.has(outcome) ? 0 : 1} ${label} ${id} ${region}`,
  );
  return (a ?? "") < (b ?? "") ? -1 : 1;
}

function isFound(place: Verdict | Found): place is Found {
  return "live" in place;
}

async function described(user: StackUser) {
  const { urn, name, service, id, replaced, outputs } = user;
  const kind = await SERVICES[service]();
  const region = isRegional(kind) ? scopeOfUser(user).region : null;
  const account = typeof outputs["accountId"] === "string" ? outputs["accountId"] : null;
  return { urn, name, service, label: kind.label, id, region, account, replaced };
}
