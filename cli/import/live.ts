import picomatch from "picomatch";
import type { Outputs } from "../../provider/args";
import { faultOf } from "../../provider/aws/faults";
import { ownerIn } from "../../provider/aws/ownerTag";
import type { Tags } from "../../provider/aws/tags";
import type { Observer } from "../../provider/observer";
import { isRegional } from "../../provider/regions";
import type { Service } from "../../provider/service";
import { type ListedUser, listUnmanaged, readUnmanaged, type UnmanagedUser } from "../../provider/unmanaged";
import { inParallel } from "../../provider/wait/inParallel";

/** Which users of a service are wanted. */
export interface Selection {
  /** The collection of Rekognition users. */
  readonly collection?: string | undefined;
  /** A glob for names. */
  readonly match?: string | undefined;
  /** All of them must be there. */
  readonly tags: readonly WantedTag[];
}

/** A tag that a user must have. */
export interface WantedTag {
  readonly key: string;
  readonly value: string;
}

/** A user to be taken over. */
export interface FoundUser {
  readonly service: Service;
  /** The noun of its kind: `MemoryDB user`. */
  readonly label: string;
  /** Whether it belongs to a region. */
  readonly isRegional: boolean;
  readonly id: string;
  /** How people call it. */
  readonly name: string;
  /** What a program would declare, but for passwords, which AWS never shows. */
  readonly declared: Outputs;
  /** What the state is to hold, as are the outputs. */
  readonly inputs: Outputs;
  readonly outputs: Outputs;
  readonly passwordCount: number;
}

/** What was found in AWS, in an order that depends on nothing else. */
export interface Findings {
  readonly users: readonly FoundUser[];
  /** Sentences about users that match and are left out, and why. */
  readonly leftOut: readonly string[];
  /** Sentences about users that are not left out. */
  readonly remarks: readonly string[];
}

/** What was found, and where. */
export interface Sights extends Findings {
  readonly account: string;
  readonly region: string;
}

/** Users that are read at the same time: calls are paced by what AWS takes. */
const READS_AT_ONCE = 10;

/**
 * Finds the users of a service that can be taken over; the built-in ones cannot.
 *
 * @param doing Told what is under way.
 * @throws Error in words.
 */
export async function findUsers(
  observer: Observer,
  selection: Selection,
  doing: (text: string) => void,
): Promise<Findings> {
  const { label } = observer.kind;
  doing(`listing ${label}s`);
  const matches = selection.match === undefined ? () => true : picomatch(selection.match, { dot: true });
  const listed = (await list(observer, selection)).filter((user) => !user.isBuiltIn && matches(user.name));
  let done = 0;
  const judged = await inParallel(listed, READS_AT_ONCE, async (user) => {
    doing(`reading ${label}s: ${done} of ${listed.length}`);
    const verdict = await judge(observer, user, selection);
    done += 1;
    return verdict;
  });
  return together(judged);
}

/** What was found in several places. */
export function together(findings: readonly Findings[]): Findings {
  return {
    users: findings.flatMap(({ users }) => users),
    leftOut: findings.flatMap(({ leftOut }) => leftOut),
    remarks: findings.flatMap(({ remarks }) => remarks),
  };
}

async function list(observer: Observer, { collection }: Selection): Promise<readonly ListedUser[]> {
  const { kind, scope, account } = observer;
  try {
    return await listUnmanaged(observer, collection ?? "");
  } catch (error) {
    if (!(error instanceof Error) || faultOf(error.cause, kind.faults) !== "gone") throw error;
    throw new Error(
      `there is no collection "${collection}" in ${scope.region} of account ${account}. Collections belong to a ` +
        "region: check --collection and --region.",
      { cause: error },
    );
  }
}

const NOTHING: Findings = { users: [], leftOut: [], remarks: [] };

async function judge(observer: Observer, listed: ListedUser, { tags }: Selection): Promise<Findings> {
  const { service, kind } = observer;
  const { id, name, phase } = listed;
  const called = `${kind.label} "${id}"`;
  const leftOut = (why: string) => ({ ...NOTHING, leftOut: [`${called} ${why}`] });
  if (phase === "deleting") return leftOut("is being deleted");
  const user = await readUnmanaged(observer, listed);
  if (user === undefined) return leftOut("was deleted meanwhile");
  if (user.phase === "deleting") return leftOut("is being deleted");
  if (!hasTags(user, tags)) return NOTHING;
  if (user.problems.length > 0) {
    const reasons = user.problems.map(({ path, rule }) => `${path} ${rule}`);
    return leftOut(`has what no program can declare: ${reasons.join("; ")}`);
  }
  const { declared, inputs, outputs, passwordCount } = user;
  const state = { declared, inputs, outputs, passwordCount };
  return {
    users: [{ service, label: kind.label, isRegional: isRegional(kind), id, name, ...state }],
    leftOut: [],
    remarks: remarksOn(user).map((remark) => `${called} ${remark}`),
  };
}

function hasTags({ outputs }: UnmanagedUser, wanted: readonly WantedTag[]): boolean {
  const live = tagsOf(outputs);
  return wanted.every(({ key, value }) => live[key] === value);
}

function remarksOn({ phase, status, outputs }: UnmanagedUser): string[] {
  const owner = ownerIn(tagsOf(outputs));
  return [
    ...(phase === "ready" ? [] : [`is changing (status ${status}): run pulumi refresh after the import`]),
    ...(owner === undefined
      ? []
      : [
          `carries the mark of stack ${owner.stack} of project ${owner.project}: ` +
            "only one stack should manage it, for either would delete it. Where this stack is another, the preview takes " +
            "the mark away",
        ]),
  ];
}

function tagsOf({ tagsAll }: Outputs): Tags {
  return (tagsAll ?? {}) as Tags;
}
