import * as elasticache from "@aws-sdk/client-elasticache";
import * as iam from "@aws-sdk/client-iam";
import * as memorydb from "@aws-sdk/client-memorydb";
import * as rekognition from "@aws-sdk/client-rekognition";
import type { Clients } from "../clients";
import { ACCESS_STRING, COLLECTION_ID, PASSWORD, type Service } from "../users";

/** The fewest calls that do what a user of Pulumi asks for, in one service. */
export interface FloorCalls {
  create(name: string): Promise<unknown>;
  /** What a refresh needs of each user beside the list. */
  read(name: string): Promise<unknown>;
  /** Whether a refresh needs the list as well. */
  readonly readsList: boolean;
  remove(name: string): Promise<unknown>;
  /** The status of all users, by name. */
  list(): Promise<ReadonlyMap<string, string>>;
}

/**
 * The bare calls of all services.
 *
 * @param pageTurn Waited for before each page of a list that has a limit.
 */
export function floorCalls(
  clients: Clients,
  pageTurn: () => Promise<void>,
): Readonly<Record<Service, FloorCalls>> {
  return {
    iam: iamCalls(clients),
    memorydb: memoryDbCalls(clients),
    elasticache: elastiCacheCalls(clients),
    rekognition: rekognitionCalls(clients, pageTurn),
  };
}

function iamCalls({ iam: client }: Clients): FloorCalls {
  return {
    create: (UserName) => client.send(new iam.CreateUserCommand({ UserName })),
    read: (UserName) => client.send(new iam.GetUserCommand({ UserName })),
    readsList: false,
    remove: (UserName) => client.send(new iam.DeleteUserCommand({ UserName })),
    list: async () => {
      const found = new Map<string, string>();
      for await (const { Users = [] } of iam.paginateListUsers({ client }, { MaxItems: 1_000 })) {
        for (const { UserName = "" } of Users) found.set(UserName, "active");
      }
      return found;
    },
  };
}

function memoryDbCalls({ memorydb: client }: Clients): FloorCalls {
  const ResourceArn = (name: string) => `arn:aws:memorydb:us-east-1:123456789012:user/${name}`;
  return {
    create: (UserName) =>
      client.send(
        new memorydb.CreateUserCommand({
          UserName,
          AccessString: ACCESS_STRING,
          AuthenticationMode: { Type: "password", Passwords: [PASSWORD] },
        }),
      ),
    read: (name) => client.send(new memorydb.ListTagsCommand({ ResourceArn: ResourceArn(name) })),
    readsList: true,
    remove: (UserName) => client.send(new memorydb.DeleteUserCommand({ UserName })),
    list: async () => {
      const found = new Map<string, string>();
      for await (const { Users = [] } of memorydb.paginateDescribeUsers({ client }, {})) {
        for (const { Name = "", Status = "" } of Users) found.set(Name, Status);
      }
      return found;
    },
  };
}

function elastiCacheCalls({ elasticache: client }: Clients): FloorCalls {
  const ResourceName = (name: string) => `arn:aws:elasticache:us-east-1:123456789012:user:${name}`;
  return {
    create: (UserId) =>
      client.send(
        new elasticache.CreateUserCommand({
          UserId,
          UserName: UserId,
          Engine: "valkey",
          AccessString: ACCESS_STRING,
          AuthenticationMode: { Type: "password", Passwords: [PASSWORD] },
        }),
      ),
    read: (name) =>
      client.send(new elasticache.ListTagsForResourceCommand({ ResourceName: ResourceName(name) })),
    readsList: true,
    remove: (UserId) => client.send(new elasticache.DeleteUserCommand({ UserId })),
    list: async () => {
      const found = new Map<string, string>();
      for await (const { Users = [] } of elasticache.paginateDescribeUsers({ client }, {})) {
        for (const { UserId = "", Status = "" } of Users) found.set(UserId, Status);
      }
      return found;
    },
  };
}

function rekognitionCalls({ rekognition: client }: Clients, pageTurn: () => Promise<void>): FloorCalls {
  const CollectionId = COLLECTION_ID;
  return {
    create: (UserId) => client.send(new rekognition.CreateUserCommand({ CollectionId, UserId })),
    read: async () => undefined,
    readsList: true,
    remove: (UserId) => client.send(new rekognition.DeleteUserCommand({ CollectionId, UserId })),
    list: async () => {
      const found = new Map<string, string>();
      await pageTurn();
      for await (const { Users = [], NextToken } of rekognition.paginateListUsers(
        { client },
        { CollectionId },
      )) {
        for (const { UserId = "", UserStatus = "" } of Users) found.set(UserId, UserStatus);
        if (NextToken !== undefined) await pageTurn();
      }
      return found;
    },
  };
}
