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

/** The ElastiCache of one account and region. */
export interface Region {
  readonly account: string;
  readonly name: string;
  readonly users: Timetable<User>;
  readonly groups: Timetable<UserGroup>;
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
  return { account, name, users, groups: createTimetable() };
}

/** The ARN of a user or user group of the region. */
export function arnOf({ account, name }: Region, kind: "user" | "usergroup", id: string): string {
  return `arn:aws:elasticache:${name}:${account}:${kind}:${id}`;
}

/** How long the tags of a user cannot be read or written after it was made or its tags were written. */
export function tagWindowOf({ tagWindowMs, modifyMs }: Settings): number {
  return tagWindowMs ?? modifyMs;
}

const SMALLEST_PAGE = 20;
const LARGEST_PAGE = 100;

/** One page under the given member name, with Marker. @throws InvalidParameterValue */
export function pageOf<T extends { readonly id: string }>(
  member: string,
  items: readonly T[],
  shown: (item: T) => unknown,
  input: Members,
  { settings }: Scope,
): Members {
  const cut = page(
    items,
    { limit: input["MaxRecords"], token: input["Marker"] },
    {
      min: SMALLEST_PAGE,
      max: LARGEST_PAGE,
      default: LARGEST_PAGE,
      pageSize: settings.pageSize,
      key: ({ id }) => id,
      badLimit: (limit) =>
        invalidValue(
          `The parameter MaxRecords must be between ${SMALLEST_PAGE} and ${LARGEST_PAGE}, but is ${limit}.`,
        ),
      badToken: () => invalidValue("The parameter Marker is not valid."),
    },
  );
  return { [member]: cut.items.map(shown), Marker: cut.next };
}
