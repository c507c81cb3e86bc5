/** Loaded before all tests: holds every answer of the local AWS, to whatever test, against AWS's own models. */
import assert from "node:assert/strict";
import type { RootHookObject } from "mocha";
import { startLocalAws } from "../../local";
import * as dispatching from "../../local/dispatch";
import { routeOf, signatureOf } from "../../local/routing";
import { NO_PYTHON, PYTHON } from "../python";
import { serviceModels } from "./serviceModels";
import { problemsOf } from "./validate";

const problems = new Set<string>();
let hasBegun = false;
let held = 0;

export const mochaHooks: RootHookObject = {
  async beforeAll() {
    if (hasBegun) return;
    hasBegun = true;
    if (PYTHON === undefined) {
      process.stderr.write(`${NO_PYTHON}: answers of the local AWS are not held against AWS's models\n`);
      return;
    }
    watch(holder(PYTHON));
    await assertHeld();
  },
  afterAll() {
    const found = [...problems];
    problems.clear();
    assert.deepEqual(found, [], "answers that AWS would not give");
  },
};

type Dispatch = typeof dispatching.dispatch;
type Seen = {
  request: Parameters<Dispatch>[0];
  services: Parameters<Dispatch>[1]["services"];
  answer: NonNullable<Awaited<ReturnType<Dispatch>>>;
};

/** Has every answer seen; those that a test has ordered, too: AWS's errors are all that can go wrong. */
function watch(see: (seen: Seen) => void): void {
  const { dispatch } = dispatching;
  const watched: Dispatch = async (request, parts) => {
    const answer = await dispatch(request, parts);
    if (answer !== undefined) see({ request, answer, services: parts.services });
    return answer;
  };
  // The compiled module's own exports, which its importers read at each call.
  Object.assign(dispatching, { dispatch: watched });
}

function holder(python: string): (seen: Seen) => void {
  const modelOf = serviceModels(python);
  return ({ request, answer, services }) => {
    const { service, operation, wire } = routeOf(request, signatureOf(request), services);
    // What is no operation has no model, nor has a service that a test makes up.
    if (!services.some(({ name }) => name === "sts")) return;
    if (!services.some(({ name, operations }) => name === service && operations[operation])) return;
    held += 1;
    const asked = { service, operation, protocol: wire.protocol };
    for (const problem of problemsOf(asked, answer, modelOf(service))) problems.add(problem);
  };
}

/** Asks a local AWS something: were that not seen, nothing would be. */
async function assertHeld(): Promise<void> {
  const aws = await startLocalAws();
  try {
    await fetch(aws.endpoint, {
      method: "POST",
      headers: { authorization: "AWS4-HMAC-SHA256 Credential=AKIA/20260131/us-east-1/sts/aws4_request" },
      body: new URLSearchParams({ Action: "GetCallerIdentity", Version: "2011-06-15" }),
    });
  } finally {
    await aws.close();
  }
  assert.equal(held, 1, "an answer of the local AWS was not held against AWS's models");
}
