import { z } from "zod";
import { sameAccess, type UnnamedChannels } from "../aws/accessStrings";
import {
  observedAccess,
  observedAuthentication,
  passwordDrift,
  phaseOfStatus,
  samePasswords,
} from "../aws/accessUsers";
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
  label: "MemoryDB user",
  service: "memorydb",
  inputs,
  rules: () => [],
  defaults: () => ({}),
  name: { property: "userName", maxLength: 40, forbidden: /[^a-z0-9-]/g, lowerCase: true },
  builtIn: BUILT_IN,
  replaces: ["region", "userName"],
  same: {
    accessString: (one: string, other: string) => sameAccess(one, other, UNNAMED_CHANNELS),
    authentication: samePasswords,
  },
  secrets: [["authentication", "passwords"]],
  awsKey: ({ region, userName }) => `${region}/${userName}`,
  id: ({ userName }) => userName,
  connect: memoryDbGateway,
  listing: { shows: "everything", findWalks: false, group: () => "", key: (id) => id },
  phase: ({ status }) => phaseOfStatus(status),
  status: ({ status }) => status,
  missesUntilGone: 1,
  faults,
  observed: (live, past) => ({
    userName: live.userName,
    accessString: observedAccess(live.accessString, past, UNNAMED_CHANNELS),
    authentication: observedAuthentication(live.authenticationType, live.passwordCount, past),
  }),
  hiddenDrift: ({ passwordCount }, past) => passwordDrift(passwordCount, past),
  outputs: ({ arn, status, minimumEngineVersion, aclNames, passwordCount, accessString }) => ({
    arn,
    status,
    minimumEngineVersion,
    aclNames,
    passwordCount,
    observedAccessString: accessString,
  }),
};
