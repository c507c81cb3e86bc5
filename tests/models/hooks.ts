/** Loaded before all tests: holds every answer of the local AWS, to whatever test, against AWS's own models. */
import assert from "node:assert/strict";
import type { RootHookObject } from "mocha";
import * as dispatching from "../../local/dispatch";
import { routeOf, signatureOf } from "../../local/routing";
import { PYTHON } from "../python";
import { serviceModels } from "./serviceModels";
import { problemsOf } from "./validate";

const problems = new Set<string>();
let watching = false;

export const mochaHooks: RootHookObject = {
  beforeAll() {
    if (PYTHON === undefined || watching) return;
    watching = true;
    const modelOf = serviceModels(PYTHON);
    watch(({ request, answer, services }) => {
      const { service, operation, wire } = routeOf(request, signatureOf(request), services);
      // What is no operation has no model, nor has a service that a test makes up.
      if (!services.some(({ name }) => name === "sts")) return;
      if (!services.some(({ name, operations }) => name === service && operations[operation])) return;
      for (const problem of problemsOf(
        { service, operation, protocol: wire.protocol },
        answer,
        modelOf(service),
      )) {
        problems.add(problem);
      }
    });
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

/** Has every answer seen but those that a test has ordered. */
function watch(see: (seen: Seen) => void): void {
  const { dispatch } = dispatching;
  const watched: Dispatch = async (request, parts) => {
    let ordered = false;
    const meet: typeof parts.faults.meet = (...asked) => {
      const ordeal = parts.faults.meet(...asked);
      ordered = ordeal.error !== undefined;
      return ordeal;
    };
    const answer = await dispatch(request, { ...parts, faults: { ...parts.faults, meet } });
    if (answer !== undefined && !ordered) see({ request, answer, services: parts.services });
    return answer;
  };
  // The compiled module's own exports, which its importers read at each call.
  Object.assign(dispatching, { dispatch: watched });
}
