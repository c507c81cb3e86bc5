import type { CommonArgs, Past } from "../args";
import type { Blocker, Dependents } from "../gateway";
import { idsNamedBy, naming } from "../runSettings";
import { Refusal } from "./errors";
import { explain } from "./explain";
import { ask, type Operation } from "./operation";

/**
 * Called when AWS refuses a deletion because something hangs on the user: purges what may be purged, and returns what
 * is waited for.
 *
 * @param ifOurs Does each removal, so that nothing is taken from another user of the same name.
 * @throws Refusal that lists what blocks, or what a purge removed and what it could not.
 */
export async function clearTheWay(
  op: Operation,
  past: Past,
  refusal: unknown,
  ifOurs: (removal: () => Promise<void>) => Promise<unknown>,
): Promise<string> {
  const { dependents } = op.gateway;
  const { cause } = explain(refusal, op.kind.service, op.kind.faults);
  if (dependents === undefined) throw new Refusal(cause);
  const blockers = await ask(op, "AWS to list what blocks the deletion", () => dependents.list(op.id));
  const staying = blockers.filter(({ clearing }) => !clearing);
  if (staying.length === 0) return cause;
  const { purge } = dependents;
  const advice = howToUnblock(dependents, op.id);
  if (purge === undefined) throw new Refusal(`blocked by ${inventory(staying)}`, advice);
  const kept = staying.filter((blocker) => !mayPurge(blocker, op.id, past.forceDestroy));
  if (kept.length > 0) throw blocked(staying, kept, advice);
  await purgeAll(op, staying, async (id, blocker) => {
    await ifOurs(() => purge(id, blocker));
  });
  return "purged";
}

/**
 * Whether something that hangs on a user may be removed: `true`, the kinds that an object names, or for one run the ids
 * that the environment names.
 */
export function mayPurge(
  { kind }: Pick<Blocker, "kind">,
  id: string,
  force: CommonArgs["forceDestroy"],
): boolean {
  const forced = idsNamedBy("PULUMI_AWS_USERS_FORCE_DESTROY");
  if (forced.includes("*") || forced.includes(id)) return true;
  return typeof force === "object" ? force[kind] === true : force === true;
}

function blocked(all: readonly Blocker[], kept: readonly Blocker[], advice: string): Refusal {
  const partly = kept.length < all.length ? ` of which forceDestroy does not name ${inventory(kept)};` : "";
  return new Refusal(`blocked by ${inventory(all)};${partly} nothing was removed`, advice);
}

/** What to do about blockers, as sentences. */
export function howToUnblock(dependents: Dependents | undefined, id: string): string {
  return (
    dependents?.remedy ??
    "Remove them, or let them be purged: set forceDestroy on the resource and run pulumi up before the next " +
      `destroy, or run once with ${naming("PULUMI_AWS_USERS_FORCE_DESTROY", [id])}.`
  );
}

async function purgeAll(
  op: Operation,
  blockers: readonly Blocker[],
  purge: (id: string, blocker: Blocker) => Promise<void>,
): Promise<void> {
  const results = await Promise.allSettled(
    blockers.map((blocker) => ask(op, `the ${blocker.noun} to go`, () => purge(op.id, blocker))),
  );
  const failed = results.flatMap((result, index) => {
    const blocker = blockers[index];
    return result.status === "rejected" && blocker !== undefined ? [{ blocker, error: result.reason }] : [];
  });
  if (failed.length === 0) return;
  const removed = blockers.filter((blocker) => !failed.some((failure) => failure.blocker === blocker));
  throw purgeFailed(op, removed, failed);
}

function purgeFailed(
  op: Operation,
  removed: readonly Blocker[],
  failed: readonly { readonly blocker: Blocker; readonly error: unknown }[],
): Refusal {
  const reasons = failed.map(({ blocker, error }) => {
    const { cause, advice } = explain(error, op.kind.service, op.kind.faults);
    return { text: `${blocker.noun} ${blocker.id}: ${cause}`, advice };
  });
  const advice = [...new Set(reasons.flatMap((reason) => reason.advice ?? []))].join(" ");
  return new Refusal(
    `the purge removed ${removed.length === 0 ? "nothing" : inventory(removed)}; ` +
      `not removed: ${reasons.map(({ text }) => text).join("; ")}`,
    `${advice} The next destroy goes on with what remains.`.trim(),
    { cause: failed[0]?.error },
  );
}

/** `2 access keys (AKIA1 since 2026-01-02, AKIA2 since 2026-03-04), 1 login profile (ann)`. */
export function inventory(blockers: readonly Pick<Blocker, "noun" | "id" | "detail">[]): string {
  const nouns = [...new Set(blockers.map(({ noun }) => noun))];
  return nouns
    .map((noun) => {
      const items = blockers.filter((blocker) => blocker.noun === noun);
      const list = items.map(({ id, detail }) => (detail ? `${id} ${detail}` : id)).join(", ");
      return `${items.length} ${items.length === 1 ? noun : plural(noun)} (${list})`;
    })
    .join(", ");
}

export function plural(noun: string): string {
  return noun.endsWith("y") && !noun.endsWith("key") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
