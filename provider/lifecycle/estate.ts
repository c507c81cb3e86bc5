import type { CommonArgs, Past } from "../args";
import { countOf, declaredBelongings } from "../belongings";
import type { Declined } from "../gateway";
import type { BelongingsRule, UserKind } from "../kind";
import { isOver } from "../wait/deadline";
import { listBelongings, partsOf } from "./belongings";
import { Refusal } from "./errors";
import { explain } from "./explain";
import { BACK_FOR_GOOD, look, type Operation, shown, watch } from "./operation";
import { mayPurge } from "./purge";

/**
 * What belongs to a user and is to be deleted after it: all that it has, or when it is gone already, what the state
 * knows of it. Nothing where forceDestroy does not allow it, and nothing that the program wants a user to have.
 *
 * @param isClaimed Whether the program wants a thing, known by its place and id, to belong to a user.
 */
export async function estateOf(
  op: Operation,
  past: Past,
  isClaimed: (thing: string) => boolean,
): Promise<readonly string[]> {
  const parts = partsOf(op);
  if (parts === undefined || !mayPurge({ kind: parts.rule.property }, op.id, past.forceDestroy)) return [];
  const live = await look(op);
  const now = live && (await listBelongings(op, parts));
  const known = now ?? declaredBelongings(op.kind, past);
  if (known === undefined) op.say(lostEstate(op.kind, parts.rule, op.id, past));
  const things = known ?? [];
  const place = parts.rule.place(past as CommonArgs);
  const kept = things.filter((id) => isClaimed(`${place}/${id}`));
  if (kept.length > 0) {
    const what = countOf(parts.rule.noun, kept);
    op.say(`keeping ${what} of ${op.kind.label} "${op.id}", declared by the program`);
  }
  return things.filter((id) => !kept.includes(id));
}

/**
 * Deletes what belonged to a user that is gone, as far as it is nobody's by now.
 *
 * @throws Refusal that names what remains, why, and how to delete it.
 */
export async function destroyEstate(op: Operation, past: Past, things: readonly string[]): Promise<void> {
  const parts = partsOf(op);
  if (parts === undefined || things.length === 0) return;
  const { rule, calls } = parts;
  let left = things;
  let back = 0;
  try {
    await watch<undefined>(op, `AWS to delete the ${rule.noun}s of the user`, async () => {
      const refused = await calls.destroy(op.id, left);
      back = (await isShownAgain(op, refused)) ? back + 1 : 0;
      const declined = withoutOthers(op, rule, refused, back >= BACK_FOR_GOOD);
      left = declined.map(({ id }) => id);
      if (left.length === 0) return { done: undefined };
      const why = declined.map(({ id, reason }) => `${id}: ${reason}`).join("; ");
      // Only what AWS takes to be still the user's own becomes free with time.
      if (declined.some(({ owner }) => owner !== op.id)) throw new Refusal(why);
      return { pending: why };
    });
  } catch (error) {
    throw remaining(op, rule, past, left, error);
  }
}

/**
 * Says what a user that is found gone may leave: a state without it ends the duty to delete that. Nothing where
 * forceDestroy does not allow it.
 */
export function sayLeftBehind({ kind, id, say }: Operation, past: Past): void {
  const { belongings: rule } = kind;
  if (rule === undefined || !mayPurge({ kind: rule.property }, id, past.forceDestroy)) return;
  const things = declaredBelongings(kind, past);
  if (things === undefined) say(lostEstate(kind, rule, id, past));
  if (things === undefined || things.length === 0) return;
  say(
    `${kind.label} "${id}" is gone and may have left ${countOf(rule.noun, things)}: unless it is made again, no destroy ` +
      `will delete them; if they are to go, run: ${rule.destroyCommand(past, things)}`,
  );
}

/** What is said of a user that is gone, and of which the state does not tell what it had. */
export function lostEstate({ label }: UserKind, rule: BelongingsRule, id: string, past: Past): string {
  const { command, which } = rule.strays(past);
  return (
    `${label} "${id}" is gone, and its state does not tell which ${rule.noun}s it had: none are deleted; if a destroy was ` +
    `cut off after it had deleted the user, some are left: look for ${which} in ${command}`
  );
}

/** Whether a user has the name of the one that is gone: somebody's, or this one in a read that lags. */
async function isShownAgain(op: Operation, declined: readonly Declined[]): Promise<boolean> {
  if (isOver(op.deadline) || declined.every(({ owner }) => owner !== op.id)) return false;
  return (await shown(op)) !== undefined;
}

/** Leaves out what belongs to another user by now, or to one that was made again under the same name. */
function withoutOthers(
  op: Operation,
  { noun }: BelongingsRule,
  declined: readonly Declined[],
  isBack: boolean,
): readonly Declined[] {
  const others = declined.filter(({ owner }) => owner !== undefined && (owner !== op.id || isBack));
  for (const { id, owner } of others) {
    op.say(`${noun} ${id} belongs to ${op.kind.label} "${owner}" by now: it is left alone`);
  }
  return declined.filter((each) => !others.includes(each));
}

function remaining(
  op: Operation,
  rule: BelongingsRule,
  past: Past,
  left: readonly string[],
  error: unknown,
): Refusal {
  const { cause, advice } = explain(error, op.kind.service, op.kind.faults);
  const known = declaredBelongings(op.kind, past) ?? [];
  const next = left.every((id) => known.includes(id))
    ? "The next destroy deletes them, or run:"
    : `The state does not know them all, so no later destroy will; run:`;
  return new Refusal(
    `the user is gone, but not all that belonged to it: ${countOf(rule.noun, left)} could not be deleted (${cause})`,
    [advice, next, rule.destroyCommand(past, left)].filter((part) => part !== undefined).join(" "),
    { cause: error },
  );
}
