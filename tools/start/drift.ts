import {
  DescribeUsersCommand as DescribeElastiCacheUsers,
  ModifyUserCommand,
} from "@aws-sdk/client-elasticache";
import { GetUserCommand, TagUserCommand } from "@aws-sdk/client-iam";
import { DescribeUsersCommand as DescribeMemoryDbUsers, UpdateUserCommand } from "@aws-sdk/client-memorydb";
import { DeleteUserCommand } from "@aws-sdk/client-rekognition";
import type { Clients } from "./clients";
import { eventually } from "./eventually";
import { newPassword } from "./keyMaterial";
import { lookUp, type Users } from "./users";

/** A change that somebody makes past Pulumi, and what a preview with refresh must show of it. */
interface Drift {
  readonly what: string;
  /** The step and the property that it is about. */
  readonly shown: string;
  /** Makes it, and comes back when AWS shows it. */
  make(clients: Clients, users: Users, signal: AbortSignal): Promise<void>;
}

/** One change a user, each of another sort. */
export const DRIFTS: readonly Drift[] = [
  { what: "MemoryDB user: wider access string", shown: "update reader: accessString", make: widenAccess },
  {
    what: "ElastiCache user: a second password",
    shown: "update session: authentication.passwords",
    make: addPassword,
  },
  { what: "IAM user: another value of a tag", shown: "update deployer: tags.team", make: changeTag },
  { what: "Rekognition user: deleted", shown: "create visitor", make: deleteVisitor },
];

async function widenAccess(
  { memorydb }: Clients,
  { reader: UserName }: Users,
  signal: AbortSignal,
): Promise<void> {
  await memorydb.send(new UpdateUserCommand({ UserName, AccessString: "on ~* +@all" }));
  await eventually(`MemoryDB user ${UserName} is active`, signal, async () => {
    const { Users = [] } = await memorydb.send(new DescribeMemoryDbUsers({ UserName }));
    return Users[0]?.Status === "active";
  });
}

async function addPassword(
  { elasticache }: Clients,
  { session: UserId }: Users,
  signal: AbortSignal,
): Promise<void> {
  const AuthenticationMode = { Type: "password" as const, Passwords: [newPassword(), newPassword()] };
  await elasticache.send(new ModifyUserCommand({ UserId, AuthenticationMode }));
  await eventually(`ElastiCache user ${UserId} is active`, signal, async () => {
    const { Users = [] } = await elasticache.send(new DescribeElastiCacheUsers({ UserId }));
    return Users[0]?.Status === "active";
  });
}

async function changeTag(
  { iam }: Clients,
  { deployer: UserName }: Users,
  signal: AbortSignal,
): Promise<void> {
  const Tags = [{ Key: "team", Value: "somebody-else" }];
  await iam.send(new TagUserCommand({ UserName, Tags }));
  await eventually(`IAM shows the new tag of user ${UserName}`, signal, async () => {
    const { User } = await iam.send(new GetUserCommand({ UserName }));
    return User?.Tags?.some(({ Value }) => Value === Tags[0]?.Value) ?? false;
  });
}

async function deleteVisitor(clients: Clients, users: Users, signal: AbortSignal): Promise<void> {
  const { collectionId: CollectionId, userId: UserId } = users.visitor;
  await clients.rekognition.send(new DeleteUserCommand({ CollectionId, UserId }));
  await eventually(`Rekognition user ${UserId} is gone`, signal, async () => {
    const sightings = await lookUp(clients, users);
    return sightings.find(({ kind }) => kind === "Rekognition")?.found === undefined;
  });
}
