import { type AccountLookup, accountLookup } from "../provider/aws/account";
import type { Scope } from "../provider/aws/scope";
import type { LiveUser } from "../provider/gateway";
import { missCounter, watch } from "../provider/lifecycle/operation";
import { type Observer, observe } from "../provider/observer";
import type { Service } from "../provider/service";

/** The users of one service in one account and region, to look up. */
export interface Source extends Observer {
  /** The user as it is now, undefined when it is gone for sure; those who ask for many share walks through lists. */
  find(id: string): Promise<LiveUser | undefined>;
}

/** Gives the source of a service and scope. */
export type SourceOf = (service: Service, scope: Scope) => Promise<Source>;

/** A {@link SourceOf} that makes each source once. */
export function sources(): SourceOf {
  const made = new Map<string, Promise<Source>>();
  const account = accountLookup();
  return (service, scope) => {
    const key = JSON.stringify([service, scope]);
    const source = made.get(key) ?? sourceOf(service, scope, account);
    made.set(key, source);
    return source;
  };
}

async function sourceOf(service: Service, scope: Scope, account: AccountLookup): Promise<Source> {
  const observer = await observe(service, scope, account);
  const { kind, lookup, ask } = observer;
  return {
    ...observer,
    find(id) {
      const missed = missCounter(kind);
      return ask("a look-up of the user", (deadline) =>
        watch<LiveUser | undefined>({ kind, deadline }, "a look-up of the user", async () => {
          const live = await lookup(id).recall(id);
          return live === undefined ? missed() : { done: live };
        }),
      );
    },
  };
}
