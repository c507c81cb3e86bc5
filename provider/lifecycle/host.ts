import type { Past } from "../args";
import type { AccountLookup } from "../aws/account";
import { type FaultTable, faultOf } from "../aws/faults";
import type { Scope } from "../aws/scope";
import { type ConfigSource, readSettings, type Settings } from "../config";
import type { LiveUser, UserGateway } from "../gateway";
import type { UserKind } from "../kind";
import { REGION_OF_GLOBAL_USERS } from "../regions";
import type { Clock } from "../wait/clock";
import { deadlineIn, parseDuration } from "../wait/deadline";
import { insist, isPassing } from "../wait/persist";
import { type SharedLookup, sharedLookup } from "../wait/sharedLookup";
import type { ListPage } from "../wait/walks";
import { HalfMade, Refusal } from "./errors";
import { explain, sentences } from "./explain";
import { knownIn } from "./identity";
import { emptyMemory, type Memory } from "./memory";
import type { Operation } from "./operation";
import type { Slots } from "./slots";

/** What the lifecycle needs of the world around it. */
export interface World {
  readonly clock: Clock;
  readonly account: AccountLookup;
  /** Tells the people who watch the run; one line, no secrets. */
  readonly say: (line: string) => void;
  /** Shared by all kinds: the engine's slots are for all of them. */
  readonly slots: Slots;
}

/** One kind of user, configured for one run. */
export interface Host {
  readonly kind: UserKind;
  readonly world: World;
  readonly memory: Memory;
  configure(get: ConfigSource): void;
  /** @throws Error when the configuration cannot be read. */
  settings(): Settings;
  gateway(scope: Scope): UserGateway;
  /** Shared by all operations on users of one list. */
  lookup(scope: Scope, id: string): SharedLookup<LiveUser>;
}

/** What can be done to a user, as messages call it. */
const GERUNDS = {
  check: "checking",
  create: "creating",
  read: "reading",
  update: "updating",
  delete: "deleting",
};
const DEFAULT_TIMEOUTS_MS = {
  create: 10 * 60_000,
  read: 5 * 60_000,
  update: 20 * 60_000,
  delete: 20 * 60_000,
};

export type Verb = keyof typeof GERUNDS;

export function hostOf(kind: UserKind, world: World): Host {
  let settings = () => readSettings(() => undefined);
  const gateway = remembered(JSON.stringify, (scope: Scope) => kind.connect(scope));
  const lookup = remembered(JSON.stringify, (scope: Scope) => lookups(kind, gateway(scope), world.clock));
  return {
    kind,
    world,
    memory: emptyMemory(),
    configure: (get) => {
      let read: Settings | undefined;
      settings = () => {
        read ??= readSettings(get);
        return read;
      };
    },
    settings: () => settings(),
    gateway,
    lookup: (scope, id) => lookup(scope)(id),
  };
}

/** Gives the look-up of a user, which it shares with those of the same list. */
export function lookups(
  { listing, faults }: UserKind,
  { find, page }: UserGateway,
  clock: Clock,
): (id: string) => SharedLookup<LiveUser> {
  const { findWalks, key: keyOf, group: groupOf } = listing;
  const isPassingFault = (error: unknown) => isPassing(error, faults);
  const isForbidden = (error: unknown) => faultOf(error, faults) === "denied";
  const lookup = remembered(String, (group: string) => {
    const pageOf = (token?: string) => page(group, token).catch((error) => emptyIfGone(error, faults));
    return sharedLookup(
      { find, findWalks, keyOf, page: pageOf, isPassing: isPassingFault, isForbidden },
      clock,
    );
  });
  return (id) => lookup(groupOf(id));
}

/** A list that does not exist (any more), as that of a deleted collection, has no users. */
function emptyIfGone(error: unknown, faults: FaultTable): ListPage<LiveUser> {
  if (faultOf(error, faults) !== "gone") throw error;
  return { users: new Map() };
}

/** A function that makes each thing once. */
function remembered<Key, Thing>(keyOf: (key: Key) => string, make: (key: Key) => Thing): (key: Key) => Thing {
  const made = new Map<string, Thing>();
  return (key) => {
    const text = keyOf(key);
    const thing = made.get(text) ?? make(key);
    made.set(text, thing);
    return thing;
  };
}

/**
 * Starts an operation on a user: its clock runs from here.
 *
 * @throws Refusal before anything was asked of the service, when the credentials belong to another account than the
 * user's or to one that the configuration does not allow.
 */
export async function begin(
  { kind, world, settings, gateway, lookup: lookups }: Host,
  verb: Exclude<Verb, "check">,
  id: string,
  state: Past,
): Promise<Operation> {
  const configured = verb === "read" ? undefined : state.timeouts?.[verb];
  const limit = (configured && parseDuration(configured)) || DEFAULT_TIMEOUTS_MS[verb];
  const deadline = deadlineIn(world.clock, limit);
  const scope = { region: state.region ?? REGION_OF_GLOBAL_USERS, identity: settings().identity };
  const account = await insist(deadline, "AWS to say whose credentials these are", kind.faults, () =>
    world.account(scope),
  );
  assertAccount(account, state["accountId"], settings());
  const lookup = lookups(scope, id);
  if (verb !== "read") lookup.wrote(id);
  return {
    kind,
    gateway: gateway(scope),
    lookup,
    id,
    account,
    deadline,
    known: knownIn(state),
    say: world.say,
  };
}

/** @throws Refusal when an account is not the one that is expected, or one that the settings do not allow. */
export function assertAccount(account: string, expected: unknown, settings: Settings): void {
  if (typeof expected === "string" && expected !== account) {
    throw new Refusal(
      `it is in account ${expected}, and the credentials of this run belong to account ${account}; nothing was changed`,
      "Run with credentials of its account, or choose them by aws:profile or aws:assumeRoles.",
    );
  }
  const { allowedAccountIds: allowed, forbiddenAccountIds: forbidden } = settings;
  if (forbidden.includes(account) || (allowed.length > 0 && !allowed.includes(account))) {
    throw new Refusal(
      `the credentials belong to account ${account}, which ` +
        (forbidden.includes(account)
          ? "aws:forbiddenAccountIds names"
          : "aws:allowedAccountIds does not name") +
        "; nothing was changed",
      "Run with credentials of another account, or change that setting.",
    );
  }
}

/** Which user an operation was about, and how it went wrong, as one message for people. */
export function describe({ kind }: Host, verb: Verb, id: string, error: unknown): string {
  const inner = error instanceof HalfMade ? error.cause : error;
  const which = id === "" ? kind.label : `${kind.label} "${id}"`;
  return `${GERUNDS[verb]} ${which}: ${sentences(explain(inner, kind.service, kind.faults))}`;
}
