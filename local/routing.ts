import { decodeJson } from "./json";
import { decodeQuery } from "./query";
import { type LocalService, type Members, ServiceError, type Wire } from "./service";

/** A request as it came in. */
export interface WireRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The part of the address behind the question mark. */
  readonly search: string;
  readonly body: string;
}

/** Who signed, from the credential scope. The signature itself is not verified: any secret key will do. */
export interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** What a request asks for; with `problem` when AWS would refuse it whatever the operation does. */
export interface Route {
  readonly service: string;
  readonly operation: string;
  readonly wire: Wire;
  readonly input: Members;
  readonly run?: LocalService["operations"][string];
  readonly problem?: ServiceError;
}

/** The credential scope of a request signed by header or, as presigned requests are, in its address. */
export function signatureOf(request: WireRequest): Signature | undefined {
  const header = /Credential=(\S+?)(?:,|\s|$)/.exec(String(request.headers["authorization"] ?? ""))?.[1];
  const credential = header ?? new URLSearchParams(request.search).get("X-Amz-Credential") ?? "";
  const [accessKeyId, date, region, service, end] = credential.split("/");
  return accessKeyId && date && region && service && end === "aws4_request"
    ? { accessKeyId, region, service }
    : undefined;
}

/** Finds the operation: by `X-Amz-Target` for awsJson1.1, by `Action` and `Version` of the form for awsQuery. */
export function routeOf(
  request: WireRequest,
  signature: Signature | undefined,
  services: readonly LocalService[],
): Route {
  const target = request.headers["x-amz-target"];
  const scoped = services.find(({ name }) => name === signature?.service);
  return typeof target === "string" || scoped?.wire.protocol === "json"
    ? jsonRoute(String(target ?? ""), request.body, services, signature)
    : queryRoute(request, scoped, services, signature);
}

function jsonRoute(
  target: string,
  body: string,
  services: readonly LocalService[],
  signature: Signature | undefined,
): Route {
  const [prefix = "", operation = ""] = target.split(".", 2);
  const service = services.find(({ wire }) => wire.protocol === "json" && wire.targetPrefix === prefix);
  const input = decodeJson(body);
  const base = {
    service: service?.name ?? signature?.service ?? "",
    operation,
    wire: service?.wire ?? { protocol: "json" as const, targetPrefix: prefix },
    input: input ?? {},
  };
  const run = operationOf(service, operation);
  if (!run) {
    return { ...base, problem: new ServiceError("UnknownOperationException", `Unknown operation ${target}`) };
  }
  return input
    ? { ...base, run }
    : { ...base, problem: new ServiceError("SerializationException", "The body is no JSON object") };
}

/** The namespace that AWS gives errors from before it knows the service. */
const NO_SERVICE: Wire = {
  protocol: "query",
  version: "",
  xmlNamespace: "http://webservices.amazon.com/AWSFault/2005-15-09",
};

function queryRoute(
  request: WireRequest,
  scoped: LocalService | undefined,
  services: readonly LocalService[],
  signature: Signature | undefined,
): Route {
  const form = new URLSearchParams(request.body);
  const query = decodeQuery(form.has("Action") ? form : new URLSearchParams(request.search));
  if (!query) {
    const problem = new ServiceError(
      "MissingAction",
      "The request is missing an action or a required parameter",
    );
    const wire = scoped?.wire ?? NO_SERVICE;
    return { service: signature?.service ?? "", operation: "", wire, input: {}, problem };
  }
  const { action, version, input } = query;
  const service = services.find(({ wire }) => wire.protocol === "query" && wire.version === version);
  const base = {
    service: service?.name ?? signature?.service ?? "",
    operation: action,
    wire: service?.wire ?? NO_SERVICE,
    input,
  };
  const run = operationOf(service, action);
  const missing = `Could not find operation ${action} for version ${version || "NO_VERSION_SPECIFIED"}`;
  return run ? { ...base, run } : { ...base, problem: new ServiceError("InvalidAction", missing) };
}

/** Own members only: an operation called `constructor` is as unknown as any other. */
function operationOf(service: LocalService | undefined, operation: string): Route["run"] | undefined {
  return service && Object.hasOwn(service.operations, operation) ? service.operations[operation] : undefined;
}
