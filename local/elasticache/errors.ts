import { text } from "../members";
import { type Members, ServiceError } from "../service";

/** A member that is missing or malformed: InvalidParameterValue. */
export function invalidValue(message: string): ServiceError {
  return new ServiceError("InvalidParameterValue", message);
}

/** Members that do not go together: InvalidParameterCombination. */
export function invalidCombination(message: string): ServiceError {
  return new ServiceError("InvalidParameterCombination", message);
}

/** Status 404, as the API model has it. */
export function userNotFound(id: string): ServiceError {
  return new ServiceError("UserNotFound", `User ${id} not found.`, 404);
}

/** Status 404, as the API model has it. */
export function userGroupNotFound(id: string): ServiceError {
  return new ServiceError("UserGroupNotFound", `User group ${id} not found.`, 404);
}

/** Status 404, as the API model has it. */
export function replicationGroupNotFound(id: string): ServiceError {
  return new ServiceError("ReplicationGroupNotFoundFault", `Replication group ${id} not found.`, 404);
}

/** Status 404, as the API model has it. */
export function serverlessCacheNotFound(name: string): ServiceError {
  return new ServiceError("ServerlessCacheNotFoundFault", `Serverless cache ${name} not found.`, 404);
}

/** The text of a member that the operation cannot do without. @throws InvalidParameterValue */
export function needed(input: Members, name: string): string {
  const value = text(input, name);
  if (value === undefined || value.trim() === "") {
    throw invalidValue(`The parameter ${name} must be provided and must not be blank.`);
  }
  return value;
}
