import {
  AddTagsToResourceCommand,
  CreateUserCommand,
  DeleteUserCommand,
  DescribeUserGroupsCommand,
  DescribeUsersCommand,
  ElastiCacheClient,
  ListTagsForResourceCommand,
  ModifyUserCommand,
  RemoveTagsFromResourceCommand,
  type User,
  type UserGroup,
} from "@aws-sdk/client-elasticache";
import type { CommonArgs } from "../args";
import type { Authentication } from "../aws/accessUsers";
import { absentIs, allPages, held, named, pageByKey } from "../aws/calls";
import { connected } from "../aws/clients";
import type { Scope } from "../aws/scope";
import { taggingByArn } from "../aws/taggingByArn";
import { tagList } from "../aws/tags";
import type { Affected, Blocker, UserGateway } from "../gateway";

/** The arguments of an ElastiCache user, checked. */
export interface ElastiCacheArgs extends CommonArgs {
  readonly userId: string;
  readonly userName: string;
  readonly engine: string;
  readonly accessString: string;
  readonly authentication: Authentication;
}

/** An ElastiCache user as DescribeUsers shows it. */
export interface ElastiCacheLive {
  readonly userId: string;
  readonly userName: string;
  readonly engine: string;
  readonly arn: string;
  readonly status: string;
  readonly accessString: string;
  readonly authenticationType: string;
  readonly passwordCount: number;
  readonly minimumEngineVersion: string | undefined;
  readonly userGroupIds: readonly string[];
}

/** The name of the user that connections have which give none. */
const DEFAULT_NAME = "default";

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_Operations.html */
export function elastiCacheGateway(scope: Scope): UserGateway<ElastiCacheArgs, ElastiCacheLive> {
  const elasticache = connected(ElastiCacheClient, scope);
  return {
    find: (id) =>
      absentIs(undefined, "UserNotFoundFault", async () => {
        const { Users } = await elasticache.send(new DescribeUsersCommand({ UserId: named(id) }));
        const [user] = held(Users);
        return user && liveOf(user);
      }),

    async page(_group, Marker) {
      const answer = await elasticache.send(new DescribeUsersCommand({ Marker }));
      return pageByKey({ items: answer.Users, next: answer.Marker }, liveOf, ({ userId }) => userId);
    },

    create: async (args) =>
      liveOf(
        await elasticache.send(
          new CreateUserCommand({
            UserId: named(args.userId),
            UserName: named(args.userName),
            Engine: args.engine,
            AccessString: args.accessString,
            AuthenticationMode: authenticationMode(args),
            Tags: args.tagsAll && tagList(args.tagsAll),
          }),
        ),
      ),

    async update(live, want, changed) {
      if (changed.size === 0) return;
      await elasticache.send(
        new ModifyUserCommand({
          UserId: named(live.userId),
          Engine: changed.has("engine") ? want.engine : undefined,
          AccessString: changed.has("accessString") ? want.accessString : undefined,
          AuthenticationMode: changed.has("authentication") ? authenticationMode(want) : undefined,
        }),
      );
    },

    remove: (id) =>
      absentIs(undefined, "UserNotFoundFault", async () => {
        await elasticache.send(new DeleteUserCommand({ UserId: named(id) }));
      }),

    tagging: taggingByArn({
      list: async (ResourceName) =>
        (await elasticache.send(new ListTagsForResourceCommand({ ResourceName }))).TagList,
      add: (ResourceName, Tags) => elasticache.send(new AddTagsToResourceCommand({ ResourceName, Tags })),
      remove: (ResourceName, TagKeys) =>
        elasticache.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys })),
    }),

    dependents: {
      list: (id) => groupsOf(elasticache, named(id)),
      remedy: "Put another user of the same user name in its place in one change, or delete them first.",
    },

    usage: {
      affected: (lives) => affected(elasticache, lives),
      mayBeHeld: ({ userName, userGroupIds }) => userName === DEFAULT_NAME && userGroupIds.length > 0,
      together: true,
    },
  };
}

/** The groups that hold on to a default user, until they are deleted themselves. */
async function groupsOf(elasticache: ElastiCacheClient, userId: string): Promise<Blocker[]> {
  const groups = await allGroups(elasticache);
  return groups
    .filter((group) => group.UserIds?.includes(userId) && needsDefaultUser(group))
    .map(({ UserGroupId, Status }) => ({
      kind: "userGroups",
      noun: "user group",
      id: UserGroupId ?? "",
      detail: `status ${Status}`,
      clearing: Status === "deleting",
    }));
}

function allGroups(elasticache: ElastiCacheClient): Promise<UserGroup[]> {
  return allPages(async (Marker) => {
    const answer = await elasticache.send(new DescribeUserGroupsCommand({ Marker }));
    return { items: answer.UserGroups, next: answer.Marker };
  });
}

/** AWS takes a deleted user out of its groups, and the caches that have them cut its connections. */
async function affected(
  elasticache: ElastiCacheClient,
  lives: readonly ElastiCacheLive[],
): Promise<ReadonlyMap<ElastiCacheLive, readonly Affected[]>> {
  const areInGroups = lives.some(({ userGroupIds }) => userGroupIds.length > 0);
  const groups = areInGroups ? await allGroups(elasticache) : [];
  return new Map(
    lives.map((live) => {
      const theirs = groups.filter(({ UserGroupId }) => live.userGroupIds.includes(UserGroupId ?? ""));
      return [live, [...theirs.map((group) => groupAffected(live, group)), ...cachesAffected(theirs)]];
    }),
  );
}

/** A group of engine redis cannot be without a user of the name `default`; one of engine valkey can. */
function needsDefaultUser({ Engine }: UserGroup): boolean {
  return Engine?.toLowerCase() === "redis";
}

function groupAffected({ userName }: ElastiCacheLive, group: UserGroup): Affected {
  const { UserGroupId, Status } = group;
  const isHeld = userName === DEFAULT_NAME && needsDefaultUser(group);
  const held = Status === "deleting" ? "awaited" : "blocks";
  return {
    kind: "userGroups",
    noun: "user group",
    id: UserGroupId ?? "",
    fate: isHeld ? held : "detached",
  };
}

function cachesAffected(groups: readonly UserGroup[]): Affected[] {
  const cache = (kind: string, noun: string) => (id: string) =>
    ({ kind, noun, id, fate: "disconnected" }) as const;
  const replicationGroups = new Set(groups.flatMap(({ ReplicationGroups }) => ReplicationGroups ?? []));
  const serverlessCaches = new Set(groups.flatMap(({ ServerlessCaches }) => ServerlessCaches ?? []));
  return [
    ...[...replicationGroups].map(cache("replicationGroups", "replication group")),
    ...[...serverlessCaches].map(cache("serverlessCaches", "serverless cache")),
  ];
}

function authenticationMode({ authentication: { type, passwords } }: ElastiCacheArgs) {
  return {
    Type: type as "password" | "no-password-required" | "iam",
    Passwords: passwords && [...passwords],
  };
}

function liveOf(user: User): ElastiCacheLive {
  return {
    userId: user.UserId ?? "",
    userName: user.UserName ?? "",
    engine: (user.Engine ?? "").toLowerCase(),
    arn: user.ARN ?? "",
    status: user.Status ?? "",
    accessString: user.AccessString ?? "",
    authenticationType: user.Authentication?.Type ?? "",
    passwordCount: user.Authentication?.PasswordCount ?? 0,
    minimumEngineVersion: user.MinimumEngineVersion,
    userGroupIds: user.UserGroupIds ?? [],
  };
}
