import type { Tagging } from "../gateway";
import { absentIs } from "./calls";
import { tagList, tagRecord } from "./tags";

/** A list of tags in AWS's form. */
type TagList = { Key?: string | undefined; Value?: string | undefined }[];

/** Tags that are read and written by the ARN of what carries them. */
export function taggingByArn<Live extends { readonly arn: string }>(calls: {
  readonly list: (arn: string) => Promise<TagList | undefined>;
  readonly add: (arn: string, tags: { Key: string; Value: string }[]) => Promise<unknown>;
  readonly remove: (arn: string, keys: string[]) => Promise<unknown>;
}): Tagging<Live> {
  return {
    read: async ({ arn }) => tagRecord(await calls.list(arn)),
    async write({ arn }, { put, remove }) {
      if (remove.length > 0) {
        // A write that is tried again may have removed them already.
        await absentIs(undefined, "TagNotFoundFault", async () => {
          await calls.remove(arn, [...remove]);
        });
      }
      const tags = tagList(put);
      if (tags.length > 0) await calls.add(arn, tags);
    },
  };
}
