/** Users that AWS has and no state knows: what the state would hold of them. */

import type { Outputs, Past } from "./args";
import { allPages } from "./aws/calls";
import type { LiveUser } from "./gateway";
import { problemsOf } from "./inputs";
import type { Phase, Problem } from "./kind";
import { sighting } from "./lifecycle/read";
import { seenState } from "./lifecycle/state";
import type { Observer } from "./observer";

/** A user as a list shows it. */
export interface ListedUser {
  /** As a resource would have it. */
  readonly id: string;
  /** How people call it: the property that gets an automatic name where none is declared. */
  readonly name: string;
  /** AWS makes it itself, and nobody may manage it. */
  readonly isBuiltIn: boolean;
  readonly phase: Phase;
  readonly live: LiveUser;
}

/** A user as a refresh would see it. */
export interface UnmanagedUser {
  /** What a program would declare, but for passwords. */
  readonly declared: Outputs;
  /** What the state would hold, as are the outputs. */
  readonly inputs: Outputs;
  readonly outputs: Outputs;
  readonly phase: Phase;
  /** AWS's own word for the state. */
  readonly status: string;
  /** How many passwords AWS holds; it never shows them. */
  readonly passwordCount: number;
  /** Why a program that declares this would be refused. */
  readonly problems: readonly Problem[];
}

const NOTHING_BEFORE: Past = {};

/**
 * All users of a list, by id.
 *
 * @param group The name of the list, as {@link UserGateway.page} takes it.
 * @throws Error in words; its `cause` is AWS's own.
 */
export async function listUnmanaged(observer: Observer, group: string): Promise<readonly ListedUser[]> {
  const { kind, gateway, scope } = observer;
  const lives = await allPages(async (token) => {
    const { users, next } = await observer.ask(`AWS to list ${kind.label}s`, () =>
      gateway.page(group, token),
    );
    return { items: [...users.values()], next };
  });
  const users = lives.map((live) => {
    const seen = kind.observed(live, NOTHING_BEFORE);
    const id = kind.id({ region: scope.region, ...seen });
    const name = String((seen as Outputs)[kind.name.property]);
    return { id, name, isBuiltIn: id === kind.builtIn, phase: kind.phase(live), live };
  });
  return users.sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Reads a listed user as it is now, with its tags; undefined when it is gone meanwhile. */
export async function readUnmanaged(
  { kind, gateway, lookup, scope, account, ask }: Observer,
  { id, live: listed, phase }: ListedUser,
): Promise<UnmanagedUser | undefined> {
  const isShown = kind.listing.shows === "everything" && phase === "ready";
  const seen = await ask(`AWS to show ${kind.label} "${id}"`, async (deadline) => {
    const live = isShown ? listed : await gateway.find(id);
    return (
      live && (await sighting({ kind, gateway, lookup: lookup(id), id, deadline }, live, NOTHING_BEFORE))
    );
  });
  if (seen === undefined) return undefined;
  const { inputs, outputs } = seenState(kind, { region: scope.region }, seen, account);
  const { tagsAll: _, ...declared } = inputs;
  return {
    declared,
    inputs,
    outputs,
    phase: kind.phase(seen.live),
    status: kind.status(seen.live),
    passwordCount: passwordsIn(declared, outputs),
    problems: problemsOf(kind, declared, declared),
  };
}

function passwordsIn({ authentication }: Outputs, { passwordCount }: Outputs): number {
  const { type } = (authentication ?? {}) as { readonly type?: string };
  return type === "password" ? Number(passwordCount) || 1 : 0;
}
