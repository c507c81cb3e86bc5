import type { Membership } from "../membership";
import { page } from "../paging";
import type { Tag } from "../resourceTags";
import type { Members, Settings } from "../service";
import { createTimetable, lasting, type Timetable } from "../transitions";
import type { Authentication } from "./authentication";
import type { Engine } from "./engine";
import { invalidValue } from "./errors";

/** A user as it is kept; its id is in lower case, its name as given. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly status: "creating" | "active" | "modifying" | "deleting";
  readonly engine: Engine;
  readonly accessString: string;
  readonly authentication: Authentication;
  readonly tags: readonly Tag[];
  /** From when on tags can be read and written: they lag behind the user. */
  readonly tagsFrom: number;
  /** From when on other changes are taken again after a write of tags, though the user is shown as active. */
  readonly changesFrom: number;
  /** The groups that a user being deleted was in, which AWS goes on showing. */
  readonly lastGroups: readonly string[];
}

/** A user group as it is kept; its members are user ids. */
export interface UserGroup extends Membership {
  readonly engine: Engine;
  readonly tags: readonly Tag[];
}

/** A replication group as it is kept. */
export interface ReplicationGroup {
  readonly id: string;
  readonly status: "creating" | "available" | "modifying" | "deleting";
  readonly description: string;
  readonly engine: Engine;
  readonly encryptsTransit: boolean;
  /** The ids of its user groups. */
  readonly userGroups: readonly string[];
  /** Its user groups too as soon as the change is through. */
  readonly joining: readonly string[];
  /** Its user groups no more as soon as the change is through. */
  readonly leaving: readonly string[];
  readonly tags: readonly Tag[];
}

/** A serverless cache as it is kept. */
export interface ServerlessCache {
  readonly id: string;
  readonly status: "creating" | "available" | "deleting";
  readonly engine: Engine;
  readonly created: Date;
  /** The id of its user group. */
  readonly userGroup?: string;
  readonly tags: readonly Tag[];
}

/** The ElastiCache of one account and region. */
export interface Region {
  readonly account: string;
  readonly name: string;
  readonly users: Timetable<User>;
  readonly groups: Timetable<UserGroup>;
  readonly replicationGroups: Timetable<ReplicationGroup>;
  readonly serverlessCaches: Timetable<ServerlessCache>;
}

/** What an operation works on. */
export interface Scope {
  readonly region: Region;
  readonly now: number;
  readonly settings: Settings;
}

/** Operations by name. */
export type ElastiCacheOperations = Readonly<Record<string, (input: Members, scope: Scope) => Members>>;

/** The id, and the name, of the user that every region has from the start. */
export const DEFAULT_USER = "default";

/** With the user that is built in. */
export function createRegion(account: string, name: string): Region {
  const users = createTimetable<User>();
  const defaultUser: User = {
    id: DEFAULT_USER,
    name: DEFAULT_USER,
    status: "active",
    engine: "redis",
    accessString: "on ~* +@all",
    authentication: { type: "no-password", passwordCount: 0 },
    tags: [],
    tagsFrom: 0,
    changesFrom: 0,
    lastGroups: [],
  };
  users.put(DEFAULT_USER, lasting(defaultUser));
  return {
    account,
    name,
    users,
    groups: createTimetable(),
    replicationGroups: createTimetable(),
    serverlessCaches: createTimetable(),
  };
}

/** What an ARN can name. */
export type ResourceKind = "user" | "usergroup" | "replicationgroup" | "serverlesscache";

/** The ARN of a resource of the region. */
export function arnOf({ account, name }: Region, kind: ResourceKind, id: string): string {
  return `arn:aws:elasticache:${name}:${account}:${kind}:${id}`;
}

/** How long the tags of a user cannot be read or written after it was made or its tags were written. */
export function tagWindowOf({ tagWindowMs, modifyMs }: Settings): number {
  return tagWindowMs ?? modifyMs;
}

/** How one list of ElastiCache pages: the names of its members, and how many items a page may and does hold. */
interface Paging {
  readonly limit: "MaxRecords" | "MaxResults";
  readonly token: "Marker" | "NextToken";
  readonly min: number;
  readonly default: number;
}

/** How all lists page but that of serverless caches. */
export const BY_MARKER: Paging = { limit: "MaxRecords", token: "Marker", min: 20, default: 100 };

/** How the list of serverless caches pages. */
export const BY_NEXT_TOKEN: Paging = { limit: "MaxResults", token: "NextToken", min: 1, default: 50 };

const LARGEST_PAGE = 100;

/** One page under the given member name, with the token of the next. @throws InvalidParameterValue */
export function pageOf<T extends { readonly id: string }>(
  member: string,
  items: readonly T[],
  shown: (item: T) => unknown,
  input: Members,
  { limit, token, min, default: usual }: Paging,
  { settings }: Scope,
): Members {
  const cut = page(
    items,
    { limit: input[limit], token: input[token] },
    {
      min,
      max: LARGEST_PAGE,
      default: usual,
      pageSize: settings.pageSize,
      key: ({ id }) => id,
      badLimit: (given) =>
        invalidValue(`The parameter ${limit} must be between ${min} and ${LARGEST_PAGE}, but is ${given}.`),
      badToken: () => invalidValue(`The parameter ${token} is not valid.`),
    },
  );
  return { [member]: cut.items.map(shown), [token]: cut.next };
}
