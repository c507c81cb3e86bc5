/**
 * A small model of how Valkey and Redis apply the rules of an access string, one after the other, to a handful of
 * commands, keys and channels: what meaning is measured by. https://valkey.io/topics/acl/
 */

/** Commands and subcommands by their categories; `select` takes an argument that can be allowed alone. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  get: ["read", "fast"],
  mget: ["read", "slow"],
  set: ["write", "slow"],
  del: ["write", "fast"],
  publish: ["pubsub", "fast"],
  select: ["fast", "connection"],
  "select|0": ["fast", "connection"],
  "select|1": ["fast", "connection"],
  config: ["slow"],
  "config|get": ["slow", "dangerous"],
  "config|set": ["slow", "dangerous"],
  unheardOf: [],
};

const KEYS = ["a", "b", "other"];
const CHANNELS = ["x", "y", "other"];

interface Allowed {
  /** Letters of what may be done, by pattern. */
  readonly keys: Map<string, Set<string>>;
  readonly channels: Set<string>;
  readonly commands: Set<string>;
}

/** All that a user may do, and with which permissions together, in one comparable text. */
export function allowedBy(text: string, unnamed: "none" | "cluster"): string {
  const selectors = [...text.matchAll(/\((.*?)\)/g)].map(([, inside = ""]) => inside);
  const own = text.replaceAll(/\(.*?\)/g, " ");
  const state = own
    .split(" ")
    .filter((word) => /^(on|off)$/i.test(word))
    .at(-1);
  return [
    state?.toLowerCase() ?? "off",
    ...[own, ...selectors].map((rules) => describeSet(rules, unnamed)),
  ].join(" / ");
}

function describeSet(rules: string, unnamed: string): string {
  const allowed: Allowed = { keys: new Map(), channels: new Set(), commands: new Set() };
  for (const word of rules.split(" ")) apply(allowed, ALIASES[word.toLowerCase()] ?? word);
  const silent = unnamed === "cluster" && !/(^| )(&|\w+channels)/i.test(rules);
  const keys = KEYS.flatMap((key) => doneWith(key, allowed).map((what) => `${key} ${what}`));
  const channels = silent
    ? ["as the cluster says"]
    : CHANNELS.filter((name) => matches(allowed.channels, name));
  const commands = Object.keys(COMMANDS).filter((name) => allowed.commands.has(name));
  return [keys, channels, commands].map((part) => part.join(",")).join("; ");
}

const ALIASES: Readonly<Record<string, string>> = {
  allkeys: "~*",
  allchannels: "&*",
  allcommands: "+@all",
  nocommands: "-@all",
};

function apply({ keys, channels, commands }: Allowed, word: string): void {
  if (/^resetkeys$/i.test(word)) keys.clear();
  if (/^resetchannels$/i.test(word)) channels.clear();
  if (word.startsWith("&")) channels.add(word.slice(1));
  const [isKey, flags = "", pattern = ""] = /^%?([RW]*)~(.*)$/i.exec(word) ?? [];
  if (isKey) keys.set(pattern, new Set([...(keys.get(pattern) ?? []), ...(flags || "RW").toUpperCase()]));
  const [, sign, target = ""] = /^([-+])(.*)$/.exec(word.toLowerCase()) ?? [];
  for (const [name, categories] of Object.entries(COMMANDS)) {
    const isMeant = target.startsWith("@")
      ? target === "@all" || categories.includes(target.slice(1))
      : name === target || name.startsWith(`${target}|`);
    if (sign === "+" && isMeant) commands.add(name);
    if (sign === "-" && isMeant) commands.delete(name);
  }
}

/** A command that reads and writes a key needs one pattern that allows both. */
function doneWith(key: string, { keys }: Allowed): string[] {
  const granted = [...keys].flatMap(([pattern, flags]) => (matches([pattern], key) ? flags : []));
  const sum = (letter: string) => granted.some((flags) => flags.has(letter));
  return [
    ...["R", "W"].filter(sum),
    ...(granted.some((flags) => flags.has("R") && flags.has("W")) ? ["both"] : []),
  ];
}

function matches(patterns: Iterable<string>, name: string): boolean {
  return [...patterns].some((pattern) => pattern === "*" || pattern === name);
}
