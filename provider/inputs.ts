import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import type { CommonArgs, Problem, UserKind } from "./kind";
import { hasUnknown, unknownPaths } from "./unknown";

/**
 * The rules that declared inputs break. What is not known yet passes, and so does every rule that would have to look at
 * it. No value is ever part of a rule's text.
 */
export function problemsOf(kind: UserKind, declared: Readonly<Record<string, unknown>>): Problem[] {
  const parsed = kind.inputs.safeParse(declared);
  const unknown = unknownPaths(declared);
  const broken = (parsed.error?.issues ?? [])
    .filter((issue) => !unknown.some((path) => overlap(path, issue.path)))
    .flatMap((issue) => problems(issue, kind.inputs));
  const known = Object.fromEntries(Object.entries(declared).filter(([, value]) => !hasUnknown(value)));
  const between = broken.length === 0 ? kind.rules(known as Partial<CommonArgs>) : [];
  return [...broken, ...between];
}

/** An unknown value says nothing about itself, about what contains it, or about what it may contain. */
function overlap(one: readonly PropertyKey[], other: readonly PropertyKey[]): boolean {
  const shared = Math.min(one.length, other.length);
  return one.slice(0, shared).every((key, index) => String(key) === String(other[index]));
}

function problems(issue: z.core.$ZodIssue, schema: z.ZodObject): Problem[] {
  const path = pathText(issue.path);
  if (issue.code === "unrecognized_keys") {
    const known = namesAt(schema, issue.path);
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      rule: unknownProperty(key, known),
    }));
  }
  if (issue.code === "invalid_key") return issue.issues.map(({ message }) => ({ path, rule: message }));
  if (issue.code === "invalid_union") return [{ path, rule: issue.message }];
  return [{ path, rule: isMissing(issue) ? "is required" : issue.message }];
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return "input" in issue && issue.input === undefined && issue.code !== "custom";
}

function unknownProperty(key: string, known: readonly string[]): string {
  const nearest = known.length > 0 ? closest(key, [...known]) : undefined;
  const near = nearest !== undefined && distance(key, nearest) <= Math.max(2, key.length / 3);
  return near
    ? `is not a property; did you mean ${nearest}?`
    : `is not a property; known are ${known.join(", ")}`;
}

/** The names that an object at a path of the schema may have; optional wrappers are looked through. */
function namesAt(schema: z.ZodObject, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const key of path) at = shapeOf(at)[String(key)];
  return Object.keys(shapeOf(at));
}

function shapeOf(schema: unknown): Record<string, unknown> {
  let inner = schema as { shape?: Record<string, unknown>; unwrap?: () => unknown; options?: unknown[] };
  while (inner.shape === undefined && inner.unwrap !== undefined) inner = inner.unwrap() as typeof inner;
  return inner.shape ?? {};
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}
