import type { ServiceError } from "./service";

/**
 * The name of a MemoryDB or ElastiCache resource as AWS keeps it: upper case is taken, and stored as lower case.
 *
 * @throws what `refuse` makes of the message, for a name that AWS does not take
 */
export function storedName(member: string, name: string, refuse: (message: string) => ServiceError): string {
  const wellFormed =
    /^[a-zA-Z][a-zA-Z0-9-]*$/.test(name) && name.length <= 40 && !name.includes("--") && !name.endsWith("-");
  if (wellFormed) return name.toLowerCase();
  throw refuse(
    `The parameter ${member} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; must not end with a hyphen or contain two consecutive hyphens; and must have at most 40 characters.`,
  );
}
