import type { CommonArgs } from "../../provider/args";
import type { ElastiCacheArgs, ElastiCacheLive } from "../../provider/elasticache/gateway";
import type { Blocker, UserGateway } from "../../provider/gateway";
import type { MemoryDbArgs, MemoryDbLive } from "../../provider/memorydb/gateway";
import type { ModelAws, ModelUser } from "./modelAws";
import { awsError, type Verb } from "./modelFaults";

/** How long the transitions of a user take. */
export interface Durations {
  readonly createMs: number;
  readonly modifyMs: number;
  readonly deleteMs: number;
}

/** What distinguishes the two services whose users have a status. */
interface Flavour<Args, Live> {
  readonly service: "memorydb" | "elasticache";
  readonly operations: Readonly<Record<"update" | "readTags" | "writeTags", string>>;
  idOf(args: Args): string;
  liveId(live: Live): string;
  liveOf(user: ModelUser): Live;
}

/** After its tags were written an ElastiCache user is busy for a while. */
const TAG_WINDOW_MS = 5_000;

export function modelMemoryDb(aws: ModelAws, durations: (id: string) => Durations) {
  return modelAccess<MemoryDbArgs, MemoryDbLive>(aws, durations, {
    service: "memorydb",
    operations: { update: "UpdateUser", readTags: "ListTags", writeTags: "TagResource" },
    idOf: ({ userName }) => userName,
    liveId: ({ userName }) => userName,
    liveOf: (user) => ({ ...shown(user), userName: user.id, aclNames: [] }),
  });
}

export function modelElastiCache(aws: ModelAws, durations: (id: string) => Durations) {
  const gateway = modelAccess<ElastiCacheArgs, ElastiCacheLive>(aws, durations, {
    service: "elasticache",
    operations: { update: "ModifyUser", readTags: "ListTagsForResource", writeTags: "AddTagsToResource" },
    idOf: ({ userId }) => userId,
    liveId: ({ userId }) => userId,
    liveOf: (user) => {
      const { userName, engine } = user.attributes as { userName: string; engine: string };
      return { ...shown(user), userId: user.id, userName, engine, userGroupIds: [] };
    },
  });
  const list = (id: string) =>
    aws.call({ service: "elasticache", verb: "blockers", operation: "DescribeUserGroups", id }, () => {
      const user = aws.userNow("elasticache", id);
      return (user === undefined ? [] : holding(user, aws.clock.now())).map(groupShown);
    });
  return { ...gateway, dependents: { list } };
}

function groupShown({ id, until }: ModelUser["blockers"][number]): Blocker {
  const status = until === undefined ? "active" : "deleting";
  return {
    kind: "userGroups",
    noun: "user group",
    id,
    detail: `status ${status}`,
    clearing: until !== undefined,
  };
}

