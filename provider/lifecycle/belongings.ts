import { randomUUID } from "node:crypto";
import type { CheckedArgs, Past } from "../args";
import { faultOf } from "../aws/faults";
import { countOf, declaredBelongings } from "../belongings";
import type { Belongings, Declined, LiveUser } from "../gateway";
import type { BelongingsRule } from "../kind";
import { changing, vanished } from "./changing";
import { HalfMade, Refusal } from "./errors";
import { type Onlooker, type Operation, shownToo, watch } from "./operation";
import { settle } from "./settle";

/**
 * What a user has, as its arguments would declare it, where the past declared anything of it: those declared before
 * come in that order. Undefined when the user is gone.
 */
export async function readBelongings(
  op: Onlooker,
  past: Past,
): Promise<Record<string, readonly string[]> | undefined> {
  const parts = partsOf(op);
  const before = declaredBelongings(op.kind, past);
  if (parts === undefined || before === undefined) return {};
  const now = await listBelongings(op, parts);
  if (now === undefined) return undefined;
  const added = now.filter((id) => !before.includes(id)).sort();
  return { [parts.rule.property]: [...before.filter((id) => now.includes(id)), ...added] };
}

/**
 * Gives a ready user what it is declared to have, takes from it what it is not, and waits until AWS shows that. Where
 * nothing is declared, AWS is not asked.
 *
 * @param known What it has, where that is known.
 * @throws HalfMade when anything is not as declared in the end; it says for each thing why.
 */
export async function bringBelongings(
  op: Operation,
  want: CheckedArgs,
  live: LiveUser,
  known?: readonly string[],
): Promise<LiveUser> {
  const parts = partsOf(op);
  const wanted = declaredBelongings(op.kind, want);
  if (parts === undefined || wanted === undefined) return live;
  let seen = live;
  let has = known;
  try {
    has ??= await listBelongings(op, parts);
    if (has === undefined) throw vanished();
    const before = has;
    const surplus = before.filter((id) => !wanted.includes(id));
    const lacking = wanted.filter((id) => !before.includes(id));
    if (surplus.length === 0 && lacking.length === 0) return live;
    const declined = await exchange(op, want, live, { ...parts, surplus, lacking }, () => {
      has = undefined;
    });
    seen = await settle(op, want, live, (now) => {
      seen = now;
    });
    const arriving = lacking.filter((id) => !declined.some((each) => each.id === id));
    has = await awaitShown(op, { ...parts, surplus, lacking: arriving });
    if (declined.length > 0) throw notGiven(parts.rule, declined, lacking.length);
    return seen;
  } catch (error) {
    throw new HalfMade(seen, error, has);
  }
}

/** What is known of belongings, and how to ask AWS. */
interface Parts {
  readonly rule: BelongingsRule;
  readonly calls: Belongings;
}

/** What differs between what a user has and what it is to have. */
interface Exchange extends Parts {
  readonly surplus: readonly string[];
  readonly lacking: readonly string[];
}

/** Undefined where users have nothing. */
export function partsOf({ kind, gateway }: Onlooker): Parts | undefined {
  const { belongings: rule } = kind;
  const { belongings: calls } = gateway;
  return rule && calls && { rule, calls };
}

/** All that a user has, or undefined when it is gone: only a look-up proves that. */
export function listBelongings(op: Onlooker, { rule, calls }: Parts): Promise<readonly string[] | undefined> {
  return watch<readonly string[] | undefined>(op, `AWS to list the ${rule.noun}s of the user`, async () => {
    try {
      return { done: await calls.list(op.id) };
    } catch (error) {
      if (faultOf(error, op.kind.faults) !== "gone") throw error;
      const gone = "AWS says that the user does not exist";
      if ((await shownToo(op, gone)) === undefined) return { done: undefined };
      return { pending: `${gone}, and shows it` };
    }
  });
}

/** Takes first: there is a limit to what a user can have. Answers with what AWS did not give. */
async function exchange(
  op: Operation,
  want: CheckedArgs,
  live: LiveUser,
  { rule, calls, surplus, lacking }: Exchange,
  onChange: () => void,
): Promise<readonly Declined[]> {
  const change = changing(op, live);
  if (surplus.length > 0) {
    const token = randomUUID();
    await change(`AWS to take ${rule.noun}s from the user`, () => calls.take(op.id, surplus, token));
    onChange();
  }
  if (lacking.length === 0) return [];
  const token = randomUUID();
  const declined = await change(`AWS to give ${rule.noun}s to the user`, () =>
    calls.give(want, lacking, token),
  );
  onChange();
  return declined;
}

/** What a user has once all changes show. */
function awaitShown(op: Operation, { rule, calls, surplus, lacking }: Exchange): Promise<readonly string[]> {
  return watch(op, `AWS to show the change of the ${rule.noun}s`, async () => {
    const has = await calls.list(op.id);
    const late = [...surplus.filter((id) => has.includes(id)), ...lacking.filter((id) => !has.includes(id))];
    return late.length === 0 ? { done: has } : { pending: `as before: ${countOf(rule.noun, late)}` };
  });
}

function notGiven(
  { noun, given, advice }: BelongingsRule,
  declined: readonly Declined[],
  of: number,
): Refusal {
  const each = declined.map(({ id, reason, owner }) => `${id}: ${reason}${owner ? ` "${owner}"` : ""}`);
  const steps = Object.entries(advice)
    .filter(([word]) => declined.some(({ reason }) => reason.includes(word)))
    .map(([, step]) => step);
  return new Refusal(
    `${declined.length} of ${of} ${noun}${of === 1 ? "" : "s"} could not be ${given} (${each.join("; ")})`,
    [...steps, "The next pulumi up goes on with what is missing."].join(" "),
  );
}
