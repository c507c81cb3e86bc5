/**
 * What an access string means. AWS rewrites access strings: it puts the state first, inserts `-@all` and, in MemoryDB,
 * `resetchannels`, writes aliases out and may simplify what is redundant. So meanings are compared, never texts. What
 * cannot be shown to mean the same counts as different: a needless change does less harm than a hidden privilege.
 *
 * https://valkey.io/topics/acl/
 */

import { parseAccess } from "./parse";
import type { KeyAccess, Term } from "./terms";

/**
 * What an access string allows on channels when it names none: nothing in MemoryDB, which writes `resetchannels` out;
 * what the parameter `acl-pubsub-default` of each cluster says in ElastiCache, so that `resetchannels` is a difference.
 */
export type UnnamedChannels = "none" | "cluster";

/** Whether two access strings let the same user do the same. */
export function sameAccess(one: string, other: string, unnamed: UnnamedChannels): boolean {
  return canonicalAccess(one, unnamed) === canonicalAccess(other, unnamed);
}

/**
 * One text for access strings of the same meaning, and an access string of that meaning itself: the state, key patterns,
 * channels, commands after their base, selectors. The order of commands has meaning and is kept, and so is every other
 * order. A text that holds anything unknown means only itself.
 */
export function canonicalAccess(text: string, unnamed: UnnamedChannels): string {
  const { words, terms, selectors, problems } = parseAccess(text);
  if (problems.length > 0) return words.join(" ");
  const state = terms.findLast(({ kind }) => kind === "on" || kind === "off")?.kind ?? "off";
  const permissions = permissionsOf(terms, unnamed);
  return [state, permissions, ...selectors.map((each) => `(${permissionsOf(each, unnamed)})`)].join(" ");
}

function permissionsOf(terms: readonly Term[], unnamed: UnnamedChannels): string {
  return [...keysOf(terms), ...channelsOf(terms, unnamed), ...commandsOf(terms)].join(" ");
}

/** Reading and writing of one pattern add up, and a pattern says nothing beside a `*` that allows as much. */
function keysOf(terms: readonly Term[]): string[] {
  const patterns = new Map<string, KeyAccess>();
  for (const term of terms.slice(1 + terms.findLastIndex(({ kind }) => kind === "resetkeys"))) {
    if (term.kind !== "key") continue;
    const before = patterns.get(term.pattern) ?? term.access;
    patterns.set(term.pattern, before === term.access ? before : "RW");
  }
  const everywhere = patterns.get("*") ?? "";
  return [...patterns]
    .filter(([pattern, access]) => pattern === "*" || !everywhere.includes(access))
    .map(([pattern, access]) => (access === "RW" ? `~${pattern}` : `%${access}~${pattern}`));
}

function channelsOf(terms: readonly Term[], unnamed: UnnamedChannels): string[] {
  const reset = terms.findLastIndex(({ kind }) => kind === "resetchannels");
  const patterns = new Set(
    terms.slice(reset + 1).flatMap((term) => (term.kind === "channel" ? term.pattern : [])),
  );
  if (patterns.size === 0) return reset >= 0 || unnamed === "none" ? ["resetchannels"] : [];
  return patterns.has("*") ? ["&*"] : [...patterns].map((pattern) => `&${pattern}`);
}

interface Rule {
  readonly allowed: boolean;
  /** `get`, `config|get` or `@read`. */
  readonly target: string;
}

/** Each rule sets what it names, whatever was said of it before; without a base, nothing is allowed to begin with. */
function commandsOf(terms: readonly Term[]): string[] {
  const rules = terms.filter((term) => term.kind === "command");
  const base = rules.findLastIndex(({ target }) => target === "@all");
  const allowed = rules[base]?.allowed ?? false;
  const later = rules.slice(base + 1);
  const effective = later.filter((rule, index) => !later.slice(index + 1).some((next) => covers(next, rule)));
  const begin = effective.findIndex((rule) => rule.allowed !== allowed);
  const repeating = begin < 0 ? effective.length : begin;
  const saying = effective.filter((rule, index) => index >= repeating || rule.target.includes("|"));
  return [{ allowed, target: "@all" }, ...saying].map((rule) => `${rule.allowed ? "+" : "-"}${rule.target}`);
}

/** A rule about a command is one about its subcommands, too. What is in a category is AWS's to say. */
function covers(later: Rule, rule: Rule): boolean {
  return rule.target === later.target || rule.target.startsWith(`${later.target}|`);
}
