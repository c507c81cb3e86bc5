import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { accountOf } from "./accounts";
import type { Answer } from "./answer";
import type { CallLog } from "./callLog";
import type { Faults, Ordeal } from "./faults";
import { encodeJson, encodeJsonError } from "./json";
import type { Limits } from "./limits";
import { encodeQuery, encodeQueryError } from "./query";
import { type Route, routeOf, type Signature, signatureOf, type WireRequest } from "./routing";
import { type Caller, type LocalService, type Members, ServiceError } from "./service";

/** What a call meets on its way. */
export interface Dispatch {
  readonly services: readonly LocalService[];
  readonly faults: Faults;
  readonly limits: Limits;
  readonly log: CallLog;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds that every call takes at least. */
  readonly latency: number;
  /** Ends the waiting of all calls when the server closes. */
  readonly closing: AbortSignal;
}

/** Carries out one AWS call. Undefined when the connection is to be cut instead of answered. */
export async function dispatch(request: WireRequest, parts: Dispatch): Promise<Answer | undefined> {
  const time = parts.now();
  const signature = signatureOf(request);
  const route = routeOf(request, signature, parts.services);
  const account = signature ? accountOf(signature.accessKeyId) : "";
  const ordeal = parts.faults.meet(route, route.input, `arn:aws:iam::${account}:root`);
  await passTime(parts.latency + ordeal.delayMs, parts.closing);
  if (parts.closing.aborted) {
    return undefined;
  }

  const outcome = ordeal.reset === "before" ? "cut" : outcomeOf(route, signature, account, ordeal, parts);
  const cut = ordeal.reset !== undefined;
  const answer = outcome === "cut" ? undefined : answerOf(route, outcome);
  const error = cut ? "ConnectionReset" : outcome instanceof ServiceError ? outcome.code : undefined;
  parts.log.add({
    time,
    service: route.service,
    operation: route.operation,
    account,
    region: signature?.region ?? "",
    parameters: route.input,
    status: cut ? 0 : (answer?.status ?? 0),
    ...(error === undefined ? {} : { error }),
  });
  return cut ? undefined : answer;
}

async function passTime(ms: number, closing: AbortSignal): Promise<void> {
  if (ms > 0) {
    await sleep(ms, undefined, { signal: closing }).catch(() => undefined);
  }
}

function outcomeOf(
  route: Route,
  signature: Signature | undefined,
  account: string,
  ordeal: Ordeal,
  parts: Dispatch,
): Members | ServiceError {
  if (!signature) {
    return unsigned(route);
  }
  const { accessKeyId, region } = signature;
  const caller: Caller = { account, accessKeyId, region, now: parts.now() };
  const refusal = ordeal.error ?? route.problem ?? parts.limits.check(route, route.wire, caller);
  const outcome = refusal ?? carryOut(route, caller);
  const use = { accessKeyId, service: route.service, region, at: new Date(caller.now) };
  for (const each of parts.services) {
    each.noteUse?.(use, caller.now);
  }
  return outcome;
}

function carryOut({ run, input }: Route, caller: Caller): Members | ServiceError {
  try {
    return run?.(input, caller) ?? {};
  } catch (error) {
    return error instanceof ServiceError ? error : new ServiceError("InternalFailure", String(error), 500);
  }
}

function unsigned({ wire }: Route): ServiceError {
  return wire.protocol === "json"
    ? new ServiceError("MissingAuthenticationTokenException", "Missing Authentication Token", 403)
    : new ServiceError("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
}

function answerOf({ wire, service, operation }: Route, outcome: Members | ServiceError): Answer {
  const requestId = randomUUID();
  if (wire.protocol === "json") {
    return outcome instanceof ServiceError
      ? encodeJsonError(outcome, service, requestId)
      : encodeJson(outcome, requestId);
  }
  return outcome instanceof ServiceError
    ? encodeQueryError(outcome, wire.xmlNamespace, requestId)
    : encodeQuery(wire, operation, outcome, requestId);
}
