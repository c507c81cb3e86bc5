/**
 * What an AWS error means for an operation. The SDK's error name decides (or, for a broken connection, its code);
 * never the HTTP status, never the message.
 */
export type Fault =
  /** The user is not there. */
  | "gone"
  /** A user of that name is there. */
  | "exists"
  /** Something is in between; the same call will pass later. */
  | "busy"
  /** Too many calls; the same call will pass later. */
  | "throttled"
  /** AWS or the network failed; the same call will pass later, and may have been carried out. */
  | "transient"
  /** Something hangs on the user that must go first. */
  | "blocked"
  /** The credentials may not do this. */
  | "denied"
  /** There are no credentials, or they are not valid (any more). */
  | "credentials"
  /** The endpoint does not answer, or not like AWS: tried a few times, then reported. */
  | "unclear"
  /** AWS will not do this: validation, quota, and all that is not known here. */
  | "refused";

/** Faults by SDK error name; `Operation.Name` goes before `Name`. */
export type FaultTable = Readonly<Record<string, Fault>>;

const COMMON: FaultTable = {
  ...all("throttled", [
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestLimitExceeded",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "APICallRateForCustomerExceeded",
    "APICallRateForCustomerExceededFault",
    "SlowDown",
    "PacedOut",
  ]),
  ...all("transient", [
    "InternalFailure",
    "InternalServerError",
    "InternalServiceError",
    "InternalServiceException",
    "ServiceFailure",
    "ServiceFailureException",
    "ServiceUnavailable",
    "ServiceUnavailableException",
    "RequestTimeout",
    "RequestTimeoutException",
    "TimeoutError",
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
  ]),
  ...all("denied", ["AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized"]),
  ...all("credentials", [
    "CredentialsProviderError",
    "TokenProviderError",
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "UnrecognizedClientException",
    "SignatureDoesNotMatch",
    "InvalidSignatureException",
    "IncompleteSignature",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "AuthFailure",
    "OptInRequired",
  ]),
  ...all("unclear", [
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "EHOSTUNREACH",
    "ENETUNREACH",
    "SyntaxError",
    "UnreadableAnswer",
    "UnknownError",
    "Unknown",
  ]),
};

/** An answer that could be taken apart, and lacks what AWS always answers. */
export class UnreadableAnswer extends Error {
  constructor() {
    super("HTTP 200 with a body that is not one of AWS");
    this.name = "UnreadableAnswer";
  }
}

/** The fault that an error means to a service's users. */
export function faultOf(error: unknown, table: FaultTable): Fault {
  const { name, code, operation } = anatomy(error);
  for (const word of [name, code]) {
    if (word === undefined) continue;
    const fault = table[`${operation}.${word}`] ?? table[word] ?? COMMON[word];
    if (fault !== undefined) return fault;
  }
  return "refused";
}

/** The operation that failed, as {@link nameOperation} noted it: `DeleteUser`. */
export function operationOf(error: unknown): string | undefined {
  return anatomy(error).operation;
}

/** An error's name and message on one line, without the final dot. */
export function wording(error: unknown): string {
  const status = statusOfUnreadable(error);
  if (status !== undefined) return `HTTP ${status} with a body that is not one of AWS`;
  if (error instanceof UnreadableAnswer) return error.message;
  return error instanceof Error ? `${error.name}: ${oneLine(error.message)}` : String(error);
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim().replace(/\.$/, "");
}

/** Notes on an SDK error which operation it answered, for tables and messages. */
export function nameOperation(error: unknown, operation: string): void {
  if (typeof error === "object" && error !== null && !OPERATIONS.has(error)) OPERATIONS.set(error, operation);
}

const OPERATIONS = new WeakMap<object, string>();

function anatomy(error: unknown): { name?: string; code?: string; operation?: string } {
  if (typeof error !== "object" || error === null) return {};
  const { code } = error as { code?: unknown };
  const name =
    statusOfUnreadable(error) === undefined ? (error as { name?: unknown }).name : "UnreadableAnswer";
  const operation = OPERATIONS.get(error);
  return {
    ...(typeof name === "string" && { name }),
    ...(typeof code === "string" && { code }),
    ...(operation !== undefined && { operation }),
  };
}

/**
 * The HTTP status of an answer that the SDK could not take apart, such as a proxy's page. The SDK throws what its parser
 * of XML or JSON threw, with the answer hidden beside it.
 */
function statusOfUnreadable(error: unknown): number | undefined {
  if (!(error instanceof Error) || !["Error", "SyntaxError"].includes(error.name)) return undefined;
  return (error as { $response?: { statusCode?: number } }).$response?.statusCode;
}

function all(fault: Fault, names: readonly string[]): FaultTable {
  return Object.fromEntries(names.map((name) => [name, fault]));
}
