import type { Service } from "../provider/service";

/**
 * The document as programs see it. Its words are in the JSON schema, which {@link destroyPlanSchema} gives and which says
 * the same; here is no type of the library that the schema is made with, for programs compile these.
 */

/** What `pulumi destroy` will do with the users of a stack. */
export interface DestroyPlan {
  /** Raised when a program that reads the document of before would misunderstand it. */
  readonly formatVersion: 1;
  readonly project: string;
  readonly stack: string;
  /** ISO 8601, in UTC. */
  readonly madeAt: string;
  /**
   * `blocked` when destroy fails on a user or on another resource that is protected, or a run was interrupted while it
   * created a user.
   */
  readonly verdict: "clear" | "blocked";
  readonly warnings: Warning[];
  readonly users: PlannedUser[];
  /** What a run began, and the engine did not see ending. */
  readonly pending: PendingOperation[];
}

/** Which user something is about. */
interface Identified {
  readonly urn: string;
  /** The name of the Pulumi resource. */
  readonly name: string;
  readonly service: Service;
  /** The kind in words: `IAM user`. */
  readonly label: string;
  /** User name, user id, or collection/user. */
  readonly id: string;
}

/** What destroy will do with one user. */
export interface PlannedUser extends Identified {
  /** null for IAM users, which have none. */
  readonly region: string | null;
  /** The account in the state: twelve digits. */
  readonly account: string | null;
  /**
   * `deleted`: it goes. `blocked`: destroy fails on it. `protected`: destroy fails on it, for it is protected.
   * `retained`: it leaves the state and stays in AWS. `gone`: there is nothing to delete any more. `somebodyElses`:
   * another user has the name now, and is left alone. `otherAccount`: destroy fails, for the credentials belong to
   * another account.
   */
  readonly outcome:
    | "deleted"
    | "blocked"
    | "protected"
    | "retained"
    | "gone"
    | "somebodyElses"
    | "otherAccount";
  /** Why, in words, and what to do about it; null for one that is simply deleted. */
  readonly reason: string | null;
  /** It is the old copy of a replacement that did not get to its end. */
  readonly replaced: boolean;
  /** Calls that change something, as AWS accepts them; look-ups and refused tries are left out. */
  readonly calls: PlannedCall[];
  /** What the deletion removes, changes, or fails on. */
  readonly attachments: Attachment[];
}

/** Calls of one action. */
export interface PlannedCall {
  /** As in IAM policies: `iam:DeleteUser`. */
  readonly action: string;
  /** One or more. */
  readonly times: number;
}

/** Something that hangs on a user, or that uses it, and what becomes of it. */
export interface Attachment {
  /**
   * `accessKeys` and the other names in forceDestroy; `acls`, `clusters`, `userGroups`, `replicationGroups`,
   * `serverlessCaches`, `faceIds`.
   */
  readonly kind: string;
  /** The kind in words, singular: `access key`. */
  readonly noun: string;
  readonly id: string;
  /**
   * `purged`: removed. `purgeable`: forceDestroy allows it, and nothing is removed as long as others block. `blocks`:
   * keeps the user from being deleted. `awaited`: blocks, is going by itself, and is waited for. `detached`: no longer
   * has the user. `disconnected`: connections of the user to it are cut. `freed`: stays, without the user.
   */
  readonly fate: "purged" | "purgeable" | "blocks" | "awaited" | "detached" | "disconnected" | "freed";
  /** ISO 8601, in UTC. */
  readonly madeAt?: string | undefined;
  /** Where AWS tells of one. */
  readonly lastUsed?: LastUse | undefined;
}

/** When and by what something was last used, as far as AWS tells. */
export interface LastUse {
  /** ISO 8601, in UTC. */
  readonly at: string;
  /** The AWS service that was called: `s3`. */
  readonly service?: string | undefined;
  readonly region?: string | undefined;
}

/** An operation that a run began, and that the engine did not see ending. */
export interface PendingOperation extends Identified {
  readonly type: "creating" | "updating" | "deleting";
  /** The state has the user, so destroy deals with it. */
  readonly inState: boolean;
  /** null where it was not asked, for it is in the state or its name is secret. */
  readonly existsInAws: boolean | null;
  readonly advice: string;
}

/** What somebody should know before anything else. */
export interface Warning {
  /**
   * `recentlyUsed`: a key or password was used in the last seven days. `inUse`: connections are cut. `notKnown`: AWS did
   * not tell. `otherProtected`: destroy fails on protected resources that are no users.
   */
  readonly code: "recentlyUsed" | "inUse" | "notKnown" | "otherProtected";
  /** The user that it is about. */
  readonly urn: string | null;
  readonly text: string;
}
