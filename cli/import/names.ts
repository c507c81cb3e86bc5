import type { Service } from "../../provider/service";

/** What a name is made from. */
interface Named {
  readonly service: Service;
  readonly name: string;
}

/**
 * A TypeScript identifier for each user, all different, that depends only on the users and their order: the name in
 * camel case; with the service before it where users of several services would have the same; with a number after it
 * where that is not enough.
 */
export function identifiersOf(users: readonly Named[]): string[] {
  const plain = users.map(({ name }) => identifierOf(name));
  const servicesOf = new Map<string, Set<Service>>();
  for (const [index, { service }] of users.entries()) {
    const identifier = plain[index] ?? "";
    servicesOf.set(identifier, (servicesOf.get(identifier) ?? new Set()).add(service));
  }
  const wanted = users.map(({ service }, index) => {
    const identifier = plain[index] ?? "";
    const isShared = (servicesOf.get(identifier)?.size ?? 0) > 1;
    return isShared ? service + capitalized(identifier) : identifier;
  });
  return numbered(wanted);
}

/** Words that cannot name a constant of a module, and those that the program uses itself. */
const RESERVED = new Set(
  (
    "break case catch class const continue debugger default delete do else enum export extends false finally for " +
    "function if import in instanceof new null return super switch this throw true try typeof var void while with " +
    "yield let static implements interface package private protected public await eval arguments undefined " +
    "exports require module globalThis pulumi config region memorydb elasticache iam rekognition"
  ).split(" "),
);

function identifierOf(name: string): string {
  const [first = "", ...others] = name.split(/[^a-zA-Z0-9]+/).filter((word) => word !== "");
  const camel = uncapitalized(first) + others.map(capitalized).join("");
  if (camel === "") return "user";
  if (/^\d/.test(camel)) return `user${camel}`;
  return RESERVED.has(camel) ? `${camel}User` : camel;
}

/** The first to want a name gets it; a number never makes a name that somebody else wants. */
function numbered(wanted: readonly string[]): string[] {
  const spoken = new Set(wanted);
  const given = new Set<string>();
  return wanted.map((identifier) => {
    let candidate = identifier;
    for (let number = 2; given.has(candidate); number++) {
      const next = `${identifier}${number}`;
      if (!spoken.has(next)) candidate = next;
    }
    given.add(candidate);
    return candidate;
  });
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A word in capitals becomes small as a whole. */
function uncapitalized(word: string): string {
  return word === word.toUpperCase() ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}
