import { rewriteAccessString } from "../accessStrings";
import { text } from "../members";
import { dropMember, groupsOf } from "../membership";
import { storedName } from "../resourceNames";
import { withTags } from "../resourceTags";
import { type Members, ServiceError } from "../service";
import { passing } from "../transitions";
import { authenticationOf, checkAuthentication } from "./authentication";
import { engineOf, neededEngine } from "./engine";
import { invalidCombination, invalidValue, needed, userNotFound } from "./errors";
import {
  arnOf,
  BY_MARKER,
  DEFAULT_USER,
  type ElastiCacheOperations,
  pageOf,
  type Region,
  type Scope,
  tagWindowOf,
  type User,
} from "./region";
import { TAG_ERRORS } from "./tags";

const USERS_PER_REGION = 1000;

/** ElastiCache users, as https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/ describes them. */
export const userOperations: ElastiCacheOperations = {
  CreateUser: createUser,
  DescribeUsers: describeUsers,
  ModifyUser: modifyUser,
  DeleteUser: deleteUser,
};

/** The ids of the groups that a user is in; while it is deleted, those that it was in. */
export function groupIdsOf(user: User, region: Region, now: number): readonly string[] {
  return user.status === "deleting"
    ? user.lastGroups
    : groupsOf(region.groups, user.id, now).map(({ id }) => id);
}

function createUser(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const user = newUser(input, scope);
  const present = region.users.all(now);
  if (present.some(({ id }) => id === user.id)) {
    throw new ServiceError("UserAlreadyExists", `User ${user.id} already exists.`);
  }
  if (present.length >= USERS_PER_REGION) {
    throw new ServiceError("UserQuotaExceeded", `A region can have ${USERS_PER_REGION} users.`);
  }
  region.users.put(user.id, passing({ ...user, status: "creating" }, now + settings.createMs, user));
  return shown(find(user.id, scope), scope);
}

function newUser(input: Members, { now, settings }: Scope): User {
  const id = storedName("UserId", needed(input, "UserId"), invalidValue);
  const authentication = authenticationOf(input);
  if (!authentication) {
    throw invalidCombination("AuthenticationMode, Passwords or NoPasswordRequired must be provided.");
  }
  const user: User = {
    id,
    name: needed(input, "UserName"),
    status: "active",
    engine: neededEngine(input),
    accessString: rewritten(needed(input, "AccessString")),
    authentication,
    tags: withTags([], input, TAG_ERRORS),
    tagsFrom: now + settings.createMs + tagWindowOf(settings),
    changesFrom: 0,
    lastGroups: [],
  };
  checkAuthentication(authentication, user);
  return user;
}

function describeUsers(input: Members, scope: Scope): Members {
  const { region, now } = scope;
  const engine = engineOf(input);
  const id = text(input, "UserId");
  if (Array.isArray(input["Filters"])) {
    throw invalidValue("Filters are not supported.");
  }
  if (id !== undefined) {
    const user = find(id, scope);
    if (engine !== undefined && user.engine !== engine) {
      throw userNotFound(id);
    }
    return { Users: [shown(user, scope)] };
  }
  const users = region.users.all(now).filter((user) => engine === undefined || user.engine === engine);
  return pageOf("Users", users, (user) => shown(user, scope), input, BY_MARKER, scope);
}

function modifyUser(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const user = findToChange(input, scope);
  const changed: User = {
    ...user,
    engine: engineOf(input) ?? user.engine,
    accessString: changedAccessString(input, user),
    authentication: authenticationOf(input) ?? user.authentication,
  };
  const wanted = ["Engine", "AccessString", "AppendAccessString", "AuthenticationMode"];
  if (![...wanted, "Passwords", "NoPasswordRequired"].some((name) => input[name] !== undefined)) {
    throw invalidCombination("No modifications were requested.");
  }
  checkAuthentication(changed.authentication, changed);
  region.users.put(user.id, passing({ ...changed, status: "modifying" }, now + settings.modifyMs, changed));
  return shown(find(user.id, scope), scope);
}

function changedAccessString(input: Members, user: User): string {
  const whole = text(input, "AccessString");
  const added = text(input, "AppendAccessString");
  if (whole !== undefined && added !== undefined) {
    throw invalidCombination("AccessString and AppendAccessString cannot be given together.");
  }
  if (added !== undefined) {
    return rewritten(`${user.accessString} ${added}`);
  }
  return whole === undefined ? user.accessString : rewritten(whole);
}

/** The user leaves its groups by itself; they apply that in their own time, even after the user is gone. */
function deleteUser(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const user = findToChange(input, scope);
  const groups = groupsOf(region.groups, user.id, now);
  const held = groups.filter(({ engine }) => user.name === DEFAULT_USER && engine === "redis");
  if (held.length > 0) {
    const ids = held.map(({ id }) => id).join(", ");
    throw new ServiceError(
      "DefaultUserAssociatedToUserGroup",
      `User ${user.id} is the default user of user group ${ids} and cannot be deleted.`,
    );
  }
  const deleting: User = { ...user, status: "deleting", lastGroups: groups.map(({ id }) => id) };
  dropMember(region.groups, user.id, now, now + settings.groupMs);
  region.users.put(user.id, passing(deleting, now + settings.deleteMs));
  return shown(deleting, scope);
}

function findToChange(input: Members, scope: Scope): User {
  const user = find(needed(input, "UserId"), scope);
  if (user.id === DEFAULT_USER) {
    throw invalidValue("The user default cannot be modified or deleted.");
  }
  const status = scope.now < user.changesFrom && user.status === "active" ? "modifying" : user.status;
  if (status !== "active") {
    throw new ServiceError(
      "InvalidUserState",
      `User ${user.id} has status ${status}. Only active users can be modified or deleted.`,
    );
  }
  return user;
}

function find(id: string, { region, now }: Scope): User {
  const user = region.users.get(id.toLowerCase(), now);
  if (!user) {
    throw userNotFound(id);
  }
  return user;
}

function rewritten(accessString: string): string {
  return rewriteAccessString(accessString, { writesResetChannels: false, refuse: invalidValue });
}

function shown(user: User, { region, now }: Scope): Members {
  const { type, passwordCount } = user.authentication;
  const oldestRedis = type === "iam" ? "7.0" : "6.0";
  return {
    UserId: user.id,
    UserName: user.name,
    Status: user.status,
    Engine: user.engine,
    MinimumEngineVersion: user.engine === "valkey" ? "7.2" : oldestRedis,
    AccessString: user.accessString,
    UserGroupIds: groupIdsOf(user, region, now),
    Authentication: { Type: type, PasswordCount: passwordCount },
    ARN: arnOf(region, "user", user.id),
  };
}
