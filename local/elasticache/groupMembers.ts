import { ServiceError } from "../service";
import type { Engine } from "./engine";
import { invalidValue, userNotFound } from "./errors";
import { DEFAULT_USER, type Scope } from "./region";

const USERS_PER_GROUP = 100;

/** The ids of users who are to join a group. @throws InvalidParameterValue, UserNotFound */
export function newMembers(given: readonly string[], { region, now }: Scope): readonly string[] {
  const ids = given.map((id) => id.toLowerCase());
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw invalidValue(`User ${twice} is given more than once.`);
  }
  for (const id of ids) {
    const user = region.users.get(id, now);
    if (!user) {
      throw userNotFound(id);
    }
    if (user.status === "deleting") {
      throw invalidValue(`User ${id} cannot be added to a user group: it is being deleted.`);
    }
  }
  return ids;
}

/**
 * Refuses members that cannot make up a group of the engine: each name once, a `default` user and no Valkey user in a
 * Redis group, nobody without a password in a Valkey group.
 *
 * @throws DuplicateUserName, DefaultUserRequired, InvalidParameterValue
 */
export function checkMembers(ids: readonly string[], engine: Engine, { region, now }: Scope): void {
  const users = ids.flatMap((id) => region.users.get(id, now) ?? []);
  const names = users.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ServiceError("DuplicateUserName", `A user group can have one user named ${twice} only.`);
  }
  if (ids.length > USERS_PER_GROUP) {
    throw invalidValue(`A user group can have ${USERS_PER_GROUP} users.`);
  }
  if (engine === "redis" && !names.includes(DEFAULT_USER)) {
    throw new ServiceError("DefaultUserRequired", "The user group needs a user with the user name default.");
  }
  const misfit = users.find((user) =>
    engine === "redis" ? user.engine === "valkey" : user.authentication.type === "no-password",
  );
  if (misfit) {
    const why = engine === "redis" ? "its engine is valkey" : "it needs no password";
    throw invalidValue(`User ${misfit.id} cannot be in a user group of ${engine}: ${why}.`);
  }
}
