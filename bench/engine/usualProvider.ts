/**
 * Providers as they are often written by hand: a client of its own for each call, one thing after the other, and a
 * look every five seconds for each user until it is ready or gone.
 */
import { setTimeout as sleep } from "node:timers/promises";
import * as elastiCache from "@aws-sdk/client-elasticache";
import * as awsIam from "@aws-sdk/client-iam";
import * as memoryDb from "@aws-sdk/client-memorydb";
import type { dynamic } from "@pulumi/pulumi";

const POLL_MS = 5_000;

interface Inputs {
  readonly userName: string;
  readonly accessString: string;
  readonly authentication: { readonly passwords: string[] };
}

type Outputs = Inputs & { readonly status: string };

/** One user's status; undefined when there is none. */
type Status = (name: string) => Promise<string | undefined>;

async function poll(status: Status, name: string, isOver: (now: string | undefined) => boolean) {
  while (!isOver(await status(name))) await sleep(POLL_MS);
}

function provider(
  create: (inputs: Inputs) => Promise<unknown>,
  status: Status,
  remove: (name: string) => Promise<unknown>,
): dynamic.ResourceProvider<Inputs, Outputs> {
  return {
    check: async (_olds, inputs) => ({ inputs }),
    diff: async () => ({ changes: false }),
    async create(inputs) {
      const name = inputs.userName;
      await create(inputs);
      await poll(status, name, (now) => now === "active");
      return { id: name, outs: { ...inputs, status: "active" } };
    },
    async read(id = "", props = {} as Outputs) {
      const now = await status(id);
      return now === undefined ? {} : { id, props: { ...props, status: now } };
    },
    async delete(id) {
      await remove(id);
      await poll(status, id, (now) => now === undefined);
    },
  };
}

/** What the wild does on "not found". */
async function statusOf(ask: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (/NotFound|NoSuchEntity/.test((error as Error).name)) return undefined;
    throw error;
  }
}

export const memorydb = provider(
  ({ userName, accessString, authentication }) =>
    new memoryDb.MemoryDBClient({}).send(
      new memoryDb.CreateUserCommand({
        UserName: userName,
        AccessString: accessString,
        AuthenticationMode: { Type: "password", Passwords: authentication.passwords },
      }),
    ),
  (UserName) =>
    statusOf(async () => {
      const found = await new memoryDb.MemoryDBClient({}).send(
        new memoryDb.DescribeUsersCommand({ UserName }),
      );
      return found.Users?.[0]?.Status;
    }),
  (UserName) => new memoryDb.MemoryDBClient({}).send(new memoryDb.DeleteUserCommand({ UserName })),
);

export const elasticache = provider(
  ({ userName, accessString, authentication }) =>
    new elastiCache.ElastiCacheClient({}).send(
      new elastiCache.CreateUserCommand({
        UserId: userName,
        UserName: userName,
        Engine: "valkey",
        AccessString: accessString,
        AuthenticationMode: { Type: "password", Passwords: authentication.passwords },
      }),
    ),
  (UserId) =>
    statusOf(async () => {
      const found = await new elastiCache.ElastiCacheClient({}).send(
        new elastiCache.DescribeUsersCommand({ UserId }),
      );
      return found.Users?.[0]?.Status;
    }),
  (UserId) => new elastiCache.ElastiCacheClient({}).send(new elastiCache.DeleteUserCommand({ UserId })),
);

export const iam = provider(
  ({ userName }) => new awsIam.IAMClient({}).send(new awsIam.CreateUserCommand({ UserName: userName })),
  (UserName) =>
    statusOf(async () => {
      await new awsIam.IAMClient({}).send(new awsIam.GetUserCommand({ UserName }));
      return "active";
    }),
  sweepAndDelete,
);

/** The users that are measured have nothing attached: the lists alone are what this costs. */
async function sweepAndDelete(UserName: string): Promise<void> {
  const client = () => new awsIam.IAMClient({});
  await statusOf(async () => {
    await client().send(new awsIam.DeleteLoginProfileCommand({ UserName }));
    return undefined;
  });
  await client().send(new awsIam.ListAccessKeysCommand({ UserName }));
  await client().send(new awsIam.ListSigningCertificatesCommand({ UserName }));
  await client().send(new awsIam.ListSSHPublicKeysCommand({ UserName }));
  await client().send(new awsIam.ListServiceSpecificCredentialsCommand({ UserName }));
  await client().send(new awsIam.ListMFADevicesCommand({ UserName }));
  await client().send(new awsIam.ListUserPoliciesCommand({ UserName }));
  await client().send(new awsIam.ListAttachedUserPoliciesCommand({ UserName }));
  await client().send(new awsIam.ListGroupsForUserCommand({ UserName }));
  await client().send(new awsIam.DeleteUserCommand({ UserName }));
}
