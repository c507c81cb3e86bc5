import { type AccountLookup, accountLookup } from "./aws/account";
import type { Identity, Scope } from "./aws/scope";
import type { LiveUser, UserGateway } from "./gateway";
import type { UserKind } from "./kind";
import { type Explanation, explain, sentences, UNREACHABLE_ADVICE } from "./lifecycle/explain";
import { lookups } from "./lifecycle/host";
import { regionOf } from "./regions";
import type { Service } from "./service";
import { SERVICES } from "./services";
import { systemClock } from "./wait/clock";
import { type Deadline, deadlineIn } from "./wait/deadline";
import { insist } from "./wait/persist";
import type { SharedLookup } from "./wait/sharedLookup";
import { TimedOut } from "./wait/until";

/** The users of one service in one account and region, for those who look and change nothing. */
export interface Observer {
  readonly service: Service;
  readonly kind: UserKind;
  readonly gateway: UserGateway;
  /** Shared by all who look for users of one list. */
  lookup(id: string): SharedLookup<LiveUser>;
  readonly scope: Scope;
  /** The account that the credentials belong to. */
  readonly account: string;
  /**
   * Asks AWS, and asks again while it throttles or breaks off, for up to five minutes. The call is told when they end.
   *
   * @throws Error that says in words what went wrong and what to do.
   */
  ask<T>(awaited: string, call: (deadline: Deadline) => Promise<T>): Promise<T>;
}

const PATIENCE_MS = 5 * 60_000;
/** The first question tells whether AWS can be reached at all, which nobody should wait long to hear. */
const FIRST_PATIENCE_MS = 30_000;

/**
 * @param account Shared by the observers of one look, whose credentials are not exchanged meanwhile.
 * @throws Error in words when there are no usable credentials, or AWS cannot be reached.
 */
export async function observe(
  service: Service,
  scope: Scope,
  account: AccountLookup = accountLookup(),
): Promise<Observer> {
  const kind = await SERVICES[service]();
  const askFor = async <T>(ms: number, awaited: string, call: (deadline: Deadline) => Promise<T>) => {
    try {
      const deadline = deadlineIn(systemClock, ms);
      return await insist(deadline, awaited, kind.faults, () => call(deadline));
    } catch (error) {
      throw new Error(`${kind.label}s: ${sentences(inWords(error, kind))}`, { cause: error });
    }
  };
  const ask: Observer["ask"] = (awaited, call) => askFor(PATIENCE_MS, awaited, call);
  const asked = await askFor(FIRST_PATIENCE_MS, "AWS to say whose credentials these are", () =>
    account(scope),
  );
  const gateway = kind.connect(scope);
  const lookup = lookups(kind, gateway, systemClock);
  return { service, kind, gateway, lookup, scope, account: asked, ask };
}

/** Those who only look have no time-outs to set. */
function inWords(error: unknown, { service, faults }: UserKind): Explanation {
  const explanation = explain(error, service, faults);
  if (!(error instanceof TimedOut)) return explanation;
  return { cause: explanation.cause, advice: `Run again. ${UNREACHABLE_ADVICE}` };
}

/**
 * The scope of credentials and a region that may be left out: then that of the environment or the shared configuration.
 *
 * @param kind Whose users are looked at: those of IAM need no region.
 * @throws Error when there is none.
 */
export async function scopeOf(
  identity: Identity,
  region: string | undefined,
  kind: UserKind,
): Promise<Scope> {
  const found = await regionOf(kind, { identity, ...(region !== undefined && { region }) });
  if (found !== undefined) return { region: found, identity };
  const { profile } = identity;
  throw new Error(
    "no region was given, and none was found in AWS_REGION, AWS_DEFAULT_REGION and the shared AWS configuration" +
      `${profile === undefined ? "" : ` (profile ${profile})`}. Give one with --region.`,
  );
}
