import { z } from "zod";
import { accountOf, TEST_CREDENTIALS } from "./accounts";

/** When an access key was used last, for what, and where. */
export interface AccessKeyUse {
  /** Of a key that exists. */
  readonly accessKeyId: string;
  /** As AWS names it when it tells the last use: `s3`. */
  readonly service: string;
  /** Where it was called: `us-east-1`. */
  readonly region: string;
  /** ISO 8601: `2026-01-31T12:00:00Z`. */
  readonly at: string;
}

/** When the password of an IAM user was used last. */
export interface PasswordUse {
  /** Of a user that exists. */
  readonly userName: string;
  /** Twelve digits; the account of the test credentials unless given. */
  readonly account?: string;
  /** ISO 8601: `2026-01-31T12:00:00Z`. */
  readonly at: string;
}

/** The last use of an access key or of the password of a user. */
export type LastUse = AccessKeyUse | PasswordUse;

/** The same as a service takes it down. */
export type Use =
  | { readonly accessKeyId: string; readonly service: string; readonly region: string; readonly at: Date }
  | { readonly account: string; readonly userName: string; readonly at: Date };

/** Reads uses that come from outside. @throws TypeError for what is no list of uses */
export function parsedUses(uses: unknown): readonly Use[] {
  const result = z.array(useSchema).safeParse(uses);
  if (!result.success) {
    throw new TypeError(`malformed last uses:\n${z.prettifyError(result.error)}`);
  }
  return result.data;
}

/** The credentials of a use, for messages. */
export function nameOf(use: Use): string {
  return "accessKeyId" in use
    ? `access key ${use.accessKeyId}`
    : `IAM user ${use.userName} in account ${use.account}`;
}

const at = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const useSchema = z.union([
  z.strictObject({ accessKeyId: z.string(), service: z.string(), region: z.string(), at }),
  z.strictObject({
    userName: z.string(),
    account: z
      .string()
      .regex(/^\d{12}$/)
      .default(accountOf(TEST_CREDENTIALS.accessKeyId)),
    at,
  }),
]);
