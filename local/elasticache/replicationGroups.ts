import { text, texts } from "../members";
import { storedName } from "../resourceNames";
import { withTags } from "../resourceTags";
import { type Members, ServiceError } from "../service";
import { passing } from "../transitions";
import { engineOf } from "./engine";
import { invalidCombination, invalidValue, needed, replicationGroupNotFound } from "./errors";
import { usableGroup } from "./groupUses";
import {
  arnOf,
  BY_MARKER,
  type ElastiCacheOperations,
  pageOf,
  type Region,
  type ReplicationGroup,
  type Scope,
} from "./region";
import { TAG_ERRORS } from "./tags";

/** Replication groups as far as users go: which user group they use, and nothing of their nodes. */
export const replicationGroupOperations: ElastiCacheOperations = {
  CreateReplicationGroup: create,
  DescribeReplicationGroups: describe,
  ModifyReplicationGroup: modify,
  DeleteReplicationGroup: remove,
};

function create(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const id = storedName("ReplicationGroupId", needed(input, "ReplicationGroupId"), invalidValue);
  const engine = engineOf(input) ?? "redis";
  const group: ReplicationGroup = {
    id,
    status: "available",
    description: needed(input, "ReplicationGroupDescription"),
    engine,
    encryptsTransit: text(input, "TransitEncryptionEnabled") === "true",
    userGroups: texts(input, "UserGroupIds").map((id) => usableGroup(id, engine, scope)),
    joining: [],
    leaving: [],
    tags: withTags([], input, TAG_ERRORS),
  };
  checkUserGroups(group.userGroups, group);
  if (region.replicationGroups.get(group.id, now)) {
    throw new ServiceError("ReplicationGroupAlreadyExists", `Replication group ${group.id} already exists.`);
  }
  const creating: ReplicationGroup = { ...group, status: "creating" };
  region.replicationGroups.put(group.id, passing(creating, now + settings.createMs, group));
  return { ReplicationGroup: shown(find(group.id, scope), region) };
}

function describe(input: Members, scope: Scope): Members {
  const { region, now } = scope;
  const id = text(input, "ReplicationGroupId");
  const all = region.replicationGroups.all(now);
  return id === undefined
    ? pageOf("ReplicationGroups", all, (group) => shown(group, region), input, BY_MARKER, scope)
    : { ReplicationGroups: [shown(find(id, scope), region)] };
}

function modify(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const group = findToChange(input, scope);
  const joining = texts(input, "UserGroupIdsToAdd").map((id) => usableGroup(id, group.engine, scope));
  const leaving = texts(input, "UserGroupIdsToRemove").map((id) => id.toLowerCase());
  if (joining.length === 0 && leaving.length === 0) {
    throw invalidCombination("No modifications were requested.");
  }
  const absent = leaving.find((id) => !group.userGroups.includes(id));
  if (absent !== undefined) {
    throw invalidValue(`User group ${absent} is not associated with replication group ${group.id}.`);
  }
  const userGroups = [...group.userGroups.filter((id) => !leaving.includes(id)), ...joining];
  checkUserGroups(userGroups, group);
  const modifying: ReplicationGroup = { ...group, status: "modifying", joining, leaving };
  const until = now + settings.modifyMs;
  region.replicationGroups.put(group.id, passing(modifying, until, { ...group, userGroups }));
  return { ReplicationGroup: shown(find(group.id, scope), region) };
}

function remove(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const deleting: ReplicationGroup = { ...findToChange(input, scope), status: "deleting" };
  region.replicationGroups.put(deleting.id, passing(deleting, now + settings.deleteMs));
  return { ReplicationGroup: shown(deleting, region) };
}

/** AWS takes a list and allows one. @throws InvalidParameterValue, InvalidParameterCombination */
function checkUserGroups(ids: readonly string[], { encryptsTransit }: ReplicationGroup): void {
  if (ids.length > 1) {
    throw invalidValue("A replication group can be associated with one user group only.");
  }
  if (ids.length > 0 && !encryptsTransit) {
    throw invalidCombination(
      "User group based access control requires encryption-in-transit to be enabled on the replication group.",
    );
  }
}

/** @throws ReplicationGroupNotFoundFault, InvalidReplicationGroupState */
function findToChange(input: Members, scope: Scope): ReplicationGroup {
  const group = find(needed(input, "ReplicationGroupId"), scope);
  if (group.status !== "available") {
    throw new ServiceError(
      "InvalidReplicationGroupState",
      `Replication group ${group.id} has status ${group.status}. Only available ones can be modified or deleted.`,
    );
  }
  return group;
}

function find(id: string, { region, now }: Scope): ReplicationGroup {
  const group = region.replicationGroups.get(id.toLowerCase(), now);
  if (!group) {
    throw replicationGroupNotFound(id);
  }
  return group;
}

function shown(group: ReplicationGroup, region: Region): Members {
  const { joining, leaving } = group;
  const changing = joining.length > 0 || leaving.length > 0;
  const pending = { UserGroupIdsToAdd: joining, UserGroupIdsToRemove: leaving };
  return {
    ReplicationGroupId: group.id,
    Description: group.description,
    Status: group.status,
    PendingModifiedValues: changing ? { UserGroups: pending } : {},
    TransitEncryptionEnabled: group.encryptsTransit,
    ARN: arnOf(region, "replicationgroup", group.id),
    UserGroupIds: group.userGroups,
    Engine: group.engine,
  };
}
