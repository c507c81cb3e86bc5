import { z } from "zod";
import { type Asked, means } from "./operationName";
import { type Members, ServiceError } from "./service";

/** What goes wrong with some calls. A fault needs at least one of `error`, `reset` and `delayMs`. */
export interface Fault {
  /** `DeleteUser` in any service, `iam:DeleteUser` in one, `iam:*` for all of one, `*` for all. */
  readonly operation: string;
  /** Only calls whose parameters have these values, such as `{ UserName: "ann" }`. */
  readonly where?: Readonly<Record<string, string>>;
  /**
   * Which of the matching calls, counted from 1 since the fault was added: single numbers, or a range whose end
   * may be left out. All of them when absent.
   */
  readonly calls?: readonly number[] | CallRange;
  /**
   * The call is refused and does nothing.
   */
  readonly error?: FaultError;
  /** The connection is cut before or after the operation is carried out. */
  readonly reset?: "before" | "after";
  /** Milliseconds that the call waits before anything else happens. */
  readonly delayMs?: number;
}

/** Calls in a row, counted from 1. */
export interface CallRange {
  /** The first that is meant. */
  readonly from: number;
  /** The last that is meant; all that follow unless given. */
  readonly to?: number;
}

/** How a call is refused. */
export interface FaultError {
  /** As it is on the wire: `NoSuchEntity`, `UserNotFoundFault`, `Throttling`. */
  readonly code: string;
  /** In AWS's words unless given. */
  readonly message?: string;
  /** The HTTP status, from 400 to 599; that of AWS unless given. */
  readonly status?: number;
}

/** What is to happen to one call; of several faults the first one's error and reset count, and all delays. */
export interface Ordeal {
  readonly error?: ServiceError;
  readonly reset?: "before" | "after";
  readonly delayMs: number;
}

/** The faults in force, each with its own count of the calls that it has seen. */
export interface Faults {
  /** Puts more faults in force. @throws TypeError for what is no list of faults */
  add(faults: unknown): void;
  /** Counts a call and says what becomes of it. */
  meet(asked: Asked, input: Members, callerArn: string): Ordeal;
  /** Back to the faults of the start, none of which has seen a call. */
  reset(): void;
}

/** Starts with the given faults. @throws TypeError when one of them is malformed */
export function createFaults(initial: readonly Fault[]): Faults {
  const first = parsed(initial);
  let counted = counting(first);
  return {
    add: (faults) => {
      counted = [...counted, ...counting(parsed(faults))];
    },
    meet: (asked, input, callerArn) => {
      const met = counted.filter((fault) => isMet(fault, asked, input)).map(({ fault }) => fault);
      const error = met.find((fault) => fault.error)?.error;
      const reset = met.find((fault) => fault.reset)?.reset;
      return {
        delayMs: met.reduce((sum, fault) => sum + (fault.delayMs ?? 0), 0),
        ...(error ? { error: errorOf(error, asked, callerArn) } : {}),
        ...(reset ? { reset } : {}),
      };
    },
    reset: () => {
      counted = counting(first);
    },
  };
}

interface Counted {
  readonly fault: Fault;
  seen: number;
}

function counting(faults: readonly Fault[]): Counted[] {
  return faults.map((fault) => ({ fault, seen: 0 }));
}

function isMet(counted: Counted, asked: Asked, input: Members): boolean {
  const { operation, where = {}, calls } = counted.fault;
  const wanted = Object.entries(where).every(([name, value]) => String(input[name]) === value);
  if (!means(operation, asked) || !wanted) {
    return false;
  }
  counted.seen += 1;
  if (calls === undefined) {
    return true;
  }
  return "from" in calls
    ? counted.seen >= calls.from && counted.seen <= (calls.to ?? Number.POSITIVE_INFINITY)
    : calls.includes(counted.seen);
}

/** Statuses that AWS sends with codes which tests like to provoke; all others are 400. */
const STATUSES: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  AccessDeniedException: 400,
  ExpiredToken: 403,
  InvalidClientTokenId: 403,
  NoSuchEntity: 404,
  UserNotFound: 404,
  EntityAlreadyExists: 409,
  DeleteConflict: 409,
  LimitExceeded: 409,
  ConcurrentModification: 409,
  EntityTemporarilyUnmodifiable: 409,
  InternalFailure: 500,
  InternalServerError: 500,
  ServiceFailure: 500,
  ServiceUnavailable: 503,
};

function errorOf(error: NonNullable<Fault["error"]>, asked: Asked, callerArn: string): ServiceError {
  const { code } = error;
  return new ServiceError(
    code,
    error.message ?? messageOf(code, asked, callerArn),
    error.status ?? STATUSES[code] ?? 400,
  );
}

function messageOf(code: string, asked: Asked, callerArn: string): string {
  if (code.startsWith("AccessDenied")) {
    return `User: ${callerArn} is not authorized to perform: ${asked.service}:${asked.operation}`;
  }
  return /Throttling|ProvisionedThroughputExceeded/.test(code)
    ? "Rate exceeded"
    : `${code} was asked for by a fault of the local AWS`;
}

const callNumber = z.int().min(1);

const faultSchema = z
  .strictObject({
    operation: z.string().min(1),
    where: z.record(z.string(), z.string()).optional(),
    calls: z
      .union([z.array(callNumber), z.strictObject({ from: callNumber, to: callNumber.optional() })])
      .optional(),
    error: z
      .strictObject({
        code: z.string().min(1),
        message: z.string().optional(),
        status: z.int().min(400).max(599).optional(),
      })
      .optional(),
    reset: z.enum(["before", "after"]).optional(),
    delayMs: z.number().min(0).optional(),
  })
  .refine((fault) => fault.error || fault.reset || fault.delayMs !== undefined, {
    error: "needs error, reset or delayMs",
  });

function parsed(faults: unknown): readonly Fault[] {
  const result = z.array(faultSchema).safeParse(faults);
  if (!result.success) {
    throw new TypeError(`malformed faults:\n${z.prettifyError(result.error)}`);
  }
  return result.data as readonly Fault[];
}
