/** What a service must tell of its users for them to be managed: types only. See docs/decisions/ for the reasons. */

import type { z } from "zod";
import type { CommonArgs, Outputs, Past } from "./args";
import type { FaultTable } from "./aws/faults";
import type { Scope } from "./aws/scope";
import type { LiveUser, UserGateway } from "./gateway";

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

/** What a look-up says of a user. `pending` covers every status that AWS may add. */
export type Phase = "pending" | "ready" | "deleting";

/** A broken rule. The path is written as in a program: `authentication.passwords[0]`. */
export interface Problem {
  readonly path: string;
  readonly rule: string;
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
  /** The command that shows all things of the place, and how to see which are nobody's: `those without a UserId`. */
  strays(args: Past<Args>): { readonly command: string; readonly which: string };
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
