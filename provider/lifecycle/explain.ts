import { type FaultTable, faultOf, oneLine, operationOf, wording } from "../aws/faults";
import { TimedOut } from "../wait/until";
import { Refusal } from "./errors";

/** What to do about it is a sentence of its own: what an error means, and the way on, for people. */
export interface Explanation {
  readonly cause: string;
  readonly advice?: string;
}

/** What to do where AWS does not answer. */
export const UNREACHABLE_ADVICE =
  "Check the network, the region, and the variables AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_*.";

/**
 * Says in words what went wrong. Request ids and stacks stay out; so does the caller's input.
 *
 * @param service The prefix of the service's IAM actions.
 */
export function explain(error: unknown, service: string, faults: FaultTable): Explanation {
  if (!(error instanceof Error)) return { cause: String(error) };
  if (error instanceof Refusal) {
    return { cause: error.message, ...(error.advice !== undefined && { advice: error.advice }) };
  }
  if (error instanceof TimedOut) {
    return {
      cause: error.message,
      advice: "Run again to go on from there; the argument timeouts gives more time.",
    };
  }
  const operation = operationOf(error);
  const action = operation === undefined ? undefined : `${actionPrefix(operation, service)}:${operation}`;
  const said = wording(error);
  switch (faultOf(error, faults)) {
    case "denied":
      return {
        cause: `access was denied to ${action ?? "AWS"} (${oneLine(error.message)})`,
        advice: `Allow ${missingAction(error) ?? action ?? "the action"} to the credentials of this run.`,
      };
    case "credentials":
      return {
        cause: `the AWS credentials cannot be used (${said})`,
        advice: "Check that this run has credentials and that they have not expired.",
      };
    case "unclear":
      return {
        cause: `the endpoint does not answer like AWS${action ? ` to ${action}` : ""} (${said})`,
        advice: UNREACHABLE_ADVICE,
      };
    default:
      return { cause: operation === undefined ? oneLine(error.message) : `${action} answered ${said}` };
  }
}

/** An explanation as sentences. */
export function sentences({ cause, advice }: Explanation): string {
  return `${cause}.${advice ? ` ${advice}` : ""}`;
}

/** A call may need more than its own permission: a user that is made with tags needs that of tagging, too. */
function missingAction({ message }: Error): string | undefined {
  return /not authorized to perform: ([\w-]+:\w+)/.exec(message)?.[1];
}

function actionPrefix(operation: string, service: string): string {
  return operation === "GetCallerIdentity" || operation === "AssumeRole" ? "sts" : service;
}
