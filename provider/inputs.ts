import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import type { CommonArgs } from "./args";
import type { Problem, UserKind } from "./kind";
import { nearest } from "./nearest";
import { hasUnknown, unknownPaths } from "./unknown";

/**
 * The rules that declared inputs break. What is not known yet passes, and so does every rule that would have to look at
 * it. No value is ever part of a rule's text.
 *
 * @param before What was declared before. Secrets that it lacks, since AWS never shows them, may be lacking still.
 */
export function problemsOf(
  kind: UserKind,
  declared: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>> = {},
): Problem[] {
  const parsed = kind.inputs.safeParse(declared);
  const unknown = unknownPaths(declared);
  const broken = (parsed.error?.issues ?? [])
    .filter((issue, _, all) => !unknown.some((path) => depends(issue, path)) && !isMoot(issue, all))
    .flatMap((issue) => problems(issue, kind.inputs, declared))
    .filter(({ path }) => !leftAlone(kind, declared, before).includes(path));
  const known = Object.fromEntries(Object.entries(declared).filter(([, value]) => !hasUnknown(value)));
  const between = broken.length === 0 ? kind.rules(known as Partial<CommonArgs>) : [];
  return [...broken, ...between];
}

/** The paths of secrets that an import or a refresh could not read, and that nobody wants changed. */
function leftAlone(
  { secrets }: UserKind,
  declared: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
): string[] {
  return secrets
    .filter(([outer, inner]) => {
      const held = before[outer];
      if (typeof held !== "object" || held === null || inner in held) return false;
      return isDeepStrictEqual(declared[outer], held);
    })
    .map((path) => pathText(path));
}

/** An unknown value says nothing about itself and what it may contain, nor to a rule that looks into what contains it. */
function depends({ code, path }: z.core.$ZodIssue, unknown: readonly PropertyKey[]): boolean {
  return (
    leadsTo(unknown, path) || ((code === "custom" || code === "invalid_union") && leadsTo(path, unknown))
  );
}

/** What has the wrong type breaks its further rules by chance only. */
function isMoot({ code, path }: z.core.$ZodIssue, all: readonly z.core.$ZodIssue[]): boolean {
  if (code === "invalid_type") return false;
  return all.some((other) => other.code === "invalid_type" && isDeepStrictEqual(other.path, path));
}

function leadsTo(start: readonly PropertyKey[], path: readonly PropertyKey[]): boolean {
  return start.length <= path.length && start.every((key, index) => String(key) === String(path[index]));
}

function problems(
  issue: z.core.$ZodIssue,
  schema: z.ZodObject,
  declared: Readonly<Record<string, unknown>>,
): Problem[] {
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
  const missing = issue.code !== "custom" && valueAt(declared, issue.path) === undefined;
  return [{ path, rule: missing ? "is required" : issue.message }];
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

function unknownProperty(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  return near === undefined
    ? `is not a property; known are ${known.join(", ")}`
    : `is not a property; did you mean ${near}?`;
}

/** The names that an object at a path of the schema may have; optional wrappers are looked through. */
function namesAt(schema: z.ZodObject, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const key of path) at = shapeOf(at)[String(key)];
  return Object.keys(shapeOf(at));
}

function shapeOf(schema: unknown): Record<string, unknown> {
  const { shape, unwrap, options } = schema as {
    readonly shape?: Record<string, unknown>;
    readonly unwrap?: () => unknown;
    readonly options?: readonly unknown[];
  };
  if (shape !== undefined) return shape;
  if (unwrap !== undefined) return shapeOf(unwrap());
  return Object.assign({}, ...(options ?? []).map(shapeOf));
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}
