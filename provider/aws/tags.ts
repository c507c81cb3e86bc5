import { isOwnerKey } from "./ownerTag";

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** What must be sent to turn one set of tags into another. */
export interface TagChanges {
  readonly put: Tags;
  readonly remove: readonly string[];
}

/** The difference between live and wanted tags; `aws:` tags belong to AWS and are left alone. */
export function tagChanges(live: Tags, want: Tags): TagChanges {
  const put = Object.fromEntries(Object.entries(want).filter(([key, value]) => live[key] !== value));
  const remove = Object.keys(withoutAwsTags(live)).filter((key) => !(key in want));
  return { put, remove };
}

/** AWS's list form. */
export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** From AWS's list form. */
export function tagRecord(
  list: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): Tags {
  return Object.fromEntries((list ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
}

export function withoutAwsTags(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith("aws:")));
}

/**
 * What a resource would declare, given the live tags. Left out are those that came from the stack's default tags, and
 * still have their value, and a mark of the owner, whosever it is: no resource can declare one.
 *
 * @param last What was declared, and what was sent with the defaults included.
 */
export function declaredTags(
  live: Tags,
  last: { tags?: Tags | undefined; tagsAll?: Tags | undefined },
): { tags: Tags; tagsAll: Tags } {
  const tagsAll = withoutAwsTags(live);
  const own = last.tags ?? {};
  const tags = Object.fromEntries(
    Object.entries(tagsAll).filter(
      ([key, value]) => !isOwnerKey(key) && (key in own || last.tagsAll?.[key] !== value),
    ),
  );
  return { tags, tagsAll };
}
