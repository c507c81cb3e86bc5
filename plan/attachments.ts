import type { CommonArgs, Past } from "../provider/args";
import { faultOf } from "../provider/aws/faults";
import { declaredBelongings } from "../provider/belongings";
import type { Affected, Blocker, LiveUser } from "../provider/gateway";
import { lostEstate } from "../provider/lifecycle/estate";
import { howToUnblock, inventory, mayPurge } from "../provider/lifecycle/purge";
import { inParallel } from "../provider/wait/inParallel";
import type { StackUser } from "../stack";
import type { Attachment, PlannedUser } from "./document";
import type { Source } from "./sources";
import type { Found } from "./whereabouts";

/** What hangs on users, and what destroy does about it. */
export type Deletion = Pick<PlannedUser, "outcome" | "reason" | "calls" | "attachments">;

/** Collects what AWS does not tell, as sentences, each by what it is about. */
export type NotKnown = Map<string, string>;

/** Every service calls it so. */
const DELETE_USER = "DeleteUser";

/** What the deletion of one user will be. */
export async function deletionOf(
  user: StackUser,
  { source, live }: Found,
  affected: readonly Affected[],
  notKnown: NotKnown,
): Promise<Deletion> {
  const blockers = await blockersOf(source, user.id);
  const force = user.outputs["forceDestroy"] as CommonArgs["forceDestroy"];
  const isAllowed = (thing: { readonly kind: string }) => mayPurge(thing, user.id, force);
  const kept = blockers.filter((blocker) => !blocker.clearing && !isAllowed(blocker));
  const holders = affected.filter(({ fate }) => fate === "blocks");
  const isBlocked = kept.length > 0 || holders.length > 0;
  const purged = isBlocked ? [] : [...blockers.filter((blocker) => !blocker.clearing)];
  const destroyed = isBlocked ? [] : affected.filter((thing) => thing.fate === "freed" && isAllowed(thing));
  const fateOf = (blocker: Blocker) => {
    if (blocker.clearing) return "awaited";
    if (kept.includes(blocker)) return "blocks";
    return isBlocked ? "purgeable" : "purged";
  };
  return {
    outcome: isBlocked ? "blocked" : "deleted",
    reason: isBlocked ? reasonOf(user.id, source, kept.length > 0 ? kept : holders) : null,
    calls: isBlocked
      ? []
      : counted(source.kind.service, [
          ...purged.flatMap((blocker) => source.gateway.dependents?.purgeCalls?.(blocker) ?? []),
          DELETE_USER,
          ...destroyCalls(source, destroyed),
        ]),
    attachments: [
      ...(await inParallel(blockers, blockers.length, async (blocker) => ({
        ...described(blocker, fateOf(blocker)),
        ...(blocker.madeAt !== undefined && { madeAt: blocker.madeAt }),
        ...(await lastUseOf(source, live, blocker, notKnown)),
      }))),
      ...affected.map((thing) => described(thing, destroyed.includes(thing) ? "purged" : thing.fate)),
    ],
  };
}

/**
 * What a destroy does although the user is gone already: what is known to have belonged to it goes where that is allowed.
 */
export function estateOf(
  user: StackUser,
  source: Source | undefined,
  notKnown: NotKnown,
): Pick<Deletion, "calls" | "attachments"> {
  const rule = source?.kind.belongings;
  const force = user.outputs["forceDestroy"] as CommonArgs["forceDestroy"];
  if (source === undefined || rule === undefined || !mayPurge({ kind: rule.property }, user.id, force)) {
    return { calls: [], attachments: [] };
  }
  const things = declaredBelongings(source.kind, user.outputs as Past);
  if (things === undefined) {
    notKnown.set(user.urn, lostEstate(source.kind, rule, user.id, user.outputs as Past));
    return { calls: [], attachments: [] };
  }
  return {
    calls: counted(source.kind.service, destroyCalls(source, things)),
    attachments: things.map((id) => described({ kind: rule.property, noun: rule.noun, id }, "purged")),
  };
}

/** What the deletion of users changes beside them, by user; users of one source are asked about together. */
export async function affectedBy(
  found: readonly Found[],
  notKnown: NotKnown,
): Promise<ReadonlyMap<LiveUser, readonly Affected[]>> {
  const all = new Map<LiveUser, readonly Affected[]>();
  const sources = [...new Set(found.map(({ source }) => source))];
  await inParallel(sources, sources.length, async (source) => {
    const { usage } = source.gateway;
    if (usage?.affected === undefined) return;
    const lives = found.filter((each) => each.source === source).map(({ live }) => live);
    const questions = usage.together ? [lives] : lives.map((live) => [live]);
    await inParallel(questions, LOOK_UPS_AT_ONCE, async (asked) => {
      const what = `what uses the ${source.kind.label}s`;
      const ask = () => usage.affected?.(asked);
      const answer = asked.some((live) => usage.mayBeHeld?.(live))
        ? await source.ask(`AWS to show ${what}`, async () => ask())
        : await optional(source, what, ask, notKnown);
      for (const [live, things] of answer ?? []) all.set(live, things);
    });
  });
  return all;
}

/** So many look-ups of one kind are under way together; how fast they follow each other is paced by what AWS takes. */
export const LOOK_UPS_AT_ONCE = 16;

/** Where nothing can be purged, a list of dependents is for messages, and what blocks is told by `affected`. */
function blockersOf(source: Source, id: string): Promise<readonly Blocker[]> {
  const { dependents } = source.gateway;
  if (dependents?.purge === undefined) return Promise.resolve([]);
  return source.ask("AWS to list what blocks the deletion", () => dependents.list(id));
}

async function lastUseOf(
  source: Source,
  live: LiveUser,
  blocker: Blocker,
  notKnown: NotKnown,
): Promise<Pick<Attachment, "lastUsed">> {
  const what = `when each ${blocker.noun} was last used`;
  const ask = () => source.gateway.usage?.lastUse?.(live, blocker);
  const answer = await optional(source, what, ask, notKnown);
  return answer === undefined ? {} : { lastUsed: answer };
}

/** What makes a plan better and no destroy needs: without the permission for it, the plan says that it is not known. */
async function optional<T>(
  source: Source,
  what: string,
  call: () => Promise<T> | undefined,
  notKnown: NotKnown,
): Promise<T | undefined> {
  if (notKnown.has(what)) return undefined;
  try {
    return await source.ask(`AWS to show ${what}`, async () => call());
  } catch (error) {
    if (!(error instanceof Error) || faultOf(error.cause, source.kind.faults) !== "denied") throw error;
    notKnown.set(what, `It is not known ${what}. ${error.message}`);
    return undefined;
  }
}

function destroyCalls({ gateway }: Source, things: readonly unknown[]): string[] {
  return gateway.belongings === undefined || things.length === 0 ? [] : [gateway.belongings.destroyCall];
}

function reasonOf(id: string, { gateway }: Source, blocking: readonly (Blocker | Affected)[]): string {
  return `blocked by ${inventory(blocking)}. ${howToUnblock(gateway.dependents, id)}`;
}

function described(
  { kind, noun, id }: { readonly kind: string; readonly noun: string; readonly id: string },
  fate: Attachment["fate"],
): Attachment {
  return { kind, noun, id, fate };
}

function counted(service: string, operations: readonly string[]): PlannedUser["calls"] {
  return [...new Set(operations)].map((operation) => ({
    action: `${service}:${operation}`,
    times: operations.filter((other) => other === operation).length,
  }));
}
