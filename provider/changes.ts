import { isDeepStrictEqual } from "node:util";
import type { CommonArgs } from "./args";
import type { UserKind } from "./kind";

/** Properties of the arguments that are compared: all but `adoptExisting`, which only a create reads. */
export function comparedKeys(kind: UserKind): string[] {
  const declared = Object.keys(kind.inputs.shape).filter((key) => key !== "adoptExisting");
  return "tags" in kind.inputs.shape ? [...declared, "tagsAll"] : declared;
}

/** The compared properties in which two sets of arguments differ in meaning; defaults fill what is missing. */
export function differingKeys(
  kind: UserKind,
  one: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): string[] {
  const [a, b] = [filled(kind, one), filled(kind, other)];
  return comparedKeys(kind).filter((key) => !sameValue(kind, key, a[key], b[key]));
}

function sameValue(kind: UserKind, key: string, a: unknown, b: unknown): boolean {
  if (isDeepStrictEqual(a, b)) return true;
  if (a === undefined || b === undefined) return isEmpty(a) && isEmpty(b);
  const same = kind.same[key] as ((a: unknown, b: unknown) => boolean) | undefined;
  return same?.(a, b) ?? false;
}

/** No tags, no time-outs and no flag mean the same as empty ones; a list that is empty says that there is to be nothing. */
function isEmpty(value: unknown): boolean {
  if (value === undefined || value === false) return true;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length === 0;
}

function filled(kind: UserKind, args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...kind.defaults(args as Partial<CommonArgs>), ...args };
}

const LOCAL_KEYS: readonly string[] = ["region", "timeouts", "adoptExisting", "forceDestroy"];

/** Properties that the state holds and AWS does not: they steer this provider. */
export function localKeys({ steering = [] }: UserKind): readonly string[] {
  return [...LOCAL_KEYS, ...steering];
}

/** Properties of the user itself that AWS holds: not its tags, and not what belongs to it. */
export function awsKeys(kind: UserKind): string[] {
  const others = [...localKeys(kind), "tags", "tagsAll", kind.belongings?.property];
  return comparedKeys(kind).filter((key) => !others.includes(key));
}
