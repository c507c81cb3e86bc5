import { z } from "zod";
import type { Service } from "../provider/service";
import { SERVICES } from "../provider/services";
import { type DestroyPlan, FORMAT_VERSION } from "./document";

const services = Object.keys(SERVICES) as Service[];
const time = z.iso.datetime().describe("ISO 8601, in UTC");

const lastUse = z
  .strictObject({
    at: time,
    service: z.string().optional().describe("The AWS service that was called: s3"),
    region: z.string().optional(),
  })
  .describe("The last use, where AWS tells of one");

const attachment = z.strictObject({
  kind: z
    .string()
    .describe(
      "accessKeys and the other names in forceDestroy; acls, clusters, userGroups, replicationGroups, serverlessCaches, faceIds",
    ),
  noun: z.string().describe("The kind in words, singular: access key"),
  id: z.string(),
  fate: z
    .enum(["purged", "purgeable", "blocks", "awaited", "detached", "disconnected", "freed"])
    .describe(
      "purged: removed. purgeable: forceDestroy allows it, and nothing is removed as long as others block. " +
        "blocks: keeps the user from being deleted. awaited: blocks, is going by itself, and is waited for. " +
        "detached: no longer has the user. disconnected: connections of the user to it are cut. freed: stays, without the user",
    ),
  madeAt: time.optional(),
  lastUsed: lastUse.optional(),
});

const call = z.strictObject({
  action: z.string().describe("As in IAM policies: iam:DeleteUser"),
  times: z.int().positive(),
});

const identified = {
  urn: z.string(),
  name: z.string().describe("The name of the Pulumi resource"),
  service: z.enum(services),
  label: z.string().describe("The kind in words: IAM user"),
  id: z.string().describe("User name, user id, or collection/user"),
};

const user = z.strictObject({
  ...identified,
  region: z.string().nullable().describe("null for IAM users, which have none"),
  account: z.string().nullable().describe("The account in the state, twelve digits"),
  outcome: z
    .enum(["deleted", "blocked", "protected", "retained", "gone", "somebodyElses", "otherAccount"])
    .describe(
      "deleted: it goes. blocked: destroy fails on it. protected: destroy fails on it, for it is protected. retained: it leaves " +
        "the state and stays in AWS. gone: there is nothing to delete any more. somebodyElses: another user has the name now, " +
        "and is left alone. otherAccount: destroy fails, for the credentials belong to another account",
    ),
  reason: z
    .string()
    .nullable()
    .describe("Why, in words, and what to do about it; null for one that is simply deleted"),
  replaced: z.boolean().describe("It is the old copy of a replacement that did not get to its end"),
  calls: z
    .array(call)
    .describe("Calls that change something, as AWS accepts them; look-ups and refused tries are left out"),
  attachments: z.array(attachment).describe("What the deletion removes, changes, or fails on"),
});

const pendingOperation = z.strictObject({
  ...identified,
  type: z.enum(["creating", "updating", "deleting"]),
  inState: z.boolean().describe("The state has the user, so destroy deals with it"),
  existsInAws: z
    .boolean()
    .nullable()
    .describe("null where it was not asked, for it is in the state or its name is secret"),
  advice: z.string(),
});

const warning = z.strictObject({
  code: z
    .enum(["recentlyUsed", "inUse", "notKnown", "otherProtected"])
    .describe(
      "recentlyUsed: a key or password was used in the last seven days. inUse: connections are cut. notKnown: AWS did not tell. " +
        "otherProtected: destroy fails on protected resources that are no users",
    ),
  urn: z.string().nullable().describe("The user that it is about"),
  text: z.string(),
});

const document = z
  .strictObject({
    formatVersion: z.literal(FORMAT_VERSION),
    project: z.string(),
    stack: z.string(),
    madeAt: time,
    verdict: z
      .enum(["clear", "blocked"])
      .describe(
        "blocked: destroy fails on a user or on another resource that is protected, or a run was interrupted while it created a user",
      ),
    warnings: z.array(warning),
    users: z.array(user),
    pending: z.array(pendingOperation).describe("What a run began, and the engine did not see ending"),
  })
  .meta({
    title: "What pulumi destroy will do with the AWS users of a stack",
  }) satisfies z.ZodType<DestroyPlan>;

/** The JSON schema of a {@link DestroyPlan}, draft 2020-12. */
export function destroyPlanSchema(): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(document);
}
