import type { Past } from "../args";
import type { LiveUser } from "../gateway";
import type { UserKind } from "../kind";

/** What tells a user from others that have, had or will have its name. */
export interface Known {
  /** AWS's own id of the user. */
  readonly identity: unknown;
  /** When AWS made it, in milliseconds since the epoch. */
  readonly madeAt: number | undefined;
}

/** What a state tells of which user it is about. */
export function knownIn({ uniqueId: identity, createDate }: Past): Known {
  const madeAt = Date.parse(String(createDate));
  return { identity, madeAt: Number.isNaN(madeAt) ? undefined : madeAt };
}

/** What a look-up tells of it. */
export function knownBy(kind: UserKind, live: LiveUser): Known {
  return { identity: kind.identity?.(live), madeAt: kind.madeAt?.(live) };
}

/** Whether a live user is another than the one in the state: made again by somebody under the same name. */
export function isAnother(
  { kind, known: { identity } }: { readonly kind: UserKind; readonly known: Known },
  live: LiveUser,
): boolean {
  return kind.identity !== undefined && identity !== undefined && kind.identity(live) !== identity;
}

/**
 * Whether a read lags so far behind that it shows a user that had the name before the known one was made. The times of
 * one and the same user may differ: AWS tells some to the second, others to the millisecond.
 */
export function isPredecessor(kind: UserKind, live: LiveUser, { identity, madeAt }: Known): boolean {
  if (kind.identity?.(live) === identity) return false;
  const shown = kind.madeAt?.(live);
  return shown !== undefined && madeAt !== undefined && shown < madeAt;
}

/** What is said of a read that lags behind two writes. */
export const PREDECESSOR = "AWS still shows a user of that name that was there before";
