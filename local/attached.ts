import type { LocalUser } from "./service";

/** What hangs on a user, by kind, each thing once; kinds without any are left out. */
export function attachedOf(kinds: LocalUser["attached"]): LocalUser["attached"] {
  const present = Object.entries(kinds).filter(([, ids]) => ids.length > 0);
  return Object.fromEntries(present.map(([kind, ids]) => [kind, [...new Set(ids)]]));
}
