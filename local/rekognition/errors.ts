import { ServiceError } from "../service";

export function invalidParameter(message: string): ServiceError {
  return new ServiceError("InvalidParameterException", message);
}

export function notFound(message: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", message);
}

export function conflict(message: string): ServiceError {
  return new ServiceError("ConflictException", message);
}
