import { ServiceError } from "../service";
import type { Engine } from "./engine";
import { invalidCombination, userGroupNotFound } from "./errors";
import type { Region, Scope } from "./region";

/** The ids of the caches that a user group gives its users access to, or is about to. */
export interface GroupUses {
  readonly replicationGroups: readonly string[];
  readonly serverlessCaches: readonly string[];
}

/** What uses a user group. */
export function usesOf(groupId: string, region: Region, now: number): GroupUses {
  const replicationGroups = region.replicationGroups
    .all(now)
    .filter(({ userGroups, joining }) => userGroups.includes(groupId) || joining.includes(groupId));
  const serverlessCaches = region.serverlessCaches.all(now).filter(({ userGroup }) => userGroup === groupId);
  return {
    replicationGroups: replicationGroups.map(({ id }) => id),
    serverlessCaches: serverlessCaches.map(({ id }) => id),
  };
}

/**
 * The id of a user group that is to be used by a cache of the engine.
 *
 * @throws UserGroupNotFound, InvalidUserGroupState, InvalidParameterCombination for a Valkey group in a Redis cache
 */
export function usableGroup(given: string, engine: Engine, { region, now }: Scope): string {
  const group = region.groups.get(given.toLowerCase(), now);
  if (!group) {
    throw userGroupNotFound(given);
  }
  if (group.status !== "active") {
    throw new ServiceError(
      "InvalidUserGroupState",
      `User group ${group.id} has status ${group.status}. Only active user groups can be associated.`,
    );
  }
  if (engine === "redis" && group.engine === "valkey") {
    throw invalidCombination(`User group ${group.id} of the engine valkey cannot be used by a redis cache.`);
  }
  return group.id;
}
