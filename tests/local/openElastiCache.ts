import {
  CreateReplicationGroupCommand,
  type CreateReplicationGroupCommandInput,
  CreateServerlessCacheCommand,
  type CreateServerlessCacheCommandInput,
  CreateUserCommand,
  type CreateUserCommandInput,
  CreateUserGroupCommand,
  DeleteReplicationGroupCommand,
  DeleteServerlessCacheCommand,
  DeleteUserCommand,
  DeleteUserGroupCommand,
  DescribeReplicationGroupsCommand,
  DescribeServerlessCachesCommand,
  DescribeUserGroupsCommand,
  DescribeUsersCommand,
  type DescribeUsersCommandInput,
  ElastiCacheClient,
  ModifyReplicationGroupCommand,
  type ModifyReplicationGroupCommandInput,
  ModifyUserCommand,
  type ModifyUserCommandInput,
  ModifyUserGroupCommand,
  type ModifyUserGroupCommandInput,
} from "@aws-sdk/client-elasticache";
import type { LocalAws, LocalAwsOptions } from "../../local";
import { clientConfig, manualClock } from "./start";

/** Long enough for AWS. */
export const PASSWORD = "sixteen-letters!";

/** How long changes take unless a test says otherwise. */
export const TIMES = { createMs: 0, modifyMs: 100, deleteMs: 200, groupMs: 500 };

/** A local ElastiCache with a clock of its own, and short forms of what tests ask of it; changes take `TIMES`. */
export async function openElastiCache(
  start: (options?: LocalAwsOptions) => Promise<LocalAws>,
  options: LocalAwsOptions = {},
) {
  const clock = manualClock();
  const aws = await start({ now: clock.now, transitions: TIMES, ...options });
  const client = new ElastiCacheClient(clientConfig(aws));
  const create = (UserId = "ann", input: Partial<CreateUserCommandInput> = {}) => {
    const AuthenticationMode = { Type: "password" as const, Passwords: [PASSWORD] };
    const base = {
      UserId,
      UserName: UserId,
      Engine: "redis",
      AccessString: "on ~* +@all",
      AuthenticationMode,
    };
    return client.send(new CreateUserCommand({ ...base, ...input }));
  };
  const list = (input: DescribeUsersCommandInput = {}) => client.send(new DescribeUsersCommand(input));
  const find = async (UserId = "ann") => (await list({ UserId })).Users?.[0];
  const modify = (input: Partial<ModifyUserCommandInput> = {}) =>
    client.send(new ModifyUserCommand({ UserId: "ann", ...input }));
  const remove = (UserId = "ann") => client.send(new DeleteUserCommand({ UserId }));
  const createGroup = (Engine: string, ...UserIds: string[]) =>
    client.send(new CreateUserGroupCommand({ UserGroupId: "team", Engine, UserIds }));
  const modifyGroup = (input: Partial<ModifyUserGroupCommandInput>) =>
    client.send(new ModifyUserGroupCommand({ UserGroupId: "team", ...input }));
  const removeGroup = () => client.send(new DeleteUserGroupCommand({ UserGroupId: "team" }));
  const findGroup = async () =>
    (await client.send(new DescribeUserGroupsCommand({ UserGroupId: "team" }))).UserGroups?.[0];
  const users = { create, list, find, modify, remove };
  const groups = { createGroup, modifyGroup, removeGroup, findGroup };
  return {
    aws,
    clock,
    client,
    ...users,
    ...groups,
    ...replicationGroups(client),
    ...serverlessCaches(client),
  };
}

function replicationGroups(client: ElastiCacheClient) {
  const id = { ReplicationGroupId: "main" };
  const createReplicationGroup = async (input: Partial<CreateReplicationGroupCommandInput> = {}) => {
    const base = { ReplicationGroupDescription: "any", TransitEncryptionEnabled: true };
    return (await client.send(new CreateReplicationGroupCommand({ ...id, ...base, ...input })))
      .ReplicationGroup;
  };
  const findReplicationGroup = async () =>
    (await client.send(new DescribeReplicationGroupsCommand(id))).ReplicationGroups?.[0];
  const modifyReplicationGroup = async (input: Partial<ModifyReplicationGroupCommandInput>) =>
    (await client.send(new ModifyReplicationGroupCommand({ ...id, ...input }))).ReplicationGroup;
  const removeReplicationGroup = async () =>
    (await client.send(new DeleteReplicationGroupCommand(id))).ReplicationGroup;
  return { createReplicationGroup, findReplicationGroup, modifyReplicationGroup, removeReplicationGroup };
}

function serverlessCaches(client: ElastiCacheClient) {
  const name = { ServerlessCacheName: "store" };
  const createServerlessCache = async (input: Partial<CreateServerlessCacheCommandInput> = {}) =>
    (await client.send(new CreateServerlessCacheCommand({ ...name, Engine: "valkey", ...input })))
      .ServerlessCache;
  const findServerlessCache = async () =>
    (await client.send(new DescribeServerlessCachesCommand(name))).ServerlessCaches?.[0];
  const removeServerlessCache = async () =>
    (await client.send(new DeleteServerlessCacheCommand(name))).ServerlessCache;
  return { createServerlessCache, findServerlessCache, removeServerlessCache };
}
