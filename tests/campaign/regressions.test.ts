import assert from "node:assert/strict";
import { play } from "./play";
import type { Scenario, UserSpec } from "./scenario";

const USER: UserSpec = {
  service: "iam",
  tagged: false,
  timeout: undefined,
  adoptExisting: false,
  taken: false,
  createMs: 0,
  modifyMs: 0,
  deleteMs: 0,
  blockers: [],
  forceDestroy: false,
  group: "none",
  renamed: false,
};

/** What a scenario is like unless it says otherwise. */
const USUAL = { parallel: 1, pageSize: 2, latencyMs: 10, callsPerSecond: undefined };

/** What {@link play} has found wrong once, as small as it could be made. */
const FOUND: Readonly<Record<string, Omit<Scenario, keyof typeof USUAL> & Partial<Scenario>>> = {
  "an operation goes on when AWS does not say at once whose account it is": {
    seed: 1,
    lagMs: { memorydb: 0, elasticache: 0, iam: 0, rekognition: 0 },
    users: [{ ...USER, service: "memorydb" }],
    runs: [{ act: "destroy", version: 0 }],
    faults: [{ run: 0, user: 0, verb: "account", after: 0, times: 1, fault: "throttled" }],
    events: [],
  },
  "somebody's new IAM user is left alone by a deletion that began with the old one and took long": {
    seed: 855367211,
    lagMs: { memorydb: 0, elasticache: 0, iam: 0, rekognition: 0 },
    users: [{ ...USER, blockers: [{ kind: 0, returns: 0 }] }],
    runs: [{ act: "destroy", version: 0 }],
    faults: [{ run: 1, user: 0, verb: "blockers", after: 0, times: 1, fault: "timeoutAfter" }],
    events: [{ run: 1, afterMs: 21, user: 0, act: "usurp" }],
  },
  "a user that was made without an answer is not lost while it is taken over and reads lag": {
    seed: 1818636042,
    parallel: 2,
    lagMs: { memorydb: 1_000, elasticache: 0, iam: 0, rekognition: 0 },
    users: [{ ...USER, service: "memorydb", adoptExisting: true }, USER],
    runs: [],
    faults: [{ run: 0, user: 0, verb: "create", after: 0, times: 1, fault: "resetAfter" }],
    events: [],
  },
  "a replacement that was made without an answer is told from the user that went before": {
    seed: 2007922463,
    lagMs: { memorydb: 0, elasticache: 0, iam: 0, rekognition: 0 },
    users: [{ ...USER, service: "elasticache", adoptExisting: true, renamed: true }],
    runs: [{ act: "up", version: 1 }],
    faults: [{ run: 1, user: 0, verb: "create", after: 0, times: 1, fault: "resetAfter" }],
    events: [],
  },
  "somebody's new IAM user does not become the stack's while a create waits": {
    seed: 1026127159,
    lagMs: { memorydb: 0, elasticache: 0, iam: 0, rekognition: 0 },
    users: [USER],
    runs: [{ act: "up", version: 0 }],
    faults: [{ run: 0, user: 0, verb: "find", after: 0, times: 1, fault: "throttled" }],
    events: [{ run: 0, afterMs: 22, user: 0, act: "usurp" }],
  },
  "what AWS made of an access string is not remembered from a read that lags behind its change": {
    seed: 1,
    lagMs: { memorydb: 1_000, elasticache: 0, iam: 0, rekognition: 0 },
    users: [{ ...USER, service: "memorydb" }],
    runs: [{ act: "up", version: 1 }],
    faults: [],
    events: [],
  },
  "a user that is made again at once is not taken for somebody else's while reads show the one before": {
    seed: 26,
    lagMs: { memorydb: 0, elasticache: 0, iam: 8_000, rekognition: 0 },
    users: [{ ...USER, adoptExisting: true }],
    runs: [
      { act: "less", version: 0 },
      { act: "up", version: 0 },
      { act: "less", version: 0 },
    ],
    faults: [],
    events: [],
  },
  "somebody's new IAM user is left alone by an update that began with the old one and took long": {
    seed: 1660187433,
    lagMs: { memorydb: 0, elasticache: 0, iam: 0, rekognition: 0 },
    users: [USER],
    runs: [{ act: "up", version: 1 }],
    faults: [{ run: 1, user: 0, verb: "update", after: 0, times: 1, fault: "timeoutBefore" }],
    events: [{ run: 1, afterMs: 60, user: 0, act: "usurp" }],
  },
  "a create that AWS refuses at its deadline looks no more for the user that exists": {
    seed: 1591140116,
    latencyMs: 1_000,
    lagMs: { memorydb: 0, elasticache: 0, iam: 900, rekognition: 0 },
    users: [
      { ...USER, timeout: "45s", group: "stays", renamed: true },
      USER,
      { ...USER, service: "memorydb", renamed: true },
      { ...USER, group: 0 },
      { ...USER, service: "memorydb" },
    ],
    runs: [
      { act: "destroy", version: 0 },
      { act: "up", version: 0 },
    ],
    faults: [
      { run: 2, user: 0, verb: "find", after: 0, times: 60, fault: "timeoutAfter" },
      { run: 1, user: 0, verb: "find", after: 0, times: 1, fault: "throttled" },
    ],
    events: [{ run: 1, afterMs: 0, user: 3, act: "usurp" }],
  },
  "a change does not begin after the deadline when the look for whose the name is began before it": {
    seed: 14,
    latencyMs: 1_000,
    lagMs: { memorydb: 0, elasticache: 0, iam: 8_000, rekognition: 0 },
    users: [
      { ...USER, service: "memorydb", adoptExisting: true },
      { ...USER, service: "memorydb", group: 0, renamed: true },
      { ...USER, service: "elasticache", createMs: 1_138, deleteMs: 1_265, renamed: true },
      { ...USER, adoptExisting: true },
    ],
    runs: [
      { act: "less", version: 1 },
      { act: "up", version: 0 },
    ],
    faults: [
      { run: 1, user: 3, verb: "update", after: 0, times: 60, fault: "timeoutAfter" },
      { run: 1, user: 0, verb: "create", after: 0, times: 1, fault: "throttled" },
    ],
    events: [],
  },
  "a purge does not begin after the deadline": {
    seed: 2147483639,
    latencyMs: 1_000,
    lagMs: { memorydb: 0, elasticache: 0, iam: 0, rekognition: 0 },
    users: [
      {
        ...USER,
        timeout: "45s",
        blockers: [
          { kind: 0, returns: 0 },
          { kind: 1, returns: 3 },
        ],
        forceDestroy: true,
      },
    ],
    runs: [{ act: "destroy", version: 0 }],
    faults: [{ run: 1, user: 0, verb: "purge", after: 0, times: 1, fault: "timeoutAfter" }],
    events: [],
  },
};

describe("What random stacks have found before", () => {
  for (const [title, scenario] of Object.entries(FOUND)) {
    it(title, async () => {
      assert.deepEqual(await play({ ...USUAL, ...scenario }), []);
    });
  }
});
