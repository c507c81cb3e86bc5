import { z } from "zod";
import type { FaultTable } from "../aws/faults";
import { type Tags, withoutAwsTags } from "../aws/tags";
import type { Phase, UserKind } from "../kind";
import { common, flag, tags, text } from "../shapes";
import { DEPENDENT_KINDS } from "./dependents";
import { type IamArgs, type IamLive, iamGateway } from "./gateway";

const inputs = z.strictObject({
  ...common,
  userName: text(/^[\w+=,.@-]{1,64}$/, "must have 1 to 64 characters, letters, digits and _ + = , . @ -"),
  path: text(/^\/([\x21-\x7e]{1,510}\/)?$/, "must begin and end with / and have at most 512 characters"),
  permissionsBoundary: text(
    /^arn:[\w-]+:iam::(aws|\d{12}):policy\/.{1,1950}$/,
    "must be the ARN of a policy, such as arn:aws:iam::aws:policy/ReadOnlyAccess",
  ).optional(),
  tags: tags.optional(),
  forceDestroy: z
    .union(
      [flag, z.strictObject(Object.fromEntries(DEPENDENT_KINDS.map((kind) => [kind, flag.optional()])))],
      {
        error: `must be true, false, or an object of ${DEPENDENT_KINDS.join(", ")}, each true or false`,
      },
    )
    .optional(),
});

const faults: FaultTable = {
  NoSuchEntityException: "gone",
  EntityAlreadyExistsException: "exists",
  DeleteConflictException: "blocked",
  ConcurrentModificationException: "busy",
  EntityTemporarilyUnmodifiableException: "busy",
  // Of a create or a boundary, not the user but the policy is missing.
  "CreateUser.NoSuchEntityException": "refused",
  "PutUserPermissionsBoundary.NoSuchEntityException": "refused",
  // The device is still being deactivated.
  "DeleteVirtualMFADevice.DeleteConflictException": "busy",
};

/** Users of AWS Identity and Access Management. Reads may lag behind writes, names are unique whatever their case. */
export const iamUser: UserKind<IamArgs, IamLive> = {
  label: "IAM user",
  service: "iam",
  inputs,
  rules: () => [],
  defaults: () => ({ path: "/" }),
  name: { property: "userName", maxLength: 64, forbidden: /[^\w+=,.@-]/g, lowerCase: false },
  replaces: ["userName"],
  same: {},
  secrets: [],
  awsKey: ({ userName }) => userName.toLowerCase(),
  id: ({ userName }) => userName,
  connect: iamGateway,
  listing: { shows: "presence", findWalks: false, group: () => "", key: (id) => id.toLowerCase() },
  phase,
  status: () => "present",
  identity: ({ uniqueId }) => uniqueId,
  madeAt: ({ createDate }) => (createDate === undefined ? undefined : Date.parse(createDate)),
  missesUntilGone: 2,
  faults,
  observed: ({ userName, path, permissionsBoundary }, past) => ({
    userName: past.userName?.toLowerCase() === userName.toLowerCase() ? past.userName : userName,
    path,
    ...(permissionsBoundary !== undefined && { permissionsBoundary }),
  }),
  outputs: ({ arn, uniqueId, createDate, passwordLastUsed }) => ({
    arn,
    uniqueId,
    createDate,
    passwordLastUsed,
  }),
};

/** A read that still shows what was before the last write is not ready. */
function phase(live: IamLive, want?: IamArgs): Phase {
  if (want === undefined) return "ready";
  const shown =
    live.path === want.path &&
    live.permissionsBoundary === want.permissionsBoundary &&
    sameTags(withoutAwsTags(live.tags), want.tagsAll ?? {});
  return shown ? "ready" : "pending";
}

function sameTags(live: Tags, want: Tags): boolean {
  const keys = Object.keys(want);
  return keys.length === Object.keys(live).length && keys.every((key) => live[key] === want[key]);
}
