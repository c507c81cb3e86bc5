import { text } from "../members";
import { type Members, ServiceError } from "../service";

/** A member that is missing or malformed: InvalidParameterValueException. */
export function invalidValue(message: string): ServiceError {
  return new ServiceError("InvalidParameterValueException", message);
}

/** Members that do not go together: InvalidParameterCombinationException. */
export function invalidCombination(message: string): ServiceError {
  return new ServiceError("InvalidParameterCombinationException", message);
}

/** Status 404, as the API model has it. */
export function userNotFound(name: string): ServiceError {
  return new ServiceError("UserNotFoundFault", `User ${name} not found.`, 404);
}

/** Status 404, as the API model has it. */
export function aclNotFound(name: string): ServiceError {
  return new ServiceError("ACLNotFoundFault", `ACL ${name} not found.`, 404);
}

/** Status 404, as the API model has it. */
export function clusterNotFound(name: string): ServiceError {
  return new ServiceError("ClusterNotFoundFault", `Cluster ${name} not found.`, 404);
}

/** The text of a member that the operation cannot do without. @throws InvalidParameterValueException */
export function needed(input: Members, name: string): string {
  const value = text(input, name);
  if (value === undefined || value.trim() === "") {
    throw invalidValue(`The parameter ${name} must be provided and must not be blank.`);
  }
  return value;
}