/** MemoryDB and ElastiCache: each change takes time and is refused meanwhile, and AWS rewrites access strings. */
function modelAccess<Args extends CommonArgs, Live extends { readonly status: string }>(
  aws: ModelAws,
  durations: (id: string) => Durations,
  { service, operations, idOf, liveId, liveOf }: Flavour<Args, Live>,
): UserGateway<Args, Live> {
  const call = <T>(verb: Verb, operation: string, id: string, act: () => T) =>
    aws.call({ service, verb, operation, id }, act);
  const now = () => aws.clock.now();
  const present = (id: string, operation: string): ModelUser => {
    const user = aws.userNow(service, id);
    if (user === undefined) throw awsError("UserNotFoundFault", operation, `no user ${id}`);
    return user;
  };
  const active = (id: string, operation: string): ModelUser => {
    const user = present(id, operation);
    if (user.status === "active") return user;
    throw awsError("InvalidUserStateFault", operation, `user has status ${user.status}`);
  };
  const begin = (
    user: ModelUser,
    status: "modifying" | "deleting",
    ms: number,
    more: Partial<ModelUser> = {},
  ) => aws.change(user, { ...more, status, until: now() + ms });
  return {
    find: (id) =>
      call("find", "DescribeUsers", id, () => {
        const user = aws.userSeen(service, id);
        return user && liveOf(user);
      }),

    page: (_group, token) =>
      call("list", "DescribeUsers", "*", () => {
        const { users, next } = aws.pageSeen(service, token);
        return { users: new Map(users.map((user) => [user.id, liveOf(user)])), next };
      }),

    create: (args) =>
      call("create", "CreateUser", idOf(args), () => {
        const id = idOf(args);
        if (aws.userNow(service, id)) throw awsError("UserAlreadyExistsFault", "CreateUser");
        const born = aws.newborn({
          service,
          id,
          owner: "stack",
          attributes: attributesOf(args),
          tags: args.tagsAll ?? {},
        });
        const user = { ...born, status: "creating" as const, until: now() + durations(id).createMs };
        aws.write(service, id, user);
        return liveOf(user);
      }),

    async update(live, want, changed) {
      if (changed.size === 0) return;
      await call("update", operations.update, liveId(live), () => {
        const user = active(liveId(live), operations.update);
        const wanted = Object.entries(attributesOf(want)).filter(([key]) => changed.has(key));
        const attributes = { ...user.attributes, ...Object.fromEntries(wanted) };
        begin(user, "modifying", durations(user.id).modifyMs, { attributes });
      });
    },

    remove: (id) =>
      call("remove", "DeleteUser", id, () => {
        if (aws.userNow(service, id) === undefined) return;
        const user = active(id, "DeleteUser");
        if (holding(user, now()).length > 0) {
          throw awsError("DefaultUserAssociatedToUserGroupFault", "DeleteUser", "is a default user.");
        }
        begin(user, "deleting", durations(id).deleteMs);
      }),

    tagging: {
      read: (live) =>
        call("readTags", operations.readTags, liveId(live), () => taggable(live, operations.readTags).tags),
      write: (live, { put, remove }) =>
        call("writeTags", operations.writeTags, liveId(live), () => {
          const user = taggable(live, operations.writeTags);
          const kept = Object.entries({ ...user.tags, ...put }).filter(([key]) => !remove.includes(key));
          const tags = Object.fromEntries(kept);
          if (service === "memorydb") aws.change(user, { tags });
          else begin(user, "modifying", TAG_WINDOW_MS, { tags });
        }),
    },
  };

  /** While a user changes state, calls about its tags do not find it. */
  function taggable(live: Live, operation: string): ModelUser {
    const user = present(liveId(live), operation);
    if (user.status === "active") return user;
    throw awsError("UserNotFoundFault", operation, `${user.id} is not available for tagging.`);
  }
}

function holding({ blockers }: ModelUser, now: number) {
  return blockers.filter(({ until }) => until === undefined || until > now);
}

function attributesOf(args: object): Record<string, unknown> {
  const { userName, engine, accessString, authentication } = args as Record<string, unknown>;
  return { userName, engine, accessString, authentication };
}

/** What AWS shows of an access string: the state first, and the base written out. */
function rewritten(accessString: string, service: string): string {
  const [state = "off", ...rest] = accessString.split(" ");
  const commands = rest.filter((token) => /^[+-]/.test(token));
  const base = commands[0] === "+@all" ? [] : ["-@all"];
  const channels = service === "memorydb" ? ["resetchannels"] : [];
  return [state, ...rest.filter((token) => token.startsWith("~")), ...channels, ...base, ...commands].join(
    " ",
  );
}

/** What look-ups show of a user and of what AWS made of its arguments. */
export function shown({ service, id, status, attributes }: ModelUser) {
  const { accessString, authentication } = attributes as {
    accessString: string;
    authentication: { type: string; passwords?: readonly string[] };
  };
  return {
    arn: `arn:aws:${service}:eu-central-1:123456789012:user/${id}`,
    status,
    accessString: rewritten(accessString, service),
    authenticationType: authentication.type,
    passwordCount: authentication.passwords?.length ?? 0,
    minimumEngineVersion: "6.0",
  };
}
