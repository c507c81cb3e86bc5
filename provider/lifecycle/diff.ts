import type { CommonArgs } from "../args";
import { placedBelongings } from "../belongings";
import { differingKeys } from "../changes";
import type { UserKind } from "../kind";
import { hasUnknown } from "../unknown";

/** What Pulumi's `diff` is answered with; without `changes` the engine compares the inputs and shows each property. */
export interface Difference {
  readonly changes?: false;
  readonly replaces?: string[];
  readonly deleteBeforeReplace: boolean;
}

type Props = Readonly<Record<string, unknown>>;

/**
 * What an update from the old outputs to the new inputs means. What is not known yet counts as changed. It replaces
 * nothing as long as it may turn out to be the same. A user with the same AWS key, or with something that the new one
 * is to have, must go before its replacement can come; that is said in each answer, for users of Pulumi can force a
 * replacement.
 *
 * @param open Properties that the program declares by a value that is not known yet. Others that are not known are
 * those that the engine took from a resource which it is about to delete and make again.
 */
export function diff(kind: UserKind, olds: Props, news: Props, open: readonly string[] = []): Difference {
  const goesWithAnother = (kind.replacesWhenUnknown ?? []).filter((key) => !open.includes(key));
  const changed = differingKeys(kind, olds, news);
  const replaces = changed.filter((key) =>
    (hasUnknown(news[key]) ? goesWithAnother : kind.replaces).includes(key),
  );
  const deleteBeforeReplace =
    sameAwsKey(kind, olds, news, goesWithAnother) || sharesBelongings(kind, olds, news);
  if (changed.length === 0) return { changes: false, deleteBeforeReplace };
  return { ...(replaces.length > 0 && { replaces }), deleteBeforeReplace };
}

/** What is not known yet may turn out to be the same. */
function sameAwsKey(kind: UserKind, olds: Props, news: Props, goesWithAnother: readonly string[]): boolean {
  const key = (props: Props) => kind.awsKey({ ...olds, ...props } as unknown as CommonArgs);
  const known = Object.entries(news).filter(
    ([name, value]) => !hasUnknown(value) || goesWithAnother.includes(name),
  );
  return key({}) === key(Object.fromEntries(known));
}

function sharesBelongings(kind: UserKind, olds: Props, news: Props): boolean {
  const had = placedBelongings(kind, olds);
  return placedBelongings(kind, news).some((thing) => had.includes(thing));
}

/** Which properties replace a user, or may do so once they are known; the engine's own display marks none of them. */
export function replacementLine(
  { label, replaces }: UserKind,
  id: string,
  { replaces: forcing = [] }: Difference,
  open: readonly string[],
): string | undefined {
  const user = `${label} "${id}" is to be replaced`;
  if (forcing.length > 0)
    return `${user}: its ${forcing.join(" and ")} ${verb(forcing, "changes", "change")}`;
  const unsure = replaces.filter((key) => open.includes(key));
  if (unsure.length === 0) return undefined;
  return `${user} if its ${unsure.join(" or ")}, not known yet, ${verb(unsure, "turns", "turn")} out to be another`;
}

function verb({ length }: readonly string[], one: string, many: string): string {
  return length === 1 ? one : many;
}
