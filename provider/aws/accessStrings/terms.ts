/** The terms of access strings, one word each, and why other words are refused. */

import { nearest } from "../../nearest";

/** What may be done with the keys of a pattern: read, write, or both. */
export type KeyAccess = "R" | "W" | "RW";

/** One understood word. Aliases are written out; commands and categories are in lower case. */
export type Term =
  | { readonly kind: "on" | "off" | "resetkeys" | "resetchannels" }
  | { readonly kind: "key"; readonly access: KeyAccess; readonly pattern: string }
  | { readonly kind: "channel"; readonly pattern: string }
  | { readonly kind: "command"; readonly allowed: boolean; readonly target: string };

/** Why a word is no term. */
export interface Refused {
  /** The broken rule: `must not hold a password`. */
  readonly rule: string;
  /** What to write instead. */
  readonly instead: string;
}

/** The term that a word stands for. Commands are not looked up: AWS knows which of them an engine has. */
export function termOf(word: string): Term | Refused {
  const lower = word.toLowerCase();
  const known = WORDS.get(lower);
  if (known !== undefined) return known;
  if (/^[><#!]/.test(word)) return PASSWORD;
  if (/^[~%]/.test(word)) return keyTerm(word);
  if (word.startsWith("&")) {
    return word === "&" ? emptyPattern("&* for all channels") : { kind: "channel", pattern: word.slice(1) };
  }
  return /^[+-]/.test(word) ? commandTerm(lower) : unknownWord(lower);
}

/** A word as a message may show it: names of AWS whole; of passwords and patterns, which may be secret, the beginning. */
export function shown(word: string): string {
  const isPublic = WORDS.has(word.toLowerCase()) || PUBLIC.test(word);
  return isPublic ? `"${word}"` : `"${[...word][0] ?? ""}..."`;
}

/** A pattern without text, or letters where a command or category is expected: passwords hold more than letters. */
const PUBLIC = /^([~&]|%[rw]*~?|[-+]@?[a-z|-]{0,24})$/i;

const PASSWORD: Refused = {
  rule: "must not hold a password",
  instead: "declare passwords in authentication.passwords",
};
const LOGIN: Refused = {
  rule: "must not say how the user logs in",
  instead: "declare it in authentication",
};
const PAYLOAD: Refused = { rule: "must not say how RESTORE treats payloads", instead: "leave it out" };

const WORDS: ReadonlyMap<string, Term | Refused> = new Map<string, Term | Refused>([
  ["on", { kind: "on" }],
  ["off", { kind: "off" }],
  ["allkeys", { kind: "key", access: "RW", pattern: "*" }],
  ["resetkeys", { kind: "resetkeys" }],
  ["allchannels", { kind: "channel", pattern: "*" }],
  ["resetchannels", { kind: "resetchannels" }],
  ["allcommands", { kind: "command", allowed: true, target: "@all" }],
  ["nocommands", { kind: "command", allowed: false, target: "@all" }],
  ["nopass", LOGIN],
  ["resetpass", LOGIN],
  ["sanitize-payload", PAYLOAD],
  ["skip-sanitize-payload", PAYLOAD],
  [
    "reset",
    {
      rule: "must not reset the user, which would remove its passwords",
      instead: "write off, resetkeys, resetchannels or -@all",
    },
  ],
  ["clearselectors", { rule: "must not clear selectors", instead: "leave out those that are not wanted" }],
]);

/** Those of Valkey and Redis, and of the modules that AWS or Redis add: https://valkey.io/topics/acl/ */
const CATEGORIES = (
  "all keyspace read write set sortedset list hash string bitmap hyperloglog geo stream pubsub admin fast slow " +
  "blocking dangerous connection transaction scripting json search bloom cuckoo cms topk tdigest timeseries"
).split(" ");

function keyTerm(word: string): Term | Refused {
  const [, flags = "", pattern = ""] = /^(%[^~]*)?~(.*)$/s.exec(word) ?? [];
  const access = flags === "" && word.startsWith("~") ? "RW" : KEY_ACCESS.get(flags.toUpperCase());
  if (access === undefined) {
    return {
      rule: "must not hold an unknown key permission",
      instead: "expected %R~, %W~ or %RW~ and a pattern",
    };
  }
  return pattern === "" ? emptyPattern("~* for all keys") : { kind: "key", access, pattern };
}

const KEY_ACCESS: ReadonlyMap<string, KeyAccess> = new Map([
  ["%R", "R"],
  ["%W", "W"],
  ["%RW", "RW"],
  ["%WR", "RW"],
]);

function emptyPattern(example: string): Refused {
  return { rule: "must not hold an empty pattern", instead: `write for example ${example}` };
}

function commandTerm(lower: string): Term | Refused {
  const [allowed, target] = [lower.startsWith("+"), lower.slice(1)];
  if (target.startsWith("@")) {
    const category = target.slice(1);
    if (CATEGORIES.includes(category)) return { kind: "command", allowed, target };
    const instead = suggestion(category, CATEGORIES) ?? `known are ${CATEGORIES.join(", ")}`;
    return { rule: "must not hold an unknown category", instead };
  }
  if (COMMAND.test(target)) return { kind: "command", allowed, target };
  return {
    rule: "must not hold what is no name of a command",
    instead: "expected a name such as +get, -config|set or +@read",
  };
}

/** The part after the bar is a subcommand or, of commands that have none, a first argument. */
const COMMAND = /^[a-z][a-z0-9_.-]*(\|[^|()\s]+)?$/;

function unknownWord(lower: string): Refused {
  const instead = suggestion(
    lower,
    [...WORDS].flatMap(([word, term]) => ("kind" in term ? word : [])),
  );
  return { rule: "must not hold an unknown token", instead: instead ?? EXPECTED };
}

const EXPECTED =
  "expected on, off, ~pattern, %R~pattern, %W~pattern, &pattern, resetchannels, +command, -command, +@category, " +
  "-@category or a selector in parentheses";

function suggestion(word: string, known: readonly string[]): string | undefined {
  const near = nearest(word, known);
  return near && `did you mean ${near}?`;
}
