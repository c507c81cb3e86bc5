import type { ServiceError } from "./service";

/** How one service stores access strings. */
export interface AccessStringRule {
  /** Whether `resetchannels` is written out when no channel is allowed, as MemoryDB does. */
  readonly writesResetChannels: boolean;
  /** The service's own error for what is no access string. */
  readonly refuse: (message: string) => ServiceError;
}

/**
 * An access string in the form that AWS gives back: the state word first, then key and channel patterns, then
 * commands after their base, `-@all` unless it was `+@all`, then selectors in the same form. Aliases are written out,
 * and terms that another one makes redundant are dropped. Command names are not looked up, only their form and the
 * categories are.
 *
 * @throws the rule's error for a blank text, an unknown word or category, a password, `reset`, or an open selector
 */
export function rewriteAccessString(accessString: string, rule: AccessStringRule): string {
  const words = accessString.split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) {
    throw rule.refuse("The access string must not be blank.");
  }
  const { own, selectors } = sets(words, rule);
  const terms = own.map((word) => termOf(word, rule));
  const state = terms.findLast(({ kind }) => kind === "state")?.word ?? "off";
  const permissions = [...patternsOf(terms, rule), ...commandsOf(terms)];
  return [state, ...permissions, ...selectors.map((selector) => selectorOf(selector, rule))].join(" ");
}

/** The words of the user itself, and those of each selector without its parentheses. */
function sets(words: readonly string[], rule: AccessStringRule) {
  const own: string[] = [];
  const selectors: string[][] = [];
  let inside: string[] | undefined;
  for (const word of words) {
    if (inside === undefined && !word.startsWith("(")) {
      own.push(word);
      continue;
    }
    const set: string[] = inside ?? [];
    const bare = word.slice(inside === undefined ? 1 : 0).replace(/\)$/, "");
    if (bare !== "") set.push(bare);
    inside = word.endsWith(")") ? undefined : set;
    if (inside === undefined) selectors.push(set);
  }
  if (inside !== undefined) {
    throw rule.refuse("The access string has a selector that is not closed.");
  }
  return { own, selectors };
}

function selectorOf(words: readonly string[], rule: AccessStringRule): string {
  const terms = words.map((word) => termOf(word, rule));
  if (terms.some(({ kind }) => kind === "state")) {
    throw rule.refuse("The access string has a selector that holds on or off.");
  }
  return `(${[...patternsOf(terms, rule), ...commandsOf(terms)].join(" ")})`;
}

interface Term {
  readonly kind: "state" | "key" | "resetkeys" | "channel" | "resetchannels" | "command";
  readonly word: string;
}

const ALIASES: ReadonlyMap<string, string> = new Map([
  ["allkeys", "~*"],
  ["allchannels", "&*"],
  ["allcommands", "+@all"],
  ["nocommands", "-@all"],
]);

const CATEGORIES = new Set(
  (
    "all keyspace read write set sortedset list hash string bitmap hyperloglog geo stream pubsub admin fast slow " +
    "blocking dangerous connection transaction scripting json search bloom cuckoo cms topk tdigest timeseries"
  ).split(" "),
);

function termOf(given: string, rule: AccessStringRule): Term {
  const lower = given.toLowerCase();
  const word = ALIASES.get(lower) ?? given;
  if (lower === "on" || lower === "off") {
    return { kind: "state", word: lower };
  }
  if (lower === "resetkeys" || lower === "resetchannels") {
    return { kind: lower, word: lower };
  }
  if (/^(~|%(R|W|RW|WR)~)./i.test(word)) {
    return { kind: "key", word };
  }
  if (/^&./.test(word)) {
    return { kind: "channel", word };
  }
  if (isCommand(word.toLowerCase())) {
    return { kind: "command", word: word.toLowerCase() };
  }
  throw rule.refuse(`The access string has a term that is not allowed: ${nameable(given)}`);
}

function isCommand(word: string): boolean {
  const category = /^[+-]@(.*)$/.exec(word)?.[1];
  return category === undefined
    ? /^[+-][a-z][a-z0-9_.-]*(\|[^|()\s]+)?$/.test(word)
    : CATEGORIES.has(category);
}

/** What may be a password is not repeated. */
function nameable(word: string): string {
  return /^[><#!]/.test(word) ? `${word.charAt(0)}***` : word;
}

function patternsOf(terms: readonly Term[], rule: AccessStringRule): readonly string[] {
  const keys = terms.slice(1 + terms.findLastIndex(({ kind }) => kind === "resetkeys"));
  const channelsFrom = terms.findLastIndex(({ kind }) => kind === "resetchannels");
  const channels = terms
    .slice(1 + channelsFrom)
    .flatMap(({ kind, word }) => (kind === "channel" ? word : []));
  const kept = channels.includes("&*") ? ["&*"] : [...new Set(channels)];
  const reset = kept.length === 0 && (rule.writesResetChannels || channelsFrom >= 0);
  return [...keysOf(keys), ...kept, ...(reset ? ["resetchannels"] : [])];
}

/** Permissions on the same pattern are joined; beside `~*` there is nothing to add. */
function keysOf(terms: readonly Term[]): readonly string[] {
  const flags = new Map<string, string>();
  for (const { kind, word } of terms) {
    const [, given = "", pattern = ""] = /^%?([RW]*)~(.*)$/i.exec(word) ?? [];
    if (kind === "key") flags.set(pattern, `${flags.get(pattern) ?? ""}${given.toUpperCase() || "RW"}`);
  }
  const keys = [...flags].map(([pattern, all]) => {
    const both = all.includes("R") && all.includes("W");
    return both ? `~${pattern}` : `%${all.charAt(0)}~${pattern}`;
  });
  return keys.includes("~*") ? ["~*"] : keys;
}

/** A rule replaces earlier ones about the same command, its subcommands, or the same category. */
function commandsOf(terms: readonly Term[]): readonly string[] {
  const commands = terms.filter(({ kind }) => kind === "command").map(({ word }) => word);
  const from = commands.findLastIndex((word) => word === "+@all" || word === "-@all");
  const base = commands[from] ?? "-@all";
  const kept: string[] = [];
  for (const command of commands.slice(from + 1)) {
    const name = command.slice(1);
    const others = kept.filter((word) => word.slice(1) !== name && !word.slice(1).startsWith(`${name}|`));
    kept.splice(0, kept.length, ...others, command);
  }
  return [base, ...kept];
}
