import { text, texts } from "../members";
import { changeMembers, membersToBe } from "../membership";
import { storedName } from "../resourceNames";
import { withTags } from "../resourceTags";
import { type Members, ServiceError } from "../service";
import { passing } from "../transitions";
import { engineOf, neededEngine } from "./engine";
import { invalidCombination, invalidValue, needed, userGroupNotFound } from "./errors";
import { checkMembers, newMembers } from "./groupMembers";
import { usesOf } from "./groupUses";
import {
  arnOf,
  BY_MARKER,
  DEFAULT_USER,
  type ElastiCacheOperations,
  pageOf,
  type Scope,
  type UserGroup,
} from "./region";
import { TAG_ERRORS } from "./tags";

const GROUPS_PER_REGION = 100;

/** ElastiCache user groups. */
export const groupOperations: ElastiCacheOperations = {
  CreateUserGroup: createGroup,
  DescribeUserGroups: describeGroups,
  ModifyUserGroup: modifyGroup,
  DeleteUserGroup: deleteGroup,
};

function createGroup(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const id = storedName("UserGroupId", needed(input, "UserGroupId"), invalidValue);
  const engine = neededEngine(input);
  const tags = withTags([], input, TAG_ERRORS);
  const present = region.groups.all(now);
  if (present.some((group) => group.id === id)) {
    throw new ServiceError("UserGroupAlreadyExists", `User group ${id} already exists.`);
  }
  if (present.length >= GROUPS_PER_REGION) {
    throw new ServiceError("UserGroupQuotaExceeded", `A region can have ${GROUPS_PER_REGION} user groups.`);
  }
  const members = newMembers(texts(input, "UserIds"), scope);
  checkMembers(members, engine, scope);
  const group: UserGroup = { id, status: "active", engine, members, joining: [], leaving: [], tags };
  region.groups.put(id, passing({ ...group, status: "creating" }, now + settings.createMs, group));
  return shown(find(id, scope), scope);
}

function describeGroups(input: Members, scope: Scope): Members {
  const { region, now } = scope;
  const id = text(input, "UserGroupId");
  return id === undefined
    ? pageOf("UserGroups", region.groups.all(now), (group) => shown(group, scope), input, BY_MARKER, scope)
    : { UserGroups: [shown(find(id, scope), scope)] };
}

function modifyGroup(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const group = findToChange(input, scope);
  const engine = engineOf(input);
  const joining = newMembers(texts(input, "UserIdsToAdd"), scope);
  const leaving = texts(input, "UserIdsToRemove").map((id) => id.toLowerCase());
  if (joining.length === 0 && leaving.length === 0 && engine === undefined) {
    throw invalidCombination("No modifications were requested.");
  }
  const present = joining.find((id) => group.members.includes(id));
  if (present !== undefined) {
    throw invalidValue(`User ${present} is already a member of user group ${group.id}.`);
  }
  const absent = leaving.find((id) => !group.members.includes(id));
  if (absent !== undefined) {
    throw invalidValue(`User ${absent} is not a member of user group ${group.id}.`);
  }
  const changed: UserGroup = { ...group, engine: engine ?? group.engine };
  checkMembers(membersToBe({ ...changed, joining, leaving }), changed.engine, scope);
  const until = now + settings.groupMs;
  changeMembers(region.groups, changed, { joining, leaving }, until);
  holdUsers([...group.members, ...joining], until, scope);
  return shown(find(group.id, scope), scope);
}

/** Whoever changes the members of a group makes all of them `modifying` too, whatever they had in mind themselves. */
function holdUsers(ids: readonly string[], until: number, { region, now }: Scope): void {
  for (const id of ids.filter((each) => each !== DEFAULT_USER)) {
    const user = region.users.get(id, now);
    if (user?.status === "active") {
      region.users.put(id, passing({ ...user, status: "modifying" }, until, user));
    }
  }
}

function deleteGroup(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const deleting: UserGroup = { ...findToChange(input, scope), status: "deleting" };
  const { replicationGroups, serverlessCaches } = usesOf(deleting.id, region, now);
  const uses = [...replicationGroups, ...serverlessCaches];
  if (uses.length > 0) {
    throw new ServiceError(
      "InvalidUserGroupState",
      `User group ${deleting.id} is associated with ${uses.join(", ")} and cannot be deleted.`,
    );
  }
  region.groups.put(deleting.id, passing(deleting, now + settings.deleteMs));
  return shown(deleting, scope);
}

function findToChange(input: Members, scope: Scope): UserGroup {
  const group = find(needed(input, "UserGroupId"), scope);
  if (group.status !== "active") {
    throw new ServiceError(
      "InvalidUserGroupState",
      `User group ${group.id} has status ${group.status}. Only active user groups can be modified or deleted.`,
    );
  }
  return group;
}

function find(id: string, { region, now }: Scope): UserGroup {
  const group = region.groups.get(id.toLowerCase(), now);
  if (!group) {
    throw userGroupNotFound(id);
  }
  return group;
}

function shown(group: UserGroup, { region, now }: Scope): Members {
  const { replicationGroups, serverlessCaches } = usesOf(group.id, region, now);
  const { joining, leaving } = group;
  const changing = joining.length > 0 || leaving.length > 0;
  return {
    UserGroupId: group.id,
    Status: group.status,
    Engine: group.engine,
    UserIds: group.members,
    MinimumEngineVersion: group.engine === "valkey" ? "7.2" : "6.0",
    ...(changing ? { PendingChanges: { UserIdsToAdd: joining, UserIdsToRemove: leaving } } : {}),
    ReplicationGroups: replicationGroups,
    ServerlessCaches: serverlessCaches,
    ARN: arnOf(region, "usergroup", group.id),
  };
}
