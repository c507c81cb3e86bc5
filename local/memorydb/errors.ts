import { text } from "../members";
import { type Members, ServiceError } from "../service";

export function invalidValue(message: string): ServiceError {
  return new ServiceError("InvalidParameterValueException", message);
}

export function invalidCombination(message: string): ServiceError {
  return new ServiceError("InvalidParameterCombinationException", message);
}

export function userNotFound(name: string): ServiceError {
  return new ServiceError("UserNotFoundFault", `User ${name} not found.`, 404);
}

export function aclNotFound(name: string): ServiceError {
  return new ServiceError("ACLNotFoundFault", `ACL ${name} not found.`, 404);
}

/** The text of a member that the operation cannot do without. @throws InvalidParameterValueException */
export function needed(input: Members, name: string): string {
  const value = text(input, name);
  if (value === undefined || value.trim() === "") {
    throw invalidValue(`The parameter ${name} must be provided and must not be blank.`);
  }
  return value;
}
