import { type AccountLookup, accountLookup } from "./aws/account";
import { defaultRegion } from "./aws/clients";
import type { Identity, Scope } from "./aws/scope";
import { REGION_SOURCES } from "./config";
import type { UserGateway, UserKind } from "./kind";
import { explain } from "./lifecycle/explain";
import { SERVICES, type Service } from "./services";
import { systemClock } from "./wait/clock";
import { type Deadline, deadlineIn } from "./wait/deadline";
import { insist } from "./wait/persist";

/** The users of one service in one account and region, for those who look and change nothing. */
export interface Observer {
  readonly service: Service;
  readonly kind: UserKind;
  readonly gateway: UserGateway;
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
  const ask: Observer["ask"] = async (awaited, call) => {
    try {
      const deadline = deadlineIn(systemClock, PATIENCE_MS);
      return await insist(deadline, awaited, kind.faults, () => call(deadline));
    } catch (error) {
      const { cause, advice } = explain(error, kind.service, kind.faults);
      throw new Error(`${kind.label}s: ${cause}.${advice ? ` ${advice}` : ""}`, { cause: error });
    }
  };
  const asked = await ask("AWS to say whose credentials these are", () => account(scope));
  return { service, kind, gateway: kind.connect(scope), scope, account: asked, ask };
}

/**
 * The scope of credentials and a region that may be left out: then that of the environment or the shared configuration.
 *
 * @throws Error when there is none.
 */
export async function scopeOf(identity: Identity, region: string | undefined): Promise<Scope> {
  const found = region ?? (await defaultRegion(identity));
  if (found === undefined) throw new Error(`no region was found in ${REGION_SOURCES}`);
  return { region: found, identity };
}
