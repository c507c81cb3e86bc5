import { text, texts } from "../members";
import { changeMembers, membersToBe } from "../membership";
import { storedName } from "../resourceNames";
import { withTags } from "../resourceTags";
import { type Members, ServiceError } from "../service";
import { passing } from "../transitions";
import { clustersOf } from "./clusters";
import { aclNotFound, invalidCombination, invalidValue, needed, userNotFound } from "./errors";
import {
  type Acl,
  arnOf,
  DEFAULT_USER,
  type MemoryDbOperations,
  newAcl,
  OPEN_ACCESS,
  pageOf,
  type Scope,
} from "./region";
import { TAG_ERRORS } from "./tags";

const ACLS_PER_REGION = 200;
const USERS_PER_ACL = 100;

/** MemoryDB access control lists; an ACL may be empty. */
export const aclOperations: MemoryDbOperations = {
  CreateACL: createAcl,
  DescribeACLs: describeAcls,
  UpdateACL: updateAcl,
  DeleteACL: deleteAcl,
};

function createAcl(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const id = storedName("ACLName", needed(input, "ACLName"), invalidValue);
  const tags = withTags([], input, TAG_ERRORS);
  const present = region.acls.all(now);
  if (present.some((acl) => acl.id === id)) {
    throw new ServiceError("ACLAlreadyExistsFault", `ACL ${id} already exists.`);
  }
  if (present.length >= ACLS_PER_REGION) {
    throw new ServiceError("ACLQuotaExceededFault", `A region can have ${ACLS_PER_REGION} ACLs.`);
  }
  const members = newMembers(texts(input, "UserNames"), scope);
  keepQuota(members);
  const acl = newAcl(id, members, tags);
  region.acls.put(id, passing({ ...acl, status: "creating" }, now + settings.createMs, acl));
  return { ACL: shown(find(id, scope), scope) };
}

function describeAcls(input: Members, scope: Scope): Members {
  const { region, now } = scope;
  const name = text(input, "ACLName");
  if (name !== undefined) {
    return { ACLs: [shown(find(name, scope), scope)] };
  }
  return pageOf(
    "ACLs",
    region.acls.all(now),
    ({ id }) => id,
    (acl) => shown(acl, scope),
    input,
    scope,
  );
}

function updateAcl(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const acl = findToChange(input, scope);
  const joining = newMembers(texts(input, "UserNamesToAdd"), scope);
  const leaving = texts(input, "UserNamesToRemove").map((name) => name.toLowerCase());
  if (joining.length === 0 && leaving.length === 0) {
    throw invalidCombination("No modifications were requested.");
  }
  const present = joining.find((name) => acl.members.includes(name));
  if (present !== undefined) {
    throw invalidValue(`User ${present} is already a member of ACL ${acl.id}.`);
  }
  const absent = leaving.find((name) => !acl.members.includes(name));
  if (absent !== undefined) {
    throw invalidValue(`User ${absent} is not a member of ACL ${acl.id}.`);
  }
  keepQuota(membersToBe({ ...acl, joining, leaving }));
  changeMembers(region.acls, acl, { joining, leaving }, now + settings.groupMs);
  return { ACL: shown(find(acl.id, scope), scope) };
}

function deleteAcl(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const deleting: Acl = { ...findToChange(input, scope), status: "deleting" };
  const clusters = clustersOf(deleting.id, region, now);
  if (clusters.length > 0) {
    throw new ServiceError(
      "InvalidACLStateFault",
      `ACL ${deleting.id} is associated with cluster ${clusters.join(", ")} and cannot be deleted.`,
    );
  }
  region.acls.put(deleting.id, passing(deleting, now + settings.deleteMs));
  return { ACL: shown(deleting, scope) };
}

/** @throws DuplicateUserNameFault, UserNotFoundFault, InvalidParameterValueException */
function newMembers(given: readonly string[], { region, now }: Scope): readonly string[] {
  const names = given.map((name) => name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ServiceError("DuplicateUserNameFault", `User ${twice} is given more than once.`);
  }
  for (const name of names) {
    const user = region.users.get(name, now);
    if (!user) {
      throw userNotFound(name);
    }
    if (name === DEFAULT_USER || user.status === "deleting") {
      const why = name === DEFAULT_USER ? `belongs to ${OPEN_ACCESS} only` : "is being deleted";
      throw invalidValue(`User ${name} cannot be added to an ACL: it ${why}.`);
    }
  }
  return names;
}

function keepQuota(members: readonly string[]): void {
  if (members.length > USERS_PER_ACL) {
    throw invalidValue(`An ACL can have ${USERS_PER_ACL} users.`);
  }
}

function findToChange(input: Members, scope: Scope): Acl {
  const acl = find(needed(input, "ACLName"), scope);
  if (acl.id === OPEN_ACCESS) {
    throw invalidValue(`The ACL ${OPEN_ACCESS} cannot be modified or deleted.`);
  }
  if (acl.status !== "active") {
    throw new ServiceError(
      "InvalidACLStateFault",
      `ACL ${acl.id} has status ${acl.status}. Only active ACLs can be modified or deleted.`,
    );
  }
  return acl;
}

function find(name: string, { region, now }: Scope): Acl {
  const acl = region.acls.get(name.toLowerCase(), now);
  if (!acl) {
    throw aclNotFound(name);
  }
  return acl;
}

function shown(acl: Acl, { region, now }: Scope): Members {
  const { joining, leaving } = acl;
  const changing = joining.length > 0 || leaving.length > 0;
  return {
    Name: acl.id,
    Status: acl.status,
    UserNames: acl.members,
    MinimumEngineVersion: "6.2",
    ...(changing ? { PendingChanges: { UserNamesToAdd: joining, UserNamesToRemove: leaving } } : {}),
    Clusters: clustersOf(acl.id, region, now),
    ARN: arnOf(region, "acl", acl.id),
  };
}
