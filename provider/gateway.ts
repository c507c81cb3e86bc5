/** How the users of a service are asked for and changed in AWS: what each service must provide. Types only. */

import type { CommonArgs } from "./args";
import type { TagChanges, Tags } from "./aws/tags";
import type { ListPage } from "./wait/walks";

/** One service's users in one account and region. Knows AWS and nothing of Pulumi; throws SDK errors as they are. */
export interface UserGateway<Args = CommonArgs, Live extends object = LiveUser> {
  /** The live user, or undefined when AWS says that there is none. */
  find(id: string): Promise<Live | undefined>;
  /** One page of the users of a list, the first one without a token. Throws where the list does not exist. */
  page(group: string, token?: string): Promise<ListPage<Live>>;
  /**
   * Asks for the user; it may not be usable yet. Returns what AWS answered of it, if anything.
   *
   * @param token The same for each try of one operation, for services that recognise a repeated request.
   */
  create(args: Args, token: string): Promise<Live | undefined>;
  /** Sends the changed arguments, and nothing where there are none. Tags go through {@link Tagging}. */
  update(live: Live, want: Args, changed: ReadonlySet<string>): Promise<void>;
  /** Asks for deletion; an absent user is success. */
  remove(id: string): Promise<void>;
  /** Missing where the service has no tags on users. */
  readonly tagging?: Tagging<Live>;
  /** Missing where nothing can block a deletion. */
  readonly dependents?: Dependents;
  /** Missing where nothing is known to use users. */
  readonly usage?: Usage<Live>;
  /** Present where the kind has {@link UserKind.belongings}. */
  readonly belongings?: Belongings<Args>;
}

/** A live user's tags. */
export interface Tagging<Live> {
  /** All of them, `aws:` tags included. */
  read(live: Live): Promise<Tags>;
  write(live: Live, changes: TagChanges): Promise<void>;
}

/** Things that a user can have, by their ids. They outlive it, and its look-up does not show them. */
export interface Belongings<Args = CommonArgs> {
  /** All that the user has now, all pages. */
  list(id: string): Promise<readonly string[]>;
  /**
   * Gives them to the user; those that it has already are left as they are.
   *
   * @param token The same for each try, for services that recognise a repeated request.
   * @returns Those that it did not get.
   */
  give(args: Args, things: readonly string[], token: string): Promise<readonly Declined[]>;
  /** Takes them from the user; those that it does not have are left as they are. */
  take(id: string, things: readonly string[], token: string): Promise<void>;
  /**
   * Deletes them, absent ones being a success, where they are nobody's.
   *
   * @param id The user that had them.
   * @returns Those that are still there.
   */
  destroy(id: string, things: readonly string[]): Promise<readonly Declined[]>;
  /** The operation that {@link Belongings.destroy} calls, once for all things of a user. */
  readonly destroyCall: string;
}

/** Something that AWS left as it was, within an answer that is a success. */
export interface Declined {
  readonly id: string;
  /** AWS's words for it: `LOW_MATCH_CONFIDENCE`. */
  readonly reason: string;
  /** The id of the user that has it, where AWS says so. */
  readonly owner?: string | undefined;
}

/** What hangs on a user and blocks its deletion. */
export interface Dependents {
  /** Everything that blocks the user now, all pages. */
  list(id: string): Promise<readonly Blocker[]>;
  /** Removes one blocker; an absent one is success. Missing where a service lets nothing be purged. */
  purge?(id: string, blocker: Blocker): Promise<void>;
  /** What to do about blockers where nothing can be purged, as a sentence. */
  readonly remedy?: string;
  /** The operations that {@link Dependents.purge} calls for a blocker. */
  purgeCalls?(blocker: Blocker): readonly string[];
}

/** Something in AWS that keeps a user from being deleted. */
export interface Blocker {
  /** A key of `forceDestroy`, such as `accessKeys`; or another noun where nothing can be purged. */
  readonly kind: string;
  /** In words, singular: `access key`. */
  readonly noun: string;
  readonly id: string;
  /** What AWS tells of it, in words: `since 2026-01-02`. */
  readonly detail?: string;
  /** When it was made, where AWS tells: ISO 8601. */
  readonly madeAt?: string;
  /** True when it is already on its way out, so that waiting helps. */
  readonly clearing?: boolean;
}

/** What users are good for, asked before a deletion. Only reads. */
export interface Usage<Live> {
  /** What the deletion of each of these users changes. */
  affected?(lives: readonly Live[]): Promise<ReadonlyMap<Live, readonly Affected[]>>;
  /** Whether what is {@link Usage.affected} may keep AWS from deleting the user: then a plan must know it. */
  mayBeHeld?(live: Live): boolean;
  /** True where one walk of a list tells of all users, false where each takes calls of its own. */
  readonly together: boolean;
  /** The last use of something that hangs on a user; undefined when AWS knows of none. */
  lastUse?(live: Live, blocker: Blocker): Promise<LastUse | undefined>;
}

/** Something else that the deletion of a user changes, or that keeps it from being deleted. */
export interface Affected {
  /** Such as `clusters`; for belongings the property that lists them. */
  readonly kind: string;
  /** In words, singular: `cluster`. */
  readonly noun: string;
  readonly id: string;
  /**
   * `detached`: it no longer has the user. `disconnected`: connections of the user to it are cut. `freed`: it belonged to
   * the user, see {@link Belongings}, and stays unless it may be destroyed. `blocks`: AWS refuses the deletion. `awaited`: AWS refuses it until this is gone, and it is going.
   */
  readonly fate: "detached" | "disconnected" | "freed" | "blocks" | "awaited";
}

/** When and by what something was last used. */
export interface LastUse {
  /** ISO 8601. */
  readonly at: string;
  /** Such as `s3`. */
  readonly service?: string;
  readonly region?: string;
}

/** A user as AWS shows it: only its kind knows what is in it. */
export type LiveUser = object;
