import type { Membership } from "../membership";
import { page } from "../paging";
import type { Tag } from "../resourceTags";
import type { Members, Settings } from "../service";
import { createTimetable, lasting, type Timetable } from "../transitions";
import { invalidValue } from "./errors";

/** A user as it is kept; its name is in lower case. */
export interface User {
  readonly name: string;
  readonly status: "creating" | "active" | "modifying" | "deleting";
  readonly accessString: string;
  readonly authentication: {
    readonly type: "password" | "no-password" | "iam";
    readonly passwordCount: number;
  };
  readonly tags: readonly Tag[];
  /** The ACLs that a user being deleted was in, which AWS goes on showing. */
  readonly lastAcls: readonly string[];
}

/** An ACL as it is kept; its members are user names. */
export interface Acl extends Membership {
  readonly tags: readonly Tag[];
}

/** A cluster as it is kept. */
export interface Cluster {
  readonly id: string;
  readonly status: "creating" | "available" | "updating" | "deleting";
  readonly nodeType: string;
  /** The id of the ACL that it uses. */
  readonly acl: string;
  /** The id of the ACL that it will use as soon as the update is through. */
  readonly aclToApply?: string;
  readonly tags: readonly Tag[];
}

/** The MemoryDB of one account and region. */
export interface Region {
  readonly account: string;
  readonly name: string;
  readonly users: Timetable<User>;
  readonly acls: Timetable<Acl>;
  readonly clusters: Timetable<Cluster>;
}

/** What an operation works on. */
export interface Scope {
  readonly region: Region;
  readonly now: number;
  readonly settings: Settings;
}

/** Operations by name. */
export type MemoryDbOperations = Readonly<Record<string, (input: Members, scope: Scope) => Members>>;

/** The user that every region has from the start; it is in no other ACL than `open-access`. */
export const DEFAULT_USER = "default";

/** The ACL that every region has from the start; nobody can change it. */
export const OPEN_ACCESS = "open-access";

/** With the user and the ACL that are built in. */
export function createRegion(account: string, name: string): Region {
  const users = createTimetable<User>();
  const acls = createTimetable<Acl>();
  const defaultUser: User = {
    name: DEFAULT_USER,
    status: "active",
    accessString: "on ~* &* +@all",
    authentication: { type: "no-password", passwordCount: 0 },
    tags: [],
    lastAcls: [],
  };
  users.put(DEFAULT_USER, lasting(defaultUser));
  acls.put(OPEN_ACCESS, lasting(newAcl(OPEN_ACCESS, [DEFAULT_USER], [])));
  return { account, name, users, acls, clusters: createTimetable() };
}

/** An active ACL. */
export function newAcl(id: string, members: readonly string[], tags: readonly Tag[]): Acl {
  return { id, status: "active", members, joining: [], leaving: [], tags };
}

/** What an ARN can name. */
export type ResourceKind = "user" | "acl" | "cluster";

/** The ARN of a resource of the region. */
export function arnOf({ account, name }: Region, kind: ResourceKind, id: string): string {
  return `arn:aws:memorydb:${name}:${account}:${kind}/${id}`;
}

const PAGE = 100;

/** One page under the given member name, with NextToken. @throws InvalidParameterValueException */
export function pageOf<T>(
  member: string,
  items: readonly T[],
  key: (item: T) => string,
  shown: (item: T) => unknown,
  input: Members,
  { settings }: Scope,
): Members {
  const cut = page(
    items,
    { limit: input["MaxResults"], token: input["NextToken"] },
    {
      max: PAGE,
      default: PAGE,
      pageSize: settings.pageSize,
      key,
      badLimit: (limit) =>
        invalidValue(`The parameter MaxResults must be between 1 and ${PAGE}, but is ${limit}.`),
      badToken: () => invalidValue("The parameter NextToken is not valid."),
    },
  );
  return { [member]: cut.items.map(shown), NextToken: cut.next };
}
