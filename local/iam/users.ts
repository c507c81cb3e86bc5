import { newUniqueId } from "../identifiers";
import type { Members } from "../service";
import { type Account, bareUser, type Tag, type User } from "./account";
import { blockersOf } from "./blockers";
import {
  alreadyExists,
  change,
  deleteConflict,
  type IamOperations,
  keepQuota,
  list,
  needed,
  pageOf,
  type Scope,
  text,
  userToChange,
  userToRead,
} from "./operation";
import { requireBoundary } from "./policies";
import { NEW_NAME, validateTags } from "./validation";

const USERS_PER_ACCOUNT = 5000;

/** Users themselves: made, found, listed, renamed, moved and deleted. */
export const userOperations: IamOperations = {
  CreateUser: { required: ["UserName"], rules: { UserName: NEW_NAME }, run: createUser },
  GetUser: { run: (input, scope) => ({ User: describeUser(userToRead(input, scope), scope.account) }) },
  ListUsers: { run: listUsers },
  UpdateUser: { required: ["UserName"], run: updateUser },
  DeleteUser: { required: ["UserName"], run: deleteUser },
};

/** The ARN of a user, or of the account's root. */
function userArn({ name, path }: User, account: Account): string {
  return `arn:aws:iam::${account.number}:${name === "" ? "root" : `user${path}${name}`}`;
}

/** What everybody shows of a user: neither tags nor boundary. The root has neither name nor path. */
export function summarizeUser(user: User, account: Account): Members {
  return {
    ...(user.name === "" ? {} : { Path: user.path, UserName: user.name }),
    UserId: user.id,
    Arn: userArn(user, account),
    CreateDate: user.createDate,
  };
}

function listedUser(user: User, account: Account): Members {
  return { ...summarizeUser(user, account), PasswordLastUsed: user.passwordLastUsed };
}

function describeUser(user: User, account: Account): Members {
  return {
    ...listedUser(user, account),
    ...(user.boundary
      ? {
          PermissionsBoundary: {
            PermissionsBoundaryType: "PermissionsBoundaryPolicy",
            PermissionsBoundaryArn: user.boundary,
          },
        }
      : {}),
    ...(user.tags.length > 0 ? { Tags: user.tags } : {}),
  };
}

function createUser(input: Members, scope: Scope): Members {
  const { account, caller } = scope;
  const name = needed(input, "UserName");
  const tags = list<Tag>(input, "Tags");
  const boundary = text(input, "PermissionsBoundary");
  validateTags(tags);
  requireFreeName(name, account);
  keepQuota("UsersPerAccount", USERS_PER_ACCOUNT, account.users.allCurrent().length);
  if (boundary !== undefined) {
    requireBoundary(boundary, account);
  }
  const user: User = {
    ...bareUser({
      name,
      path: text(input, "Path") ?? "/",
      id: newUniqueId("AIDA"),
      createDate: new Date(caller.now),
    }),
    tags,
    ...(boundary === undefined ? {} : { boundary }),
  };
  account.users.put(name.toLowerCase(), user, caller.now);
  return { User: describeUser(user, account) };
}

function listUsers(input: Members, scope: Scope): Members {
  const { account, caller } = scope;
  const prefix = text(input, "PathPrefix") ?? "/";
  const users = account.users.allSeen(caller.now).filter(({ path }) => path.startsWith(prefix));
  return pageOf(
    "Users",
    users,
    ({ name }) => name.toLowerCase(),
    (user) => listedUser(user, account),
    input,
    scope,
  );
}

function updateUser(input: Members, scope: Scope): Members {
  const { account, caller } = scope;
  const row = userToChange(input, scope);
  const name = text(input, "NewUserName") ?? row.user.name;
  const path = text(input, "NewPath") ?? row.user.path;
  const key = name.toLowerCase();
  if (key !== row.key) {
    requireFreeName(name, account);
    account.users.remove(row.key, caller.now);
  }
  change({ ...row, key }, { name, path }, scope);
  return {};
}

function deleteUser(input: Members, scope: Scope): Members {
  const { key, user } = userToChange(input, scope);
  const [blocker] = blockersOf(user);
  if (blocker) {
    throw deleteConflict(`Cannot delete entity, must ${blocker.remedy} first.`);
  }
  scope.account.users.remove(key, scope.caller.now);
  return {};
}

function requireFreeName(name: string, account: Account): void {
  if (account.users.current(name.toLowerCase())) {
    throw alreadyExists(`User with name ${name} already exists.`);
  }
}
