import type { Service } from "../provider/service";

/** Raised when a program that reads the document of before would misunderstand it. */
export const FORMAT_VERSION = 1;

/** What `pulumi destroy` will do with the users of a stack. Its JSON schema says the same to machines. */
export interface DestroyPlan {
  /** Raised when a program that reads the document of before would misunderstand it. */
  formatVersion: typeof FORMAT_VERSION;
  /** The name of the Pulumi project. */
  project: string;
  /** The name of the stack, without organization and project. */
  stack: string;
  /** ISO 8601, in UTC. */
  madeAt: string;
  /**
   * `blocked`: destroy fails on a user or on another resource that is protected, or a run was interrupted while it
   * created a user.
   */
  verdict: "clear" | "blocked";
  /** What somebody should know first. */
  warnings: Warning[];
  /** The users in the state. */
  users: PlannedUser[];
  /** What a run began, and the engine did not see ending. */
  pending: PendingOperation[];
}

/** Which user something is about. */
export interface IdentifiedUser {
  /** The URN of the Pulumi resource. */
  urn: string;
  /** The name of the Pulumi resource. */
  name: string;
  /** `memorydb`, `elasticache`, `iam` or `rekognition`. */
  service: Service;
  /** The kind in words: `IAM user`. */
  label: string;
  /** User name, user id, or `collection/user`. */
  id: string;
}

/** What a destroy will do with a user. */
export interface PlannedUser extends IdentifiedUser {
  /** Null for IAM users, which have none. */
  region: string | null;
  /** The account in the state, twelve digits. */
  account: string | null;
  /**
   * - `deleted`: it goes.
   * - `blocked`: destroy fails on it.
   * - `protected`: destroy fails on it, for it is protected.
   * - `retained`: it leaves the state and stays in AWS.
   * - `gone`: there is no such user any more; faces that `forceDestroy` purges still go.
   * - `somebodyElses`: another user has the name now, and is left alone.
   * - `otherAccount`: destroy fails, for the credentials belong to another account.
   */
  outcome: "deleted" | "blocked" | "protected" | "retained" | "gone" | "somebodyElses" | "otherAccount";
  /** Why, in words, and what to do about it; null for one that is simply deleted. */
  reason: string | null;
  /** It is the old copy of a replacement that did not get to its end. */
  replaced: boolean;
  /** Calls that change something, as AWS accepts them; look-ups and refused tries are left out. */
  calls: PlannedCall[];
  /** What the deletion removes, changes, or fails on. */
  attachments: Attachment[];
}

/** Calls of one kind that a destroy will make. */
export interface PlannedCall {
  /** As in IAM policies: `iam:DeleteUser`. */
  action: string;
  /** How many of them, at least one. */
  times: number;
}

/** Something that hangs on a user, or that uses it, and what becomes of it. */
export interface Attachment {
  /**
   * `accessKeys` and the other names in `forceDestroy`; `acls`, `clusters`, `userGroups`, `replicationGroups`,
   * `serverlessCaches`, `faceIds`.
   */
  kind: string;
  /** The kind in words, singular: `access key`. */
  noun: string;
  /** As AWS calls it: a name, an id or an ARN. */
  id: string;
  /**
   * - `purged`: removed.
   * - `purgeable`: `forceDestroy` allows it, and nothing is removed as long as others block.
   * - `blocks`: keeps the user from being deleted.
   * - `awaited`: blocks, is going by itself, and is waited for.
   * - `detached`: no longer has the user.
   * - `disconnected`: connections of the user to it are cut.
   * - `freed`: stays, without the user.
   */
  fate: "purged" | "purgeable" | "blocks" | "awaited" | "detached" | "disconnected" | "freed";
  /** When it was made, where AWS tells: ISO 8601, in UTC. */
  madeAt?: string | undefined;
  /** The last use, where AWS tells of one. */
  lastUsed?: LastUse | undefined;
}

/** When and by what something was last used, as far as AWS tells. */
export interface LastUse {
  /** ISO 8601, in UTC. */
  at: string;
  /** The AWS service that was called: `s3`. */
  service?: string | undefined;
  /** Where it was called. */
  region?: string | undefined;
}

/** An operation that a run began, and that the engine did not see ending. */
export interface PendingOperation extends IdentifiedUser {
  /** What the run was doing with the user. */
  type: "creating" | "updating" | "deleting";
  /** The state has the user, so destroy deals with it. */
  inState: boolean;
  /** Null where it was not asked, for it is in the state or its name is secret. */
  existsInAws: boolean | null;
  /** What to do about it, in words. */
  advice: string;
}

/** What somebody should know before anything else. */
export interface Warning {
  /**
   * - `recentlyUsed`: a key or password was used in the last seven days.
   * - `inUse`: connections are cut.
   * - `notKnown`: AWS did not tell.
   * - `otherProtected`: destroy fails on protected resources that are no users.
   */
  code: "recentlyUsed" | "inUse" | "notKnown" | "otherProtected";
  /** The user that it is about. */
  urn: string | null;
  /** In words, for people. */
  text: string;
}

/** A plan as it is printed; `formatVersion` is this version's. */
export function planned(content: Omit<DestroyPlan, "formatVersion">): DestroyPlan {
  return { formatVersion: FORMAT_VERSION, ...content };
}
