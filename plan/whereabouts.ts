import type { Past } from "../provider/args";
import type { Scope } from "../provider/aws/scope";
import type { LiveUser } from "../provider/gateway";
import { Refusal } from "../provider/lifecycle/errors";
import { sentences } from "../provider/lifecycle/explain";
import { assertAccount } from "../provider/lifecycle/host";
import { isAnother, knownIn } from "../provider/lifecycle/identity";
import { assertReadable } from "../provider/lifecycle/state";
import { REGION_OF_GLOBAL_USERS } from "../provider/regions";
import type { StackUser } from "../stack";
import type { PlannedUser } from "./document";
import type { Source, SourceOf } from "./sources";

/** What a destroy will do with a user, where nothing that hangs on the user can change that. */
export interface Verdict extends Pick<PlannedUser, "outcome" | "reason"> {
  /** Where it was looked for in vain. */
  readonly missedIn?: Source;
}

/** A user that a destroy will ask AWS to delete. */
export interface Found {
  readonly source: Source;
  readonly live: LiveUser;
}

/** Where the calls for a user go. */
export function scopeOfUser({
  inputs,
  outputs,
  settings,
}: Pick<StackUser, "inputs" | "outputs" | "settings">): Scope {
  const region = outputs["region"] ?? inputs["region"] ?? REGION_OF_GLOBAL_USERS;
  return { region: String(region), identity: settings.identity };
}

/**
 * Finds the user of a state in AWS, in the steps of a destroy: the engine's own rules first, then whose credentials these
 * are, then whether the user is still there and still the same.
 */
export async function whereabouts(user: StackUser, sourceOf: SourceOf): Promise<Verdict | Found> {
  const known = verdictOfState(user);
  if (known !== undefined) return known;
  const source = await sourceOf(user.service, scopeOfUser(user));
  const { outputs, settings, id } = user;
  const refusal = refusalOf(() => assertAccount(source.account, outputs["accountId"], settings));
  if (refusal !== undefined) {
    const isAnotherAccount = outputs["accountId"] !== source.account;
    return { outcome: isAnotherAccount ? "otherAccount" : "blocked", reason: refusal };
  }
  const live = await source.find(id);
  if (live === undefined)
    return { outcome: "gone", reason: "AWS has no such user any more", missedIn: source };
  if (isAnother({ kind: source.kind, known: knownIn(outputs as Past) }, live)) return SOMEBODY_ELSES;
  if (source.kind.phase(live) === "deleting") {
    return { outcome: "gone", reason: "AWS is deleting it already: destroy waits until it is gone" };
  }
  return { source, live };
}

const SOMEBODY_ELSES: Verdict = {
  outcome: "somebodyElses",
  reason: "it was deleted, and somebody made another of the same name, which is left alone",
};

/** What the state alone decides. A replaced copy is deleted even where it is protected. */
function verdictOfState(user: StackUser): Verdict | undefined {
  const { protect, retainOnDelete, deletedWith, replaced, awaitsReplacement, outputs } = user;
  if (awaitsReplacement)
    return { outcome: "gone", reason: "a replacement that did not get to its end deleted it" };
  if (protect && !replaced) {
    const reason =
      "destroy fails on it. Take the option protect away and run pulumi up, run pulumi state unprotect, or destroy with --exclude-protected.";
    return { outcome: "protected", reason };
  }
  if (retainOnDelete) return { outcome: "retained", reason: "retainOnDelete leaves it in AWS" };
  if (deletedWith !== undefined) {
    return { outcome: "retained", reason: `deletedWith leaves it to the deletion of ${deletedWith}` };
  }
  const unreadable = refusalOf(() => assertReadable(outputs));
  return unreadable === undefined ? undefined : { outcome: "blocked", reason: unreadable };
}

/** The sentence of a refusal, or undefined when there is none. */
function refusalOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { message: cause, advice = "" } = error;
    return sentences({ cause, advice });
  }
}
