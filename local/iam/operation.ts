import { page } from "../paging";
import { type Caller, type Members, ServiceError, type Settings } from "../service";
import type { Account, User } from "./account";
import type { Table } from "./table";
import type { MemberRules } from "./validation";

/** What an IAM operation works on. */
export interface Scope {
  readonly account: Account;
  readonly caller: Caller;
  readonly settings: Settings;
}

/** One IAM operation, called with members that follow the rules. */
export interface IamOperation {
  readonly required?: readonly string[];
  /** Where this operation's members differ from the common rules. */
  readonly rules?: MemberRules;
  run(input: Members, scope: Scope): Members;
}

export type IamOperations = Readonly<Record<string, IamOperation>>;

/** A user as a table keeps it. */
export interface UserRow {
  readonly table: Table<User>;
  readonly key: string;
  readonly user: User;
}

/** The text of a member, or undefined when the request lacks it. */
export function text(input: Members, name: string): string | undefined {
  const value = input[name];
  return typeof value === "string" ? value : undefined;
}

/** The text of a required member. */
export function needed(input: Members, name: string): string {
  return text(input, name) ?? "";
}

/** The members of a list; a list that is sent empty counts as none. */
export function list<T>(input: Members, name: string): readonly T[] {
  const value = input[name];
  return Array.isArray(value) ? value : [];
}

/** The user that a write means; the caller when it names none. @throws NoSuchEntity */
export function userToChange(input: Members, scope: Scope): UserRow {
  return rowOf(input, scope, (table, key) => table.current(key));
}

/** The user that a read means, as reads see it; the caller when it names none. @throws NoSuchEntity */
export function userToRead(input: Members, scope: Scope): User {
  return rowOf(input, scope, (table, key) => table.seen(key, scope.caller.now)).user;
}

/** The key in the table of the user whose access key it is; only keys made here start with `AKIA`. */
export function ownerOf(accessKeyId: string, account: Account): string | undefined {
  if (!accessKeyId.startsWith("AKIA")) {
    return undefined;
  }
  const owner = account.users
    .allCurrent()
    .find(({ accessKeys }) => accessKeys.some(({ id }) => id === accessKeyId));
  return owner?.name.toLowerCase();
}

/** Puts a changed user in the place of the one that was found. */
export function change({ table, key, user }: UserRow, changes: Partial<User>, { caller }: Scope): void {
  table.put(key, { ...user, ...changes }, caller.now);
}

/** One page under the given member name, with IsTruncated and Marker. @throws ValidationError */
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
    { limit: input["MaxItems"], token: input["Marker"] },
    {
      max: 1000,
      default: 100,
      pageSize: settings.pageSize,
      key,
      badLimit: (limit) =>
        new ServiceError(
          "ValidationError",
          `1 validation error detected: Value '${limit}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000`,
        ),
      badToken: () => new ServiceError("ValidationError", "Invalid Marker."),
    },
  );
  return { [member]: cut.items.map(shown), IsTruncated: cut.next !== undefined, Marker: cut.next };
}

export function noSuchEntity(message: string): ServiceError {
  return new ServiceError("NoSuchEntity", message, 404);
}

export function alreadyExists(message: string): ServiceError {
  return new ServiceError("EntityAlreadyExists", message, 409);
}

export function deleteConflict(message: string): ServiceError {
  return new ServiceError("DeleteConflict", message, 409);
}

/** Refuses one more when so many are there already. @throws LimitExceeded */
export function keepQuota(quota: string, allowed: number, present: number): void {
  if (present >= allowed) {
    throw new ServiceError("LimitExceeded", `Cannot exceed quota for ${quota}: ${allowed}`, 409);
  }
}

type Find = (table: Table<User>, key: string) => User | undefined;

function rowOf(input: Members, scope: Scope, find: Find): UserRow {
  const { account, caller } = scope;
  const name = text(input, "UserName");
  const meant = name === undefined ? ownerOf(caller.accessKeyId, account) : name.toLowerCase();
  const table = meant === undefined ? account.root : account.users;
  const key = meant ?? "";
  const user = find(table, key);
  if (!user) {
    throw noSuchEntity(`The user with name ${name ?? key} cannot be found.`);
  }
  return { table, key, user };
}
