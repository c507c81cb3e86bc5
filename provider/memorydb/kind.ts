import { z } from "zod";
import type { UnnamedChannels } from "../aws/accessStrings";
import { accessUserKind, observedLogin } from "../aws/accessUsers";
import type { FaultTable } from "../aws/faults";
import type { UserKind } from "../kind";
import { accessString, authentication, common, tags, text } from "../shapes";
import { type MemoryDbArgs, type MemoryDbLive, memoryDbGateway } from "./gateway";

const BUILT_IN = "default";

const inputs = z.strictObject({
  ...common,
  userName: text(
    /^[a-z](-?[a-z0-9])*$/,
    "must begin with a lower-case letter and hold lower-case letters, digits and single hyphens, none at the end",
  )
    .max(40, { error: "must have at most 40 characters" })
    .refine((name) => name !== BUILT_IN, { error: "must not be default, the built-in user of MemoryDB" }),
  accessString,
  authentication: authentication(["password", "iam"]),
  tags: tags.optional(),
});

const UNNAMED_CHANNELS: UnnamedChannels = "none";

const faults: FaultTable = {
  UserNotFoundFault: "gone",
  UserAlreadyExistsFault: "exists",
  DuplicateUserNameFault: "exists",
  InvalidUserStateFault: "busy",
  // While a user changes state it cannot be tagged; only DescribeUsers proves that it is gone.
  "ListTags.UserNotFoundFault": "busy",
  "TagResource.UserNotFoundFault": "busy",
  "UntagResource.UserNotFoundFault": "busy",
};

/** Users of Amazon MemoryDB. Changes take time; AWS rewrites access strings and never shows passwords. */
export const memoryDbUser: UserKind<MemoryDbArgs, MemoryDbLive> = {
  ...accessUserKind(UNNAMED_CHANNELS),
  label: "MemoryDB user",
  service: "memorydb",
  inputs,
  rules: () => [],
  defaults: () => ({}),
  name: { property: "userName", maxLength: 40, forbidden: /[^a-z0-9-]/g, lowerCase: true },
  builtIn: BUILT_IN,
  replaces: ["region", "userName"],
  awsKey: ({ region, userName }) => `${region}/${userName}`,
  id: ({ userName }) => userName,
  connect: memoryDbGateway,
  faults,
  observed: (live, past) => ({
    userName: live.userName,
    ...observedLogin(live, past, UNNAMED_CHANNELS),
  }),
  outputs: ({ arn, status, minimumEngineVersion, aclNames, passwordCount, accessString }) => ({
    arn,
    status,
    minimumEngineVersion,
    aclNames,
    passwordCount,
    observedAccessString: accessString,
  }),
};
