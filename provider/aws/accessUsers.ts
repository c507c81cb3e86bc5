/** What MemoryDB and ElastiCache users have in common: access strings, passwords, and a status that takes time. */

import type { Past } from "../args";
import type { Phase } from "../kind";
import { sameAccess, type UnnamedChannels } from "./accessStrings";

/** How a user proves who it is. */
export interface Authentication {
  readonly type: string;
  readonly passwords?: readonly string[];
}

/** Arguments that both kinds have. */
interface AccessArgs {
  readonly accessString: string;
  readonly authentication: Authentication;
}

/** What look-ups of both show. */
interface AccessLive {
  readonly status: string;
  readonly accessString: string;
  readonly authenticationType: string;
  readonly passwordCount: number;
}

/** The part of a kind in which both are alike. */
export function accessUserKind(unnamed: UnnamedChannels) {
  return {
    same: {
      accessString: (one: string, other: string) => sameAccess(one, other, unnamed),
      authentication: samePasswords,
    },
    secrets: [["authentication", "passwords"]],
    listing: { shows: "everything", findWalks: false, group: () => "", key: (id: string) => id },
    phase: ({ status }: AccessLive) => phaseOfStatus(status),
    status: ({ status }: AccessLive) => status,
    missesUntilGone: 1,
    hiddenDrift: ({ passwordCount }: AccessLive, past: Past<AccessArgs>) =>
      passwordDrift(passwordCount, past),
  } as const;
}

/** The part of what a live user would declare that both have. */
export function observedLogin(
  { accessString, authenticationType, passwordCount }: AccessLive,
  past: Past<AccessArgs>,
  unnamed: UnnamedChannels,
): AccessArgs {
  return {
    accessString: observedAccess(accessString, past, unnamed),
    authentication: observedAuthentication(authenticationType, passwordCount, past),
  };
}

/** Whether two authentications are the same; the order of passwords has no meaning. */
export function samePasswords(one: Authentication, other: Authentication): boolean {
  const [a, b] = [one.passwords ?? [], other.passwords ?? []];
  return one.type === other.type && a.length === b.length && a.every((password) => b.includes(password));
}

/**
 * The access string that a live user would declare: the declared text while AWS still shows what it made of it, or
 * something that means the same; else what AWS shows.
 */
export function observedAccess(live: string, past: Past<AccessArgs>, unnamed: UnnamedChannels): string {
  const { accessString: declared, observedAccessString: remembered } = past;
  if (declared === undefined) return live;
  return live === remembered || sameAccess(live, declared, unnamed) ? declared : live;
}

/** The live authentication, with the last known passwords while their count is still right. */
export function observedAuthentication(
  liveType: string,
  passwordCount: number,
  past: Past<AccessArgs>,
): Authentication {
  const type = liveType === "no-password" ? "no-password-required" : liveType;
  const known = past.authentication?.type === type ? past.authentication.passwords : undefined;
  return { type, ...(known?.length === passwordCount && passwordCount > 0 && { passwords: known }) };
}

/** What the number of passwords that AWS holds tells of those last known, which AWS never shows. */
export function passwordDrift(passwordCount: number, past: Past<AccessArgs>): string | undefined {
  const known = past.authentication?.passwords?.length ?? passwordCount;
  if (known === passwordCount) return undefined;
  const held = passwordCount === 1 ? "1 password" : `${passwordCount || "no"} passwords`;
  return `AWS holds ${held}, and ${known} ${known === 1 ? "was" : "were"} declared`;
}

/** Every status but these two is on its way to one of them. */
export function phaseOfStatus(status: string): Phase {
  if (status === "active") return "ready";
  return status === "deleting" ? "deleting" : "pending";
}
