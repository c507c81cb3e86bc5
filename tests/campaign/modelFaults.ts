import { nameOperation } from "../../provider/aws/faults";

/** The services that keep users. */
export const SERVICES = ["memorydb", "elasticache", "iam", "rekognition"] as const;

export type Service = (typeof SERVICES)[number];

/** What can be asked of the model: a gateway's verbs, and whose credentials these are. */
export const VERBS = [
  "find",
  "list",
  "create",
  "update",
  "remove",
  "readTags",
  "writeTags",
  "blockers",
  "purge",
  "belongings",
  "give",
  "take",
  "destroy",
  "account",
] as const;

export type Verb = (typeof VERBS)[number];

/** What goes wrong with a call. `After`: it was carried out, and its answer got lost. */
export const FAULTS = [
  "throttled",
  "broken",
  "resetBefore",
  "resetAfter",
  "timeoutBefore",
  "timeoutAfter",
  "busy",
  "denied",
  "unclear",
] as const;

type FaultName = (typeof FAULTS)[number];

/** Calls in a row, of one verb of one service, that go wrong. */
export interface FaultSpec {
  /** During which run of Pulumi. */
  readonly run: number;
  /** The calls of the service that this user is in. */
  readonly user: number;
  readonly verb: Verb;
  /** So many matching calls pass before. */
  readonly after: number;
  readonly times: number;
  readonly fault: FaultName;
}

/** A call that times out takes so long. */
export const TIMEOUT_MS = 30_000;

const THROTTLED: Readonly<Record<Service, string>> = {
  memorydb: "ThrottlingException",
  elasticache: "Throttling",
  iam: "Throttling",
  rekognition: "ProvisionedThroughputExceededException",
};
const BROKEN: Readonly<Record<Service, string>> = {
  memorydb: "InternalFailure",
  elasticache: "ServiceUnavailable",
  iam: "ServiceFailureException",
  rekognition: "InternalServerError",
};
const BUSY: Readonly<Record<Service, string>> = {
  memorydb: "InvalidUserStateFault",
  elasticache: "InvalidUserStateFault",
  iam: "ConcurrentModificationException",
  rekognition: "ConflictException",
};
const NEVER_BUSY: readonly Verb[] = [
  "find",
  "list",
  "blockers",
  "belongings",
  "destroy",
  "readTags",
  "account",
  "create",
];

/** An error as the AWS SDK throws it, with the operation that it answers. */
export function awsError(name: string, operation: string, message = `${operation} was refused.`): Error {
  const error = Object.assign(new Error(message), { name });
  nameOperation(error, operation);
  return error;
}

/** What happens to one call. */
export interface Ordeal {
  readonly error: Error;
  readonly carriedOut: boolean;
  readonly takesMs: number;
}

/** Says of each call what happens to it, as scripted. */
export function faultScript(specs: readonly FaultSpec[], services: readonly Service[]) {
  const scripts = specs.map((spec) => ({ spec, seen: 0, service: services[spec.user % services.length] }));
  let run = 0;
  return {
    meet(service: Service, verb: Verb, operation: string): Ordeal | undefined {
      let met: Ordeal | undefined;
      for (const script of scripts) {
        const { spec } = script;
        if (script.service !== service || spec.verb !== verb || spec.run !== run) continue;
        script.seen += 1;
        const hits = script.seen > spec.after && script.seen <= spec.after + spec.times;
        if (hits) met ??= ordealOf(spec.fault, service, verb, operation);
      }
      return met;
    },
    /** A run of Pulumi begins; in one that no fault names, nothing goes wrong. */
    begin(next: number): void {
      run = next;
    },
  };
}

function ordealOf(fault: FaultName, service: Service, verb: Verb, operation: string): Ordeal | undefined {
  const refused = (name: string) => refusal(name, operation);
  switch (fault) {
    case "throttled":
      return throttling(service, operation);
    case "broken":
      return refused(BROKEN[service]);
    case "busy":
      return NEVER_BUSY.includes(verb) ? undefined : refused(BUSY[service]);
    case "denied":
      return verb === "account" ? undefined : refused("AccessDeniedException");
    case "unclear":
      return refused("SyntaxError");
    case "timeoutBefore":
    case "timeoutAfter":
      return {
        error: awsError("TimeoutError", operation, "no answer came"),
        carriedOut: fault === "timeoutAfter",
        takesMs: TIMEOUT_MS,
      };
    default: {
      const error = awsError("Error", operation, "socket hang up");
      return {
        error: Object.assign(error, { code: "ECONNRESET" }),
        carriedOut: fault === "resetAfter",
        takesMs: 0,
      };
    }
  }
}

/** What happens to a call that comes too soon. */
export function throttling(service: Service, operation: string): Ordeal {
  return refusal(THROTTLED[service], operation);
}

function refusal(name: string, operation: string): Ordeal {
  return { error: awsError(name, operation), carriedOut: false, takesMs: 0 };
}
