import type { Members } from "./service";

/** One call that the local AWS has answered. */
export interface Call {
  /** When it arrived, in milliseconds since the epoch by the server's clock. */
  readonly time: number;
  /** `iam`, `sts`, `memorydb`, `elasticache` or `rekognition`. */
  readonly service: string;
  /** As AWS names it: `DeleteUser`. */
  readonly operation: string;
  /** Who asked: twelve digits, from the access key id. */
  readonly account: string;
  /** The region that the call was signed for. */
  readonly region: string;
  /** The request's members without anything secret. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The HTTP status, or 0 when the connection was cut. */
  readonly status: number;
  /** The error code of a refused call. */
  readonly error?: string;
}

/** The calls in the order in which they were carried out; beyond 100,000 the oldest are dropped. */
export interface CallLog {
  add(call: Call): void;
  list(): readonly Call[];
  clear(): void;
}

const KEPT = 100_000;

export function createCallLog(): CallLog {
  let calls: Call[] = [];
  return {
    add: (call) => {
      calls.push({ ...call, parameters: withoutSecrets(call.parameters) as Members });
      // Dropping one at a time would move the whole list at each call.
      calls = calls.length >= 2 * KEPT ? calls.slice(-KEPT) : calls;
    },
    list: () => calls.slice(-KEPT),
    clear: () => {
      calls = [];
    },
  };
}

const SECRET = /^(Passwords?|(Old|New)Password|Secret.*|SessionToken|TokenCode|AuthenticationCode[12])$/;

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutSecrets);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const kept = Object.entries(value).filter(([name]) => !SECRET.test(name));
  return Object.fromEntries(kept.map(([name, member]) => [name, masked(name, member)]));
}

/** An access string can hold passwords too, as `>password`, `<password` or a hash. */
function masked(name: string, value: unknown): unknown {
  return /AccessString$/.test(name) && typeof value === "string"
    ? value.replace(/(^|\s)([><#!])\S+/g, "$1$2***")
    : withoutSecrets(value);
}
