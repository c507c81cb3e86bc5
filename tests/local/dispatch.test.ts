import assert from "node:assert/strict";
import { type CallLog, createCallLog } from "../../local/callLog";
import { type Dispatch, dispatch } from "../../local/dispatch";
import { createFaults, type Fault } from "../../local/faults";
import { createLimits } from "../../local/limits";
import { type LocalService, type Operation, ServiceError } from "../../local/service";

const authorization =
  "AWS4-HMAC-SHA256 Credential=222222222222/20260101/eu-west-1/memorydb/aws4_request, SignedHeaders=host, Signature=0";

const echo: Operation = (input, caller) => ({ ...input, ...caller });

describe("a call in the JSON protocol", () => {
  it("reaches its operation with its members and its caller", async () => {
    const { status, json } = await call({ Echo: echo }, "Echo", '{"UserName":"ann"}');
    assert.equal(status, 200);
    assert.deepEqual(json, {
      UserName: "ann",
      account: "222222222222",
      accessKeyId: "222222222222",
      region: "eu-west-1",
      now: 1000,
    });
  });

  it("is refused as the operation says", async () => {
    const refuse = () => {
      throw new ServiceError("UserNotFoundFault", "ann is gone", 404);
    };
    const { status, json, log } = await call({ Refuse: refuse }, "Refuse");
    assert.deepEqual([status, json], [404, { __type: "UserNotFoundFault", message: "ann is gone" }]);
    assert.deepEqual(
      log.list().map((entry) => [entry.status, entry.error, entry.region]),
      [[404, "UserNotFoundFault", "eu-west-1"]],
    );
  });

  it("is an internal failure when the operation breaks", async () => {
    const fail = () => {
      throw new Error("bug");
    };
    const { status, json } = await call({ Break: fail }, "Break");
    assert.deepEqual([status, json], [500, { __type: "InternalFailure", message: "Error: bug" }]);
  });

  it("is refused when its operation is unknown, also when every object has something of that name", async () => {
    for (const operation of ["Fly", "constructor", "toString", ""]) {
      assert.equal((await call({ Echo: echo }, operation)).json["__type"], "UnknownOperationException");
    }
  });

  it("is refused when its body is no JSON object", async () => {
    assert.equal((await call({ Echo: echo }, "Echo", "[")).json["__type"], "SerializationException");
  });

  it("takes the time that latency and faults ask for, before anything else happens", async () => {
    const order: string[] = [];
    const operations = { Note: () => ({ done: order.push("operation") }) };
    const called = call(operations, "Note", "{}", [{ operation: "Note", delayMs: 1 }], 1);
    order.push("asked");
    await called;
    assert.deepEqual(order, ["asked", "operation"]);
  });
});

interface Called {
  readonly status: number | undefined;
  readonly json: Record<string, unknown>;
  readonly log: CallLog;
}

async function call(
  operations: LocalService["operations"],
  operation: string,
  body = "{}",
  faults: readonly Fault[] = [],
  latency = 0,
): Promise<Called> {
  const log = createCallLog();
  const parts: Dispatch = {
    services: [serviceOf(operations)],
    faults: createFaults(faults),
    limits: createLimits([]),
    log,
    now: () => 1000,
    latency,
    closing: new AbortController().signal,
  };
  const headers = { authorization, "x-amz-target": `AmazonMemoryDB.${operation}` };
  const answer = await dispatch({ headers, search: "", body }, parts);
  return { status: answer?.status, json: JSON.parse(answer?.body ?? "{}"), log };
}

function serviceOf(operations: LocalService["operations"]): LocalService {
  const wire = { protocol: "json", targetPrefix: "AmazonMemoryDB" } as const;
  return { name: "memorydb", wire, operations, users: () => [], reset: () => undefined };
}
