/** What stands for a value that is not known yet, at any depth, while Pulumi previews. Fixed by Pulumi's protocol. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value, or any part of it, is not known yet. */
export function hasUnknown(value: unknown): boolean {
  return unknownPaths(value).length > 0;
}

/** The paths within a value at which something is not known yet. */
export function unknownPaths(value: unknown, path: readonly PropertyKey[] = []): (readonly PropertyKey[])[] {
  if (value === UNKNOWN) return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => unknownPaths(part, [...path, key]));
}
