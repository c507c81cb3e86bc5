import { z } from "zod";
import type { UnnamedChannels } from "../aws/accessStrings";
import { accessUserKind, observedLogin } from "../aws/accessUsers";
import type { FaultTable } from "../aws/faults";
import type { Problem, UserKind } from "../kind";
import { accessString, authentication, common, tags, text } from "../shapes";
import { type ElastiCacheArgs, type ElastiCacheLive, elastiCacheGateway } from "./gateway";

const BUILT_IN = "default";

const inputs = z.strictObject({
  ...common,
  userId: text(
    /^[a-z](-?[a-z0-9])*$/,
    "must begin with a lower-case letter and hold lower-case letters, digits and single hyphens, none at the end",
  )
    .max(40, { error: "must have at most 40 characters" })
    .refine((id) => id !== BUILT_IN, { error: "must not be default, the built-in user of ElastiCache" }),
  userName: text(/^\S{1,120}$/, "must have 1 to 120 characters and no spaces"),
  engine: z.enum(["redis", "valkey"], { error: "must be redis or valkey" }),
  accessString,
  authentication: authentication(["password", "iam", "no-password-required"]),
  tags: tags.optional(),
});

const UNNAMED_CHANNELS: UnnamedChannels = "cluster";

const faults: FaultTable = {
  UserNotFoundFault: "gone",
  UserAlreadyExistsFault: "exists",
  InvalidUserStateFault: "busy",
  DefaultUserAssociatedToUserGroupFault: "blocked",
  // While a user changes state it cannot be tagged; only DescribeUsers proves that it is gone.
  "ListTagsForResource.UserNotFoundFault": "busy",
  "AddTagsToResource.UserNotFoundFault": "busy",
  "RemoveTagsFromResource.UserNotFoundFault": "busy",
};

/** Users of Amazon ElastiCache. Changes take time; AWS rewrites access strings and never shows passwords. */
export const elastiCacheUser: UserKind<ElastiCacheArgs, ElastiCacheLive> = {
  ...accessUserKind(UNNAMED_CHANNELS),
  label: "ElastiCache user",
  service: "elasticache",
  inputs,
  rules,
  defaults: ({ userId }) => (userId === undefined ? {} : { userName: userId }),
  name: { property: "userId", maxLength: 40, forbidden: /[^a-z0-9-]/g, lowerCase: true },
  builtIn: BUILT_IN,
  replaces: ["region", "userId", "userName"],
  awsKey: ({ region, userId }) => `${region}/${userId}`,
  id: ({ userId }) => userId,
  connect: elastiCacheGateway,
  faults,
  observed: (live, past) => ({
    userId: live.userId,
    userName: live.userName,
    engine: live.engine,
    ...observedLogin(live, past, UNNAMED_CHANNELS),
  }),
  outputs: ({ arn, status, minimumEngineVersion, userGroupIds, passwordCount, accessString }) => ({
    arn,
    status,
    minimumEngineVersion,
    userGroupIds,
    passwordCount,
    observedAccessString: accessString,
  }),
};

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html */
function rules({ userId, userName, engine, authentication }: Readonly<Partial<ElastiCacheArgs>>): Problem[] {
  const problems: Problem[] = [];
  if (engine === "valkey" && authentication?.type === "no-password-required") {
    problems.push({ path: "authentication.type", rule: "must be password or iam with engine valkey" });
  }
  if (
    authentication?.type === "iam" &&
    userId !== undefined &&
    userName !== undefined &&
    userId !== userName
  ) {
    problems.push({ path: "userName", rule: "must equal userId with authentication type iam" });
  }
  return problems;
}
