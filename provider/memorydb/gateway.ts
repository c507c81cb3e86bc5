import {
  type ACL,
  CreateUserCommand,
  DeleteUserCommand,
  DescribeACLsCommand,
  DescribeUsersCommand,
  ListTagsCommand,
  MemoryDBClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserCommand,
  type User,
} from "@aws-sdk/client-memorydb";
import type { CommonArgs } from "../args";
import { absentIs, allPages, held, named, pageByKey } from "../aws/calls";
import { connected } from "../aws/clients";
import type { Scope } from "../aws/scope";
import { taggingByArn } from "../aws/taggingByArn";
import { tagList } from "../aws/tags";
import type { Affected, UserGateway } from "../gateway";

/** The arguments of a MemoryDB user, checked. */
export interface MemoryDbArgs extends CommonArgs {
  readonly userName: string;
  readonly accessString: string;
  readonly authentication: { readonly type: string; readonly passwords?: readonly string[] };
}

/** A MemoryDB user as DescribeUsers shows it. */
export interface MemoryDbLive {
  readonly userName: string;
  readonly arn: string;
  readonly status: string;
  readonly accessString: string;
  readonly authenticationType: string;
  readonly passwordCount: number;
  readonly minimumEngineVersion: string | undefined;
  readonly aclNames: readonly string[];
}

/** https://docs.aws.amazon.com/memorydb/latest/APIReference/API_Operations.html */
export function memoryDbGateway(scope: Scope): UserGateway<MemoryDbArgs, MemoryDbLive> {
  const memorydb = connected(MemoryDBClient, scope);
  return {
    find: (id) =>
      absentIs(undefined, "UserNotFoundFault", async () => {
        const { Users } = await memorydb.send(new DescribeUsersCommand({ UserName: named(id) }));
        const [user] = held(Users);
        return user && liveOf(user);
      }),

    async page(_group, NextToken) {
      const answer = await memorydb.send(new DescribeUsersCommand({ NextToken }));
      return pageByKey({ items: answer.Users, next: answer.NextToken }, liveOf, ({ userName }) => userName);
    },

    async create(args) {
      const { User } = await memorydb.send(
        new CreateUserCommand({
          UserName: named(args.userName),
          AccessString: args.accessString,
          AuthenticationMode: authenticationMode(args),
          Tags: args.tagsAll && tagList(args.tagsAll),
        }),
      );
      return User && liveOf(User);
    },

    async update(live, want, changed) {
      if (changed.size === 0) return;
      await memorydb.send(
        new UpdateUserCommand({
          UserName: named(live.userName),
          AccessString: changed.has("accessString") ? want.accessString : undefined,
          AuthenticationMode: changed.has("authentication") ? authenticationMode(want) : undefined,
        }),
      );
    },

    remove: (id) =>
      absentIs(undefined, "UserNotFoundFault", async () => {
        await memorydb.send(new DeleteUserCommand({ UserName: named(id) }));
      }),

    tagging: taggingByArn({
      list: async (ResourceArn) => (await memorydb.send(new ListTagsCommand({ ResourceArn }))).TagList,
      add: (ResourceArn, Tags) => memorydb.send(new TagResourceCommand({ ResourceArn, Tags })),
      remove: (ResourceArn, TagKeys) => memorydb.send(new UntagResourceCommand({ ResourceArn, TagKeys })),
    }),

    usage: { affected: (lives) => affected(memorydb, lives), together: true },
  };
}

/** AWS takes a deleted user out of its ACLs, and the clusters that have them cut its connections. */
async function affected(
  memorydb: MemoryDBClient,
  lives: readonly MemoryDbLive[],
): Promise<ReadonlyMap<MemoryDbLive, readonly Affected[]>> {
  const areInAcls = lives.some(({ aclNames }) => aclNames.length > 0);
  const acls = areInAcls ? await allAcls(memorydb) : [];
  return new Map(
    lives.map((live) => {
      const theirs = acls.filter(({ Name }) => live.aclNames.includes(Name ?? ""));
      const clusters = new Set(theirs.flatMap(({ Clusters }) => Clusters ?? []));
      return [
        live,
        [
          ...live.aclNames.map((id) => ({ kind: "acls", noun: "ACL", id, fate: "detached" }) as const),
          ...[...clusters].map(
            (id) => ({ kind: "clusters", noun: "cluster", id, fate: "disconnected" }) as const,
          ),
        ],
      ];
    }),
  );
}

function allAcls(memorydb: MemoryDBClient): Promise<ACL[]> {
  return allPages(async (NextToken) => {
    const answer = await memorydb.send(new DescribeACLsCommand({ NextToken }));
    return { items: answer.ACLs, next: answer.NextToken };
  });
}

function authenticationMode({ authentication: { type, passwords } }: MemoryDbArgs) {
  return { Type: type as "password" | "iam", Passwords: passwords && [...passwords] };
}

function liveOf(user: User): MemoryDbLive {
  return {
    userName: user.Name ?? "",
    arn: user.ARN ?? "",
    status: user.Status ?? "",
    accessString: user.AccessString ?? "",
    authenticationType: user.Authentication?.Type ?? "",
    passwordCount: user.Authentication?.PasswordCount ?? 0,
    minimumEngineVersion: user.MinimumEngineVersion,
    aclNames: user.ACLNames ?? [],
  };
}
