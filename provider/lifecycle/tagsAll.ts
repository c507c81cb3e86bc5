import { ownerTags } from "../aws/ownerTag";
import type { Tags } from "../aws/tags";
import type { Settings } from "../config";
import { problemsOf } from "../inputs";
import type { Problem, UserKind } from "../kind";
import { MOST_TAGS, TOO_MANY_TAGS } from "../shapes";

type Inputs = Readonly<Record<string, unknown>>;

/** The tags that AWS is to hold: the resource's own over the stack's defaults, with the mark of the owner if wanted. */
export function withTagsAll(
  kind: UserKind,
  { defaultTags, ownerTag }: Settings,
  urn: string,
  inputs: Inputs,
): Inputs {
  const { tags } = inputs;
  const mark = ownerTag ? ownerTags(urn) : {};
  if (!("tags" in kind.inputs.shape) || (tags === undefined && isEmpty(defaultTags) && isEmpty(mark))) {
    return inputs;
  }
  const isWhollyUnknown = tags !== undefined && typeof tags !== "object";
  return {
    ...inputs,
    tagsAll: isWhollyUnknown ? tags : { ...defaultTags, ...(tags as Tags | undefined), ...mark },
  };
}

/** What is wrong with `tagsAll` of inputs whose own tags are known to be right. */
export function tagsAllProblems(kind: UserKind, { defaultTags }: Settings, inputs: Inputs): Problem[] {
  const { tagsAll, ...declared } = inputs;
  if (typeof tagsAll !== "object") return [];
  const tags = { ...defaultTags, ...(declared["tags"] as Tags | undefined) };
  const broken = problemsOf(kind, { ...declared, tags }, declared);
  if (broken.length > 0) {
    return broken.map(({ rule }) => ({ path: "tags, with those of aws:defaultTags,", rule }));
  }
  if (Object.keys(tagsAll as Tags).length <= MOST_TAGS) return [];
  return [{ path: "tags, with those of aws:defaultTags and aws-users:ownerTag,", rule: TOO_MANY_TAGS }];
}

function isEmpty(tags: Tags): boolean {
  return Object.keys(tags).length === 0;
}
