import type { Answer } from "./answer";
import type { Members, ServiceError } from "./service";

/** The members of an awsJson1.1 request body; an empty body means none. Undefined when it is no JSON object. */
export function decodeJson(body: string): Members | undefined {
  try {
    const decoded: unknown = JSON.parse(body === "" ? "{}" : body);
    return isMembers(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}

/** A successful answer: dates become seconds since the epoch, members without a value are left out. */
export function encodeJson(members: Members, requestId: string): Answer {
  return jsonAnswer(200, jsonValue(members), requestId);
}

/** A refusal, worded as the service does it: Rekognition has its own members. */
export function encodeJsonError(error: ServiceError, service: string, requestId: string): Answer {
  const { code, message } = error;
  const body =
    service === "rekognition"
      ? { __type: code, Code: code, Logref: requestId, Message: message }
      : { __type: code, message };
  return jsonAnswer(error.httpStatus, body, requestId);
}

function jsonAnswer(status: number, body: unknown, requestId: string): Answer {
  const headers = { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": requestId };
  return { status, headers, body: JSON.stringify(body) };
}

function jsonValue(value: unknown): unknown {
  if (value instanceof Date) {
    return value.getTime() / 1000;
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString("base64");
  }
  if (Array.isArray(value)) {
    return value.map(jsonValue);
  }
  if (isMembers(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, jsonValue(member)]));
  }
  return value;
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
