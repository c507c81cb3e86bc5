import { rewriteAccessString } from "../accessStrings";
import { text } from "../members";
import { dropMember, groupsOf } from "../membership";
import { storedName } from "../resourceNames";
import { withTags } from "../resourceTags";
import { type Members, ServiceError } from "../service";
import { passing } from "../transitions";
import { authenticationOf } from "./authentication";
import { invalidCombination, invalidValue, needed, userNotFound } from "./errors";
import {
  arnOf,
  DEFAULT_USER,
  type MemoryDbOperations,
  pageOf,
  type Region,
  type Scope,
  type User,
} from "./region";
import { TAG_ERRORS } from "./tags";

const USERS_PER_REGION = 2000;

/** MemoryDB users, as https://docs.aws.amazon.com/memorydb/latest/APIReference/ describes their operations. */
export const userOperations: MemoryDbOperations = {
  CreateUser: createUser,
  DescribeUsers: describeUsers,
  UpdateUser: updateUser,
  DeleteUser: deleteUser,
};

/** The names of the ACLs that a user is in; while it is deleted, those that it was in. */
export function aclsOf(user: User, region: Region, now: number): readonly string[] {
  return user.status === "deleting"
    ? user.lastAcls
    : groupsOf(region.acls, user.name, now).map(({ id }) => id);
}

function createUser(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const name = storedName("UserName", needed(input, "UserName"), invalidValue);
  const authentication = authenticationOf(input);
  if (!authentication) {
    throw invalidValue("The parameter AuthenticationMode must be provided.");
  }
  const accessString = rewritten(needed(input, "AccessString"));
  const tags = withTags([], input, TAG_ERRORS);
  const present = region.users.all(now);
  if (present.some((user) => user.name === name)) {
    throw new ServiceError("UserAlreadyExistsFault", `User ${name} already exists.`);
  }
  if (present.length >= USERS_PER_REGION) {
    throw new ServiceError("UserQuotaExceededFault", `A region can have ${USERS_PER_REGION} users.`);
  }
  const user: User = { name, status: "active", accessString, authentication, tags, lastAcls: [] };
  region.users.put(name, passing({ ...user, status: "creating" }, now + settings.createMs, user));
  return { User: shown(find(name, scope), scope) };
}

function describeUsers(input: Members, scope: Scope): Members {
  const name = text(input, "UserName");
  if (Array.isArray(input["Filters"]) && input["Filters"].length > 0) {
    throw invalidValue("Filters are not supported.");
  }
  if (name !== undefined) {
    return { Users: [shown(find(name, scope), scope)] };
  }
  const { region, now } = scope;
  return pageOf(
    "Users",
    region.users.all(now),
    (user) => user.name,
    (user) => shown(user, scope),
    input,
    scope,
  );
}

function updateUser(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const user = findToChange(input, scope);
  const authentication = authenticationOf(input);
  const accessString = text(input, "AccessString");
  if (!authentication && accessString === undefined) {
    throw invalidCombination("No modifications were requested.");
  }
  const changed: User = {
    ...user,
    accessString: accessString === undefined ? user.accessString : rewritten(accessString),
    authentication: authentication ?? user.authentication,
  };
  region.users.put(user.name, passing({ ...changed, status: "modifying" }, now + settings.modifyMs, changed));
  return { User: shown(find(user.name, scope), scope) };
}

/** The user leaves its ACLs by itself; they apply that in their own time, even after the user is gone. */
function deleteUser(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const user = findToChange(input, scope);
  const deleting: User = { ...user, status: "deleting", lastAcls: aclsOf(user, region, now) };
  dropMember(region.acls, user.name, now, now + settings.groupMs);
  region.users.put(user.name, passing(deleting, now + settings.deleteMs));
  return { User: shown(deleting, scope) };
}

function findToChange(input: Members, scope: Scope): User {
  const user = find(needed(input, "UserName"), scope);
  if (user.name === DEFAULT_USER) {
    throw invalidValue("The user default cannot be modified or deleted.");
  }
  if (user.status !== "active") {
    throw new ServiceError(
      "InvalidUserStateFault",
      `User ${user.name} has status ${user.status}. Only active users can be modified or deleted.`,
    );
  }
  return user;
}

function find(name: string, { region, now }: Scope): User {
  const user = region.users.get(name.toLowerCase(), now);
  if (!user) {
    throw userNotFound(name);
  }
  return user;
}

function rewritten(accessString: string): string {
  return rewriteAccessString(accessString, { writesResetChannels: true, refuse: invalidValue });
}

function shown(user: User, { region, now }: Scope): Members {
  const { type, passwordCount } = user.authentication;
  return {
    Name: user.name,
    Status: user.status,
    AccessString: user.accessString,
    ACLNames: aclsOf(user, region, now),
    MinimumEngineVersion: type === "iam" ? "7.0" : "6.2",
    Authentication: { Type: type, PasswordCount: passwordCount },
    ARN: arnOf(region, "user", user.name),
  };
}
