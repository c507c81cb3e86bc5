import { DescribeUsersCommand as DescribeElastiCacheUsers } from "@aws-sdk/client-elasticache";
import { GetUserCommand } from "@aws-sdk/client-iam";
import { DescribeUsersCommand as DescribeMemoryDbUsers } from "@aws-sdk/client-memorydb";
import { paginateListUsers } from "@aws-sdk/client-rekognition";
import type { Clients } from "./clients";
import type { Change } from "./events";
import { JobFailure } from "./failure";

/** The four users of the program, by their names in AWS. */
export interface Users {
  readonly reader: string;
  readonly session: string;
  readonly deployer: string;
  readonly visitor: { readonly collectionId: string; readonly userId: string };
}

/** One of the users as AWS shows it. */
export interface Sighting {
  readonly kind: string;
  readonly name: string;
  /** What is compared before and after the repair, in words; undefined when there is no such user. */
  readonly found: string | undefined;
  /** How AWS says that there is none. */
  readonly absence: string;
}

/** The names that the engine's steps give the four users. */
export function usersOf(changes: readonly Change[]): Users {
  const input = (resource: string, property: string) => {
    const value = changes.find(({ name }) => name === resource)?.inputs[property];
    if (typeof value === "string") return value;
    throw new JobFailure(`The preview does not say which ${property} the user "${resource}" will have.`);
  };
  return {
    reader: input("reader", "userName"),
    session: input("session", "userId"),
    deployer: input("deployer", "userName"),
    visitor: { collectionId: input("visitor", "collectionId"), userId: input("visitor", "userId") },
  };
}

/** What the four users are, for a person. */
export function describeUsers({ reader, session, deployer, visitor }: Users): string[] {
  return [
    `MemoryDB user ${reader}`,
    `ElastiCache user ${session}`,
    `IAM user ${deployer}`,
    `Rekognition user ${visitor.userId} of collection ${visitor.collectionId}`,
  ];
}

/** Asks AWS itself for each of the four users. */
export function lookUp(clients: Clients, users: Users): Promise<Sighting[]> {
  return Promise.all([
    memoryDbUser(clients, users.reader),
    elastiCacheUser(clients, users.session),
    iamUser(clients, users.deployer),
    rekognitionUser(clients, users.visitor),
  ]);
}

async function memoryDbUser({ memorydb }: Clients, name: string): Promise<Sighting> {
  return sighting("MemoryDB", name, "UserNotFoundFault", async () => {
    const { Users: [user] = [] } = await memorydb.send(new DescribeMemoryDbUsers({ UserName: name }));
    return user && `${user.Status}, ${user.AccessString}, ${user.Authentication?.PasswordCount} password(s)`;
  });
}

async function elastiCacheUser({ elasticache }: Clients, name: string): Promise<Sighting> {
  return sighting("ElastiCache", name, "UserNotFoundFault", async () => {
    const { Users: [user] = [] } = await elasticache.send(new DescribeElastiCacheUsers({ UserId: name }));
    return user && `${user.Status}, ${user.AccessString}, ${user.Authentication?.PasswordCount} password(s)`;
  });
}

async function iamUser({ iam }: Clients, name: string): Promise<Sighting> {
  return sighting("IAM", name, "NoSuchEntityException", async () => {
    const { User: user } = await iam.send(new GetUserCommand({ UserName: name }));
    const tags = (user?.Tags ?? []).map(({ Key, Value }) => `${Key}=${Value}`).sort();
    return user && `${user.Path}, ${tags.join(" ")}`;
  });
}

/** There is no look-up by name: the collection's list is walked to its end. */
async function rekognitionUser({ rekognition }: Clients, visitor: Users["visitor"]): Promise<Sighting> {
  const { collectionId: CollectionId, userId } = visitor;
  return sighting("Rekognition", userId, "ResourceNotFoundException", async () => {
    for await (const page of paginateListUsers({ client: rekognition }, { CollectionId })) {
      const user = page.Users?.find(({ UserId }) => UserId === userId);
      if (user !== undefined) return `${user.UserStatus}`;
    }
    return undefined;
  });
}

/** An empty list says the same as the error by which a service says that there is no such user. */
async function sighting(
  kind: string,
  name: string,
  absent: string,
  find: () => Promise<string | undefined>,
): Promise<Sighting> {
  try {
    return { kind, name, found: await find(), absence: "not in the list" };
  } catch (error) {
    if ((error as Error).name !== absent) throw error;
    return { kind, name, found: undefined, absence: absent };
  }
}
