/** What a service must provide for its users to be managed: types only. See docs/decisions/ for the reasons. */

import type { z } from "zod";
import type { FaultTable } from "./aws/faults";
import type { Scope } from "./aws/scope";
import type { TagChanges, Tags } from "./aws/tags";

/** Durations such as `90s`, `10m` or `1h30m`, each bounding one whole operation, retries included. */
interface Timeouts {
  readonly create?: string;
  readonly update?: string;
  readonly delete?: string;
}

/** Arguments that users of every service have, as `check` leaves them. */
export interface CommonArgs {
  readonly region: string;
  readonly timeouts?: Timeouts | undefined;
  readonly adoptExisting?: boolean | undefined;
  /** Present where the service tags its users: the resource's own tags. */
  readonly tags?: Tags | undefined;
  /** The default tags of the stack with the resource's own over them: what AWS is to hold. */
  readonly tagsAll?: Tags | undefined;
  /** Present where something can be purged: everything, or the kinds of blockers that are named `true`. */
  readonly forceDestroy?: boolean | Readonly<Record<string, boolean>> | undefined;
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

/** What hangs on a user and blocks its deletion. */
export interface Dependents {
  /** Everything that blocks the user now, all pages. */
  list(id: string): Promise<readonly Blocker[]>;
  /** Removes one blocker; an absent one is success. Missing where a service lets nothing be purged. */
  purge?(id: string, blocker: Blocker): Promise<void>;
  /** The operations that {@link Dependents.purge} calls for a blocker. */
  purgeCalls?(blocker: Blocker): readonly string[];
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

/** What users are good for, asked before a deletion. Only reads. */
export interface Usage<Live> {
  /** What the deletion of each of these users changes. */
  affected?(lives: readonly Live[]): Promise<ReadonlyMap<Live, readonly Affected[]>>;
  /** True where one walk of a list tells of all users, false where each takes calls of its own. */
  readonly together: boolean;
  /** The last use of something that hangs on a user; undefined when AWS knows of none. */
  lastUse?(live: Live, blocker: Blocker): Promise<LastUse | undefined>;
}

/** One service's users in one account and region. Knows AWS and nothing of Pulumi; throws SDK errors as they are. */
export interface UserGateway<Args = CommonArgs, Live extends object = LiveUser> {
  /** The live user, or undefined when AWS says that there is none. */
  find(id: string): Promise<Live | undefined>;
  /** All users of a list, by key, page by page. Throws where the list does not exist. */
  list(group: string): AsyncIterable<ReadonlyMap<string, Live>>;
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

/** What a look-up says of a user. `pending` covers every status that AWS may add. */
export type Phase = "pending" | "ready" | "deleting";

/**
 * Everything particular to one kind of user, as data and pure functions. Written with its own types; the lifecycle
 * looks at every kind as `UserKind`, for which users are opaque.
 */
export interface UserKind<Args extends CommonArgs = CommonArgs, Live extends object = LiveUser> {
  /** The noun of every message: `MemoryDB user`. */
  readonly label: string;
  /** The prefix of the service's IAM actions: `memorydb`. */
  readonly service: string;
  /** The shape and rules of each declared property. */
  readonly inputs: z.ZodObject;
  /** Rules between properties, called with the values that are known. */
  rules(known: Readonly<Partial<Args>>): readonly Problem[];
  /** What is assumed where nothing is declared. */
  defaults(declared: Readonly<Partial<Args>>): Partial<Args>;
  /** The property that gets an automatic name, and what AWS allows in it. */
  readonly name: NameRule;
  /** The id of the user that AWS makes itself and that nobody may manage, where there is one. */
  readonly builtIn?: string;
  /** Properties whose change makes another user; `region` is among them where users have one. */
  readonly replaces: readonly string[];
  /** Those of them that name what the user is in: when that is deleted to be made again, the user goes with it. */
  readonly replacesWhenUnknown?: readonly string[];
  /** Properties that AWS does not hold and that steer this provider, besides those of every kind. */
  readonly steering?: readonly string[];
  /** What its users can have, where they can have something; see {@link Belongings}. */
  readonly belongings?: BelongingsRule<Args>;
  /** Whether two unequal values of a property mean the same all the same. */
  readonly same: Readonly<Record<string, (one: never, other: never) => boolean>>;
  /** Paths of write-only secrets within the arguments: `["authentication", "passwords"]`. */
  readonly secrets: readonly (readonly [string, string])[];
  /** What AWS keeps unique: two users with the same key cannot exist together. */
  awsKey(args: Args): string;
  /** The id of the Pulumi resource and of every look-up. */
  id(args: Args): string;
  connect(scope: Scope): UserGateway<Args, Live>;
  readonly listing: Listing;
  /** Where the user stands; with `want`, ready only when reads show what was asked for. */
  phase(live: Live, want?: Args): Phase;
  /** AWS's own word for the state, for messages. */
  status(live: Live): string;
  /** Where AWS gives each user an id of its own, which a user made again under the same name does not share. */
  identity?(live: Live): string;
  /** When AWS made the user, in milliseconds since the epoch: what is older than it was there before it. */
  madeAt?(live: Live): number | undefined;
  /** Look-ups in a row that must miss before a user counts as gone: more than 1 where reads lag behind writes. */
  readonly missesUntilGone: number;
  readonly faults: FaultTable;
  /** What the live user would declare, tags apart; what AWS never shows comes from the past. */
  observed(live: Live, past: Past<Args>): Partial<Args>;
  /**
   * What a live user shows of a change to values that AWS never returns: a clause such as
   * `AWS holds 1 password, and 2 were declared`. Undefined when there is none to be seen.
   */
  hiddenDrift?(live: Live, past: Past<Args>): string | undefined;
  /** Outputs that only AWS knows. */
  outputs(live: Live): Outputs;
}

/** The state of an earlier operation, arguments and outputs; anything may be missing. */
export type Past<Args = CommonArgs> = { readonly [Key in keyof Args]?: Args[Key] | undefined } & Outputs;

/** Arguments that passed the check, with those that only their kind knows. */
export type CheckedArgs<Args = CommonArgs> = Args & Outputs;

/** A broken rule. The path is written as in a program: `authentication.passwords[0]`. */
export interface Problem {
  readonly path: string;
  readonly rule: string;
}

/** What the list of a service's users is good for. */
interface Listing {
  /** Whether it shows all that a look-up by name shows, or only that a user is there and which one it is. */
  readonly shows: "everything" | "presence";
  /** Whether a user can be found only by walking it. */
  readonly findWalks: boolean;
  /** The name of the list that a user is in; empty where there is one list. */
  group(id: string): string;
  /** The key of a user within the list: ids that AWS takes for the same have the same. */
  key(id: string): string;
}

/** How belongings are declared, and what is said of them. */
export interface BelongingsRule<Args = CommonArgs> {
  /** The property that lists them; where it is left out, a user keeps what it has and nobody asks. */
  readonly property: string;
  /** In words, singular: `face`. */
  readonly noun: string;
  /** How AWS calls giving one to a user: `associated`. */
  readonly given: string;
  /** Where an id means one thing: things in two places are never the same. */
  place(args: Args): string;
  /** What to do about each reason for which a user does not get one. */
  readonly advice: Readonly<Record<string, string>>;
  /** The command that deletes things that are nobody's. */
  destroyCommand(args: Past<Args>, things: readonly string[]): string;
}

/** How an automatic name is made. */
export interface NameRule {
  readonly property: string;
  readonly maxLength: number;
  /** Matches each character that AWS refuses in the name. */
  readonly forbidden: RegExp;
  /** True where AWS lower-cases. */
  readonly lowerCase: boolean;
}

/** A user as AWS shows it: only its kind knows what is in it. */
export type LiveUser = object;

/** Plain JSON under property names. */
export type Outputs = Readonly<Record<string, unknown>>;
