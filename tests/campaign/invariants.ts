import { faultOf } from "../../provider/aws/faults";
import { sameThings } from "../../provider/belongings";
import type { UserKind } from "../../provider/kind";
import { shown } from "./modelAccess";
import type { ModelAws, ModelUser } from "./modelAws";
import { type Props, type Step, type StepError, unsealed } from "./modelEngine";
import { type Service, TIMEOUT_MS } from "./modelFaults";

/** A step of the engine that is over. */
export interface FinishedStep {
  readonly step: Step;
  readonly service: Service;
  readonly id: string;
  readonly kind: UserKind;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly limitMs: number;
  /** The identity in the state, where AWS gives one. */
  readonly uid: unknown;
  /** What may be purged, those that are put back counted each time. */
  readonly purges: number;
  readonly error: StepError | undefined;
  /** What the provider answered with, when it did not fail. */
  readonly answer: unknown;
}

/** The invariants that a step broke, each with its number. */
export function broken(aws: ModelAws, step: FinishedStep): string[] {
  const user = aws.userNow(step.service, step.id);
  const wrongs =
    step.error === undefined
      ? brokenBySuccess(aws, step, user)
      : brokenByFailure(aws, step, step.error, user);
  return [...wrongs, ...brokenByAny(aws, step)].map((wrong) => `${wrong}: ${summary(step)}`);
}

function brokenBySuccess(
  { lagMs }: ModelAws,
  { step, service, startedAt, answer, uid }: FinishedStep,
  user: ModelUser | undefined,
): string[] {
  const other = uid !== undefined && uid !== user?.uid;
  const mine = user !== undefined && user.owner !== "somebody" && !other;
  // Where one look is enough, one that shows the name free before somebody made the user again ends the wait as well.
  const mayBeMissed = user?.status === "deleting" && user.bornAt > startedAt - lagMs[service];
  if (step === "delete" && mine && !mayBeMissed) return ["(1) the deletion succeeded and the user is there"];
  if ((step === "create" || step === "update") && mine) {
    const { faceIds } = (answer as { readonly outs: { readonly faceIds?: unknown } }).outs;
    if (!hasAll(user, faceIds)) return ["(9) the user has other faces than the state says"];
  }
  if (step !== "delete" && mine && isMisread(user, answer)) {
    return ["(10) the state remembers another access string than AWS has"];
  }
  if (step === "read" && mine && !(answer as { id?: string }).id) return ["(6) a refresh lost the user"];
  return [];
}

/** What is remembered of what AWS made of an access string decides what counts as drift later. */
function isMisread(user: ModelUser, answer: unknown): boolean {
  const { outs, props } = answer as { outs?: Props; props?: Props };
  const remembered = (outs ?? props)?.["observedAccessString"];
  return remembered !== undefined && unsealed(remembered) !== shown(user).accessString;
}

/** Where nothing is declared, a user may have any. */
function hasAll({ attributes: { faceIds: has = [] } }: ModelUser, declared: unknown): boolean {
  return declared === undefined || sameThings(has, declared);
}

function brokenByFailure(
  aws: ModelAws,
  step: FinishedStep,
  error: StepError,
  user: ModelUser | undefined,
): string[] {
  const wrongs: string[] = [];
  if (!namesCause(aws, step, error)) wrongs.push("(2) the error names no cause");
  if (error.stack) wrongs.push("(2) the error has a stack");
  if (error.id !== undefined && error.reasons?.[0] !== error.message)
    wrongs.push("(2) the reasons lack the message");
  const made = user?.owner === "stack" && user.bornAt >= step.startedAt;
  if (step.step === "create" && made && error.id === undefined && !error.message.includes("adoptExisting")) {
    wrongs.push("(6) the create lost the user that it made");
  }
  if (step.endedAt < step.startedAt + step.limitMs && isPassing(step, error)) {
    wrongs.push("(5) a passing fault was a failure before the deadline");
  }
  return wrongs;
}

/** Denied, timed out with what was seen last, blocked by what, or an answer of AWS that there was. */
function namesCause(
  aws: ModelAws,
  { step, id, kind, startedAt, endedAt }: FinishedStep,
  { message }: Error,
): boolean {
  const subject = `${{ create: "creating", read: "reading", update: "updating", delete: "deleting" }[step]} ${kind.label} "${id}": `;
  if (!message.startsWith(subject)) return false;
  const cause = message.slice(subject.length);
  const failed = aws.calls.filter(
    ({ at, failed }) => failed !== undefined && at >= startedAt - TIMEOUT_MS && at <= endedAt,
  );
  return (
    /^waited .+ for .+; last seen: \S/.test(cause) ||
    /access was denied to [a-z]+:[A-Z]\w+/.test(cause) ||
    /^the purge removed .+; not removed: .+: \S/.test(cause) ||
    /^blocked by \d+ .+ \(.+\)/.test(cause) ||
    /^the user is gone, but not all that belonged to it: \d+ .+ could not be deleted \(\S+/.test(cause) ||
    /^(it|its|a user of that name|somebody) \S/.test(cause) ||
    failed.some(({ failed }) => cause.includes(`${failed}: `))
  );
}

/** An error that waiting would have helped, without the deadline having come. */
function isPassing({ kind }: FinishedStep, error: Error): boolean {
  let root: Error = error;
  while (root.cause instanceof Error) root = root.cause;
  return root.name === "TimedOut" || ["busy", "throttled", "transient"].includes(faultOf(root, kind.faults));
}

/** A look-up shared with others may begin a little after the deadline. */
const WALK_GAP_MS = 300;
/** One that times out, and the time after which a shared look-up tells of it. */
const LONGEST_CALL_MS = TIMEOUT_MS + 2_000;

/** The purges of one sweep go out together. */
function brokenByAny(aws: ModelAws, step: FinishedStep): string[] {
  const wrongs: string[] = [];
  const over = step.endedAt - step.startedAt - step.limitMs;
  if (over > LONGEST_CALL_MS) wrongs.push(`(5) it ended ${Math.round(over)} ms after its deadline`);
  const calls = aws.calls.filter(
    ({ service, id, at }) =>
      service === step.service && id === step.id && at >= step.startedAt && at <= step.endedAt,
  );
  const late = calls
    .filter(({ at }) => at > step.startedAt + step.limitMs + WALK_GAP_MS)
    .map(({ verb }) => verb);
  const sweeps = late.includes("purge") ? 1 : 0;
  if (late.filter((verb) => verb !== "purge").length + sweeps > 1) {
    wrongs.push(`(5) calls began after the deadline one after the other: ${late.join(", ")}`);
  }
  const failures = calls.filter(({ failed }) => failed !== undefined).length;
  const most = 20 + 3 * failures + 3 * step.purges + 3 * looksWithin(step.endedAt - step.startedAt);
  if (calls.length > most) wrongs.push(`(8) it took ${calls.length} calls, and ${most} are enough`);
  return wrongs;
}

/** How often one looks within a time, by the shortest gaps that are promised. */
function looksWithin(ms: number): number {
  let looks = 0;
  for (let waited = 0; waited < ms; looks++) {
    waited += 0.75 * Math.max(Math.min(200 * 2 ** Math.min(looks, 10), 1_500), Math.min(waited / 12, 10_000));
  }
  return looks;
}

function summary({ step, service, id, startedAt, endedAt, error }: FinishedStep): string {
  const took = `${((endedAt - startedAt) / 1_000).toFixed(1)} s`;
  return `${step} of ${service} ${id}, ${took}, ${error === undefined ? "succeeded" : `failed: ${error.message}`}`;
}
