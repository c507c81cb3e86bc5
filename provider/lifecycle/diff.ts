import { placedBelongings } from "../belongings";
import { differingKeys } from "../changes";
import type { CommonArgs, UserKind } from "../kind";
import { hasUnknown } from "../unknown";

/** What Pulumi's `diff` is answered with; without `changes` the engine compares the inputs and shows each property. */
export interface Difference {
  readonly changes?: false;
  readonly replaces?: string[];
  readonly deleteBeforeReplace: boolean;
}

type Props = Readonly<Record<string, unknown>>;

/**
 * What an update from the old outputs to the new inputs means. What is not known yet counts as changed, and replaces
 * only where the kind says so. A user with the same AWS key, or with something that the new one is to have, must go
 * before its replacement can come; that is said in each answer, for users of Pulumi can force a replacement.
 */
export function diff(kind: UserKind, olds: Props, news: Props): Difference {
  const changed = differingKeys(kind, olds, news);
  const replaces = changed.filter((key) => {
    if (hasUnknown(news[key])) return kind.replacesWhenUnknown?.includes(key) ?? false;
    return kind.replaces.includes(key);
  });
  const deleteBeforeReplace = sameAwsKey(kind, olds, news) || sharesBelongings(kind, olds, news);
  if (changed.length === 0) return { changes: false, deleteBeforeReplace };
  return { ...(replaces.length > 0 && { replaces }), deleteBeforeReplace };
}

/** What is not known yet may turn out to be the same. */
function sameAwsKey(kind: UserKind, olds: Props, news: Props): boolean {
  const key = (props: Props) => kind.awsKey({ ...olds, ...props } as unknown as CommonArgs);
  const known = Object.entries(news).filter(
    ([name, value]) => !hasUnknown(value) || kind.replacesWhenUnknown?.includes(name),
  );
  return key({}) === key(Object.fromEntries(known));
}

function sharesBelongings(kind: UserKind, olds: Props, news: Props): boolean {
  const had = placedBelongings(kind, olds);
  return placedBelongings(kind, news).some((thing) => had.includes(thing));
}
