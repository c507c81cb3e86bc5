/** The shapes of properties that users of several services share. Messages name the rule and never the value. */

import { z } from "zod";
import { parseAccess } from "./aws/accessStrings/parse";
import { isOwnerKey, OWNER_PREFIX } from "./aws/ownerTag";
import { REGION_NAME } from "./aws/scope";
import { parseDuration } from "./wait/deadline";

/** Text that matches a pattern; the rule is said in words. */
export function text(pattern: RegExp, rule: string): z.ZodString {
  return z.string({ error: "must be text" }).regex(pattern, { error: rule });
}

const region = text(REGION_NAME, "must be an AWS region such as eu-central-1");

const duration = z.string({ error: "must be text" }).refine((value) => parseDuration(value) !== undefined, {
  error: "must be a duration such as 90s, 10m or 1h30m",
});

const timeouts = z.strictObject(
  {
    create: duration.optional(),
    update: duration.optional(),
    delete: duration.optional(),
  },
  { error: "must be an object of create, update and delete" },
);

export const flag = z.boolean({ error: "must be true or false" });

const tagKey = z
  .string()
  .min(1, { error: "must not have an empty key" })
  .max(128, { error: "must have keys of at most 128 characters" })
  .refine((key) => !/^aws:/i.test(key), {
    error: "must not have keys that begin with aws:, which AWS reserves",
  })
  .refine((key) => !isOwnerKey(key), {
    error: `must not have keys that begin with ${OWNER_PREFIX}, which mark whose a user is: see aws-users:ownerTag`,
  })
  .refine((key) => TAG_TEXT.test(key), {
    error: "must have keys of letters, digits, spaces and _ . : / = + - @",
  });

const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** The tags that AWS allows on a user. */
export const MOST_TAGS = 50;

/** The rule of a check failure. */
export const TOO_MANY_TAGS = `must be at most ${MOST_TAGS} tags`;

export const tags = z
  .record(
    tagKey,
    z
      .string({ error: "must be text" })
      .max(256, { error: "must have at most 256 characters" })
      .regex(TAG_TEXT, { error: "must consist of letters, digits, spaces and _ . : / = + - @" }),
    { error: "must be an object of texts" },
  )
  .refine((all) => Object.keys(all).length <= MOST_TAGS, { error: TOO_MANY_TAGS });

/** Properties of every kind. */
export const common = {
  region: region.optional(),
  timeouts: timeouts.optional(),
  adoptExisting: flag.optional(),
};

/** What a user of MemoryDB or ElastiCache may do. Of passwords and patterns, messages show no more than the beginning. */
export const accessString = z.string({ error: "must be text" }).superRefine((value, context) => {
  for (const message of parseAccess(value).problems) context.addIssue({ code: "custom", message });
});

const password = z
  .string({ error: "must be text" })
  .min(16, { error: "must have 16 to 128 characters" })
  .max(128, { error: "must have 16 to 128 characters" })
  .regex(/^[\x21-\x7e]*$/, { error: "must consist of printable ASCII characters without spaces" })
  .regex(/^[^,"/@]*$/, { error: 'must not contain , " / or @' });

/** How a user of MemoryDB or ElastiCache proves who it is. */
export function authentication<const Types extends readonly [string, ...string[]]>(types: Types) {
  return z
    .strictObject(
      {
        type: z.enum(types, { error: `must be one of ${types.join(", ")}` }),
        passwords: z
          .array(password, { error: "must be a list, of one or two passwords" })
          .min(1, { error: "must be one or two passwords" })
          .max(2, { error: "must be one or two passwords" })
          .refine((all) => new Set(all).size === all.length, { error: "must be two different passwords" })
          .optional(),
      },
      { error: "must be an object of type and passwords" },
    )
    .superRefine(({ type, passwords }, context) => {
      const problem = passwordsFit(type, passwords);
      if (problem) context.addIssue({ code: "custom", path: ["passwords"], message: problem });
    });
}

function passwordsFit(type: string, passwords: readonly string[] | undefined): string | undefined {
  if (type === "password") return passwords === undefined ? "are required with type password" : undefined;
  return passwords === undefined ? undefined : `must be left out with type ${type}`;
}
