import { text } from "../members";
import type { Members } from "../service";
import { invalidParameter } from "./errors";

/** Ids are case-sensitive. @throws InvalidParameterException */
export function neededCollectionId(input: Members): string {
  return matching(input, "CollectionId", /^[a-zA-Z0-9_.-]{1,255}$/);
}

/** Ids are case-sensitive. @throws InvalidParameterException */
export function neededUserId(input: Members): string {
  return matching(input, "UserId", /^[a-zA-Z0-9_.\-:]{1,128}$/);
}

/** The token that makes a request the same one however often it is sent. @throws InvalidParameterException */
export function clientRequestToken(input: Members): string | undefined {
  return input["ClientRequestToken"] === undefined
    ? undefined
    : matching(input, "ClientRequestToken", /^[a-zA-Z0-9_-]{1,64}$/);
}

/** Between one and so many face ids. @throws InvalidParameterException */
export function neededFaceIds(input: Members, max: number): readonly string[] {
  const given = input["FaceIds"];
  const ids: readonly unknown[] = Array.isArray(given) ? given : [];
  if (ids.length < 1 || ids.length > max || !ids.every(isFaceId)) {
    throw invalidParameter(`Request has invalid parameters: FaceIds needs 1 to ${max} face ids.`);
  }
  return ids;
}

/** From 0 to 100; 75 unless given. @throws InvalidParameterException */
export function userMatchThreshold(input: Members): number {
  const given = input["UserMatchThreshold"] ?? 75;
  if (typeof given !== "number" || given < 0 || given > 100) {
    throw invalidParameter("Request has invalid parameters: UserMatchThreshold must be between 0 and 100.");
  }
  return given;
}

function isFaceId(id: unknown): id is string {
  return typeof id === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}

function matching(input: Members, name: string, pattern: RegExp): string {
  const value = text(input, name);
  if (value === undefined || !pattern.test(value)) {
    throw invalidParameter(`Request has invalid parameters: ${name} must satisfy ${pattern.source}`);
  }
  return value;
}
