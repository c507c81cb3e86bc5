/**
 * Access strings of MemoryDB and ElastiCache users. AWS rewrites them: it puts the state first, inserts `-@all` and
 * `resetchannels`, and expands aliases. The meaning of two strings is compared, never their text.
 */

interface Meaning {
  readonly state: string;
  readonly keys: readonly string[];
  readonly channels: readonly string[];
  readonly commands: readonly string[];
  readonly others: readonly string[];
}

const ALIASES: Readonly<Record<string, string>> = {
  allkeys: "~*",
  allchannels: "&*",
  allcommands: "+@all",
  nocommands: "-@all",
};

/** Whether two access strings allow the same: order within keys, channels and commands has meaning and is kept. */
export function sameAccess(one: string, other: string): boolean {
  return canonicalAccess(one) === canonicalAccess(other);
}

/** One text for all access strings that AWS would turn into the same. */
export function canonicalAccess(text: string): string {
  const { state, keys, channels, commands, others } = meaningOf(text);
  return [state, ...keys, ...channels, ...commands, ...others].join(" ");
}

function meaningOf(text: string): Meaning {
  const tokens = text.split(/\s+/).filter((token) => token !== "");
  const words = tokens.map((token) => ALIASES[token.toLowerCase()] ?? token);
  return {
    state: words.filter(isState).at(-1)?.toLowerCase() ?? "off",
    keys: afterLast(words.filter(isKey), "resetkeys"),
    channels: afterLast(words.filter(isChannel), "resetchannels"),
    commands: commandsThatCount(words.filter(isCommand).map((word) => word.toLowerCase())),
    others: words.filter((word) => !isState(word) && !isKey(word) && !isChannel(word) && !isCommand(word)),
  };
}

const isState = (word: string) => /^(on|off)$/i.test(word);
const isKey = (word: string) => /^[~%]/.test(word) || /^resetkeys$/i.test(word);
const isChannel = (word: string) => word.startsWith("&") || /^resetchannels$/i.test(word);
const isCommand = (word: string) => /^[+-]/.test(word);

function afterLast(words: readonly string[], reset: string): string[] {
  return words.slice(words.findLastIndex((word) => word.toLowerCase() === reset) + 1);
}

/** What stands before the last `@all` has no effect; no command is allowed to begin with, so `-@all` says nothing. */
function commandsThatCount(words: readonly string[]): string[] {
  const base = words.findLastIndex((word) => word === "+@all" || word === "-@all");
  return words.slice(words[base] === "-@all" ? base + 1 : Math.max(base, 0));
}
