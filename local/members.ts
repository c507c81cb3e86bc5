import type { Members } from "./service";

/** The text of a member, or undefined when the request lacks it. */
export function text(members: Members, name: string): string | undefined {
  const value = members[name];
  return typeof value === "string" ? value : undefined;
}

/** The items of a list that are text; a list that is absent or sent empty has none. */
export function texts(members: Members, name: string): readonly string[] {
  return items(members, name).filter((item) => typeof item === "string");
}

/** The items of a list that are structures. */
export function structures(members: Members, name: string): readonly Members[] {
  return items(members, name).filter(isStructure);
}

/** The members of a structure, or undefined when the request lacks it. */
export function structure(members: Members, name: string): Members | undefined {
  const value = members[name];
  return isStructure(value) ? value : undefined;
}

function items(members: Members, name: string): readonly unknown[] {
  const value = members[name];
  return Array.isArray(value) ? value : [];
}

function isStructure(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
