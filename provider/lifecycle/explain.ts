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

/** What to look at where AWS does not take the credentials. */
export const CREDENTIALS_ADVICE =
  "Check that this run has credentials (aws:profile, aws:assumeRoles, the variables AWS_PROFILE and AWS_*, or the machine's " +
  "role), that they have not expired, and that the account has the region enabled.";

/** What to do where an operation ran out of time. */
export const MORE_TIME =
  "Run again to go on from there. The argument timeouts allows more time; a destroy goes by the state, so run pulumi up " +
  "first to change it there.";

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
      advice: MORE_TIME,
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
        advice: CREDENTIALS_ADVICE,
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
