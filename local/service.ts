import type { Use } from "./lastUse";

/** What a service of the local AWS is made of. The server in server.ts turns wire calls into these and back. */

/** Decoded request or response members, under AWS's own member names. */
export type Members = Record<string, unknown>;

/** Who asks, where, and when. */
export interface Caller {
  /** Twelve digits; follows from the access key id of the request. */
  readonly account: string;
  /** From the signature: who signed, where it matters (IAM and STS). */
  readonly accessKeyId: string;
  /** From the signature's credential scope. */
  readonly region: string;
  /** Milliseconds since the epoch, from the server's clock. */
  readonly now: number;
}

/** Query protocols hand every scalar over as text; lists are arrays, an empty list is `""`. */
export type Operation = (input: Members, caller: Caller) => Members;

/** How the service speaks: awsJson1.1 with a target prefix, or awsQuery with an API version. */
export type Wire =
  | { readonly protocol: "json"; readonly targetPrefix: string }
  | {
      readonly protocol: "query";
      readonly version: string;
      readonly xmlNamespace: string;
      /**
       * Names of list items other than `member`, by operation and list: `{ "ListTagsForResource/TagList": "Tag" }`.
       * Only lists right in the result of an operation have such names here.
       */
      readonly itemNames?: Readonly<Record<string, string>>;
    };

/** A user that is alive in the local AWS, for the proof that none is left over. */
export interface LocalUser {
  /** `iam`, `memorydb`, `elasticache` or `rekognition`. */
  readonly service: string;
  /** Twelve digits. */
  readonly account: string;
  /** Missing for IAM users, who are in all regions. */
  readonly region?: string;
  /** The collection of a Rekognition user. */
  readonly collectionId?: string;
  /** Its name, for ElastiCache and Rekognition its id. */
  readonly id: string;
  /** As AWS shows it: `active`, `modifying`, `deleting`; for Rekognition `CREATED` or `ACTIVE`. */
  readonly status: string;
  /** What hangs on the user, by kind: ACLs and their clusters, user groups and their caches, access keys, faces. */
  readonly attached: Readonly<Record<string, readonly string[]>>;
}

/** One AWS service, its data in memory. */
export interface LocalService {
  /** As in the signature's credential scope: `iam`, `sts`, `memorydb`, `elasticache`, `rekognition`. */
  readonly name: string;
  readonly wire: Wire;
  readonly operations: Readonly<Record<string, Operation>>;
  users(now: number): LocalUser[];
  /** Takes down that credentials were used; false when it does not know them. Missing where no credentials are kept. */
  noteUse?(use: Use, now: number): boolean;
  /** Forgets everything. */
  reset(): void;
}

/** An answer other than success, as AWS words it. */
export class ServiceError extends Error {
  constructor(
    /** The code as AWS puts it on the wire: `NoSuchEntity`, `UserNotFoundFault`. */
    readonly code: string,
    message: string,
    readonly httpStatus = 400,
  ) {
    super(message);
    this.name = code;
  }
}

/** How long what takes time in AWS takes here, and how much a page holds. */
export interface Settings {
  /** Milliseconds that a created, modified or deleted user, cluster or cache stays in the state between. */
  readonly createMs: number;
  readonly modifyMs: number;
  readonly deleteMs: number;
  /** Milliseconds an ACL or user group stays `modifying` after its members changed. */
  readonly groupMs: number;
  /**
   * Milliseconds after an ElastiCache user was made or its tags were written in which calls about its tags answer
   * UserNotFound, and after a write of tags other changes InvalidUserState; `modifyMs` unless given.
   */
  readonly tagWindowMs?: number;
  /** Milliseconds for which IAM reads may still show what was true before a write. */
  readonly iamLagMs: number;
  /** Items a page holds at most, when smaller than the service's own limit. */
  readonly pageSize: number;
  readonly faces: FaceSettings;
}

/** What Rekognition would see in an image, and what AWS does not tell of users without faces. */
export interface FaceSettings {
  /** How sure it is that a face is the person of a user, 0 to 100, by the face's ExternalImageId; 99.9 unless given. */
  readonly confidence?: Readonly<Record<string, number>>;
  /** The status of a user whose last face was taken from it; `CREATED` unless given. */
  readonly statusWithout?: "CREATED" | "ACTIVE";
}
