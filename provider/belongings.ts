import type { CommonArgs } from "./args";
import type { UserKind } from "./kind";

type Props = Readonly<Record<string, unknown>>;

/** What a user is declared to have; undefined where nothing is said of it, and what it has is nobody's business. */
export function declaredBelongings({ belongings }: UserKind, args: Props): readonly string[] | undefined {
  const declared = belongings && args[belongings.property];
  return Array.isArray(declared) ? declared : undefined;
}

/** The same, each thing with its place: no two users can have what is equal here. */
export function placedBelongings(kind: UserKind, args: Props): string[] {
  const { belongings } = kind;
  if (belongings === undefined) return [];
  const place = belongings.place(args as unknown as CommonArgs);
  return (declaredBelongings(kind, args) ?? []).map((id) => `${place}/${id}`);
}

/** Whether two lists name the same things, in whatever order; what is no list yet is the same as none. */
export function sameThings(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return false;
  return one.length === other.length && one.every((id) => other.includes(id));
}

/** `2 faces (a, b)`. */
export function countOf(noun: string, things: readonly string[]): string {
  return `${things.length} ${noun}${things.length === 1 ? "" : "s"} (${things.join(", ")})`;
}
