import { newUniqueId } from "../identifiers";
import type { Members } from "../service";
import type { Account, Group, User } from "./account";
import {
  alreadyExists,
  change,
  deleteConflict,
  type IamOperations,
  keepQuota,
  needed,
  noSuchEntity,
  pageOf,
  type Scope,
  text,
  userToChange,
  userToRead,
} from "./operation";
import { summarizeUser } from "./users";

const GROUPS_PER_USER = 10;

/** Groups and their members. */
export const groupOperations: IamOperations = {
  CreateGroup: { required: ["GroupName"], run: createGroup },
  GetGroup: { required: ["GroupName"], run: getGroup },
  DeleteGroup: { required: ["GroupName"], run: deleteGroup },
  AddUserToGroup: { required: ["UserName", "GroupName"], run: addUser },
  RemoveUserFromGroup: { required: ["UserName", "GroupName"], run: removeUser },
  ListGroupsForUser: { required: ["UserName"], run: listGroups },
};

function createGroup(input: Members, { account, caller }: Scope): Members {
  const name = needed(input, "GroupName");
  if (account.groups.current(name.toLowerCase())) {
    throw alreadyExists(`Group with name ${name} already exists.`);
  }
  const group: Group = {
    name,
    path: text(input, "Path") ?? "/",
    id: newUniqueId("AGPA"),
    createDate: new Date(caller.now),
  };
  account.groups.put(name.toLowerCase(), group, caller.now);
  return { Group: describeGroup(group, account) };
}

function describeGroup({ name, path, id, createDate }: Group, account: Account): Members {
  const arn = `arn:aws:iam::${account.number}:group${path}${name}`;
  return { Path: path, GroupName: name, GroupId: id, Arn: arn, CreateDate: createDate };
}

function getGroup(input: Members, scope: Scope): Members {
  const { account, caller } = scope;
  const name = needed(input, "GroupName");
  const group = account.groups.seen(name.toLowerCase(), caller.now);
  if (!group) {
    throw missing(name);
  }
  const users = account.users.allSeen(caller.now).filter((user) => isIn(user, name));
  const members = pageOf(
    "Users",
    users,
    (user) => user.name.toLowerCase(),
    (user) => summarizeUser(user, account),
    input,
    scope,
  );
  return { Group: describeGroup(group, account), ...members };
}

function deleteGroup(input: Members, { account, caller }: Scope): Members {
  const { name } = requireGroup(input, account);
  if (account.users.allCurrent().some((user) => isIn(user, name))) {
    throw deleteConflict("Cannot delete entity, must remove users from group first.");
  }
  account.groups.remove(name.toLowerCase(), caller.now);
  return {};
}

function addUser(input: Members, scope: Scope): Members {
  const { name } = requireGroup(input, scope.account);
  const row = userToChange(input, scope);
  const { groups } = row.user;
  if (!isIn(row.user, name)) {
    keepQuota("GroupsPerUser", GROUPS_PER_USER, groups.length);
    change(row, { groups: [...groups, name] }, scope);
  }
  return {};
}

function removeUser(input: Members, scope: Scope): Members {
  const { name } = requireGroup(input, scope.account);
  const row = userToChange(input, scope);
  if (!isIn(row.user, name)) {
    throw noSuchEntity(`User ${row.user.name} is not in the group ${name}.`);
  }
  const groups = row.user.groups.filter((group) => group !== name);
  change(row, { groups }, scope);
  return {};
}

function listGroups(input: Members, scope: Scope): Members {
  const { account } = scope;
  const groups = userToRead(input, scope).groups.flatMap(
    (name) => account.groups.current(name.toLowerCase()) ?? [],
  );
  return pageOf(
    "Groups",
    groups,
    ({ name }) => name,
    (group) => describeGroup(group, account),
    input,
    scope,
  );
}

function requireGroup(input: Members, account: Account): Group {
  const name = needed(input, "GroupName");
  const group = account.groups.current(name.toLowerCase());
  if (!group) {
    throw missing(name);
  }
  return group;
}

function isIn({ groups }: User, name: string): boolean {
  return groups.some((group) => group.toLowerCase() === name.toLowerCase());
}

function missing(name: string): Error {
  return noSuchEntity(`The group with name ${name} cannot be found.`);
}
