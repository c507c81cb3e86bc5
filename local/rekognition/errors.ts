import { ServiceError } from "../service";

/** A member that is missing or malformed. */
export function invalidParameter(message: string): ServiceError {
  return new ServiceError("InvalidParameterException", message);
}

/** A collection or user that is not there. */
export function notFound(message: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", message);
}

/** An id that is taken, or a user that another change is under way for. */
export function conflict(message: string): ServiceError {
  return new ServiceError("ConflictException", message);
}
