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
 * commands after their base, `-@all` unless it was `+@all`. Aliases are written out, and terms that a later one
 * overrides are dropped. Command names are not looked up, only their form and the categories are.
 *
 * @throws the rule's error for a blank text, an unknown word or category, a password, or `reset`
 */
export function rewriteAccessString(accessString: string, rule: AccessStringRule): string {
  const words = accessString.split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) {
    throw rule.refuse("The access string must not be blank.");
  }
  const terms = words.map((word) => termOf(word, rule));
  const state = terms.findLast(({ kind }) => kind === "state")?.word ?? "off";
  return [state, ...patternsOf(terms, rule), ...commandsOf(terms)].join(" ");
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
    ? /^[+-][a-z][a-z0-9_.-]*(\|[a-z][a-z0-9_-]*)?$/.test(word)
    : CATEGORIES.has(category);
}

/** What may be a password is not repeated. */
function nameable(word: string): string {
  return /^[><#!]/.test(word) ? `${word.charAt(0)}***` : word;
}

function patternsOf(terms: readonly Term[], rule: AccessStringRule): readonly string[] {
  const keysFrom = terms.findLastIndex(({ kind }) => kind === "resetkeys");
  const channelsFrom = terms.findLastIndex(({ kind }) => kind === "resetchannels");
  const kept = terms.filter(
    ({ kind }, index) => (kind === "key" && index > keysFrom) || (kind === "channel" && index > channelsFrom),
  );
  const patterns = [...new Set(kept.map(({ word }) => word))];
  const noChannel = !kept.some(({ kind }) => kind === "channel");
  return noChannel && (rule.writesResetChannels || channelsFrom >= 0)
    ? [...patterns, "resetchannels"]
    : patterns;
}

function commandsOf(terms: readonly Term[]): readonly string[] {
  const commands = terms.filter(({ kind }) => kind === "command").map(({ word }) => word);
  const base = commands.findLastIndex((word) => word === "+@all" || word === "-@all");
  return base < 0 ? ["-@all", ...commands] : commands.slice(base);
}
