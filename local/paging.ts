import type { ServiceError } from "./service";

/** What a caller asks for, as it came over the wire: query protocols send numbers as text. */
export interface PageRequest {
  readonly limit?: unknown;
  readonly token?: unknown;
}

/** How one list operation pages. */
export interface PageRule<T> {
  /** Smallest limit that AWS takes; 1 unless told. */
  readonly min?: number;
  /** Largest limit that AWS takes. */
  readonly max: number;
  /** Items of a page when the caller names no limit. */
  readonly default: number;
  /** The server's `pageSize` setting: a page never holds more, whatever the caller asks for. */
  readonly pageSize: number;
  /** What orders the list and is unique in it. */
  readonly key: (item: T) => string;
  /** The service's own error for a limit that is no whole number between `min` and `max`. */
  readonly badLimit: (limit: string) => ServiceError;
  /** The service's own error for a token that it never gave out. */
  readonly badToken: () => ServiceError;
}

/** One page, and the token of the next one while there is more. */
export interface Page<T> {
  readonly items: T[];
  readonly next?: string;
}

/**
 * Cuts one page out of a list, in the order of the keys.
 *
 * The token names the last item given out instead of a position, so that items which come and go between two
 * pages make a walk neither skip nor repeat the others.
 *
 * @throws the rule's `badLimit` or `badToken` as AWS would answer
 */
export function page<T>(items: readonly T[], ask: PageRequest, rule: PageRule<T>): Page<T> {
  const size = Math.max(1, Math.min(limitOf(ask.limit, rule), rule.pageSize));
  const after = ask.token === undefined ? undefined : keyOf(ask.token, rule);
  const left = items
    .map((item) => ({ item, key: rule.key(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const taken = left.slice(0, size);
  const last = taken.at(-1);
  const given = taken.map(({ item }) => item);
  return last && left.length > taken.length ? { items: given, next: tokenOf(last.key) } : { items: given };
}

function limitOf<T>(limit: unknown, rule: PageRule<T>): number {
  if (limit === undefined) {
    return rule.default;
  }
  const wanted = Number(limit);
  if (limit === "" || !Number.isInteger(wanted) || wanted < (rule.min ?? 1) || wanted > rule.max) {
    throw rule.badLimit(String(limit));
  }
  return wanted;
}

const TOKEN_PREFIX = "after:";

function tokenOf(key: string): string {
  return Buffer.from(TOKEN_PREFIX + key).toString("base64url");
}

function keyOf<T>(token: unknown, rule: PageRule<T>): string {
  const text = typeof token === "string" ? Buffer.from(token, "base64url").toString() : "";
  const key = text.slice(TOKEN_PREFIX.length);
  if (!text.startsWith(TOKEN_PREFIX) || tokenOf(key) !== token) {
    throw rule.badToken();
  }
  return key;
}
