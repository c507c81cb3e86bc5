/**
 * What AWS finds wrong with the name of a MemoryDB or ElastiCache user, ACL or user group. Upper case is taken, and
 * stored as lower case.
 */
export function nameProblem(member: string, name: string): string | undefined {
  const wellFormed =
    /^[a-zA-Z][a-zA-Z0-9-]*$/.test(name) && name.length <= 40 && !name.includes("--") && !name.endsWith("-");
  return wellFormed
    ? undefined
    : `The parameter ${member} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; must not end with a hyphen or contain two consecutive hyphens; and must have at most 40 characters.`;
}
