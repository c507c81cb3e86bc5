import {
  CreateACLCommand,
  CreateClusterCommand,
  CreateUserCommand,
  type CreateUserCommandInput,
  DeleteACLCommand,
  DeleteClusterCommand,
  DeleteUserCommand,
  DescribeACLsCommand,
  DescribeClustersCommand,
  DescribeUsersCommand,
  MemoryDBClient,
  UpdateClusterCommand,
} from "@aws-sdk/client-memorydb";
import type { LocalAws, LocalAwsOptions } from "../../local";
import { clientConfig, manualClock } from "./start";

/** Long enough for AWS. */
export const PASSWORD = "sixteen-letters!";

/** How long changes take unless a test says otherwise. */
export const TIMES = { createMs: 0, modifyMs: 100, deleteMs: 200, groupMs: 500 };

/** A local MemoryDB with a clock of its own, and short forms of what tests ask of it; changes take `TIMES`. */
export async function openMemoryDb(
  start: (options?: LocalAwsOptions) => Promise<LocalAws>,
  options: LocalAwsOptions = {},
) {
  const clock = manualClock();
  const aws = await start({ now: clock.now, transitions: TIMES, ...options });
  const client = new MemoryDBClient(clientConfig(aws));
  const create = async (input: Partial<CreateUserCommandInput> = {}) => {
    const AuthenticationMode = { Type: "password" as const, Passwords: [PASSWORD] };
    const base = { UserName: "ann", AccessString: "on ~* &* +@all", AuthenticationMode };
    return (await client.send(new CreateUserCommand({ ...base, ...input }))).User;
  };
  const find = async (UserName = "ann") =>
    (await client.send(new DescribeUsersCommand({ UserName }))).Users?.[0];
  const remove = (UserName = "ann") => client.send(new DeleteUserCommand({ UserName }));
  const createAcl = async (ACLName = "team", ...UserNames: string[]) =>
    (await client.send(new CreateACLCommand({ ACLName, UserNames }))).ACL;
  const findAcl = async (ACLName = "team") =>
    (await client.send(new DescribeACLsCommand({ ACLName }))).ACLs?.[0];
  const removeAcl = (ACLName = "team") => client.send(new DeleteACLCommand({ ACLName }));
  const createCluster = async (ACLName: string, ClusterName = "main") =>
    (await client.send(new CreateClusterCommand({ ClusterName, NodeType: "db.t4g.small", ACLName }))).Cluster;
  const findCluster = async (ClusterName = "main") =>
    (await client.send(new DescribeClustersCommand({ ClusterName }))).Clusters?.[0];
  const updateCluster = async (ACLName: string, ClusterName = "main") =>
    (await client.send(new UpdateClusterCommand({ ClusterName, ACLName }))).Cluster;
  const removeCluster = async (ClusterName = "main") =>
    (await client.send(new DeleteClusterCommand({ ClusterName }))).Cluster;
  const acls = { createAcl, findAcl, removeAcl };
  const clusters = { createCluster, findCluster, updateCluster, removeCluster };
  return { aws, clock, client, create, find, remove, ...acls, ...clusters };
}
