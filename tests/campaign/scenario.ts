import fc from "fast-check";
import { FAULTS, type FaultSpec, SERVICES, type Service, VERBS } from "./modelFaults";
import { IAM_BLOCKERS } from "./modelIam";

/** One user of a stack, and what AWS has in store for it. */
export interface UserSpec {
  readonly service: Service;
  /** It has tags; a Rekognition user has faces. */
  readonly tagged: boolean;
  /** Its time-outs; the defaults where there is none. */
  readonly timeout: string | undefined;
  readonly adoptExisting: boolean;
  /** Somebody has made a user of its name before. */
  readonly taken: boolean;
  readonly createMs: number;
  readonly modifyMs: number;
  readonly deleteMs: number;
  /** What is hung on it, by index of the nine kinds, with how often somebody puts it back. IAM. */
  readonly blockers: readonly { readonly kind: number; readonly returns: number }[];
  readonly forceDestroy: boolean;
  /** It is the default user of a group, which stays, or is deleted so long after the user was made. ElastiCache. */
  readonly group: "none" | "stays" | number;
  /** Its userName differs from version to version: a replacement with the same key. ElastiCache. */
  readonly renamed: boolean;
}

/** What somebody else does to a user, so long after a run began. */
export interface EventSpec {
  readonly run: number;
  readonly afterMs: number;
  readonly user: number;
  readonly act: "vanish" | "recreate" | "modify" | "usurp";
}

/** A run of Pulumi with the version of the program that it takes; `less` leaves the first user out of the program. */
export interface RunSpec {
  readonly act: "up" | "less" | "refresh" | "destroy";
  readonly version: number;
}

/** A stack, its users' fate and what is done with it. */
export interface Scenario {
  /** Decides latencies, jitter, lags and who comes first. */
  readonly seed: number;
  readonly parallel: number;
  readonly pageSize: number;
  readonly latencyMs: number;
  /** What AWS takes of each operation; unlimited when absent. */
  readonly callsPerSecond: number | undefined;
  readonly lagMs: Readonly<Record<Service, number>>;
  readonly users: readonly UserSpec[];
  /** After the first, which takes the first version up. */
  readonly runs: readonly RunSpec[];
  readonly faults: readonly FaultSpec[];
  readonly events: readonly EventSpec[];
}

const often = <T>(usual: T, weight: number, other: fc.Arbitrary<T>) =>
  fc.oneof({ weight, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const durationMs = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 5_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 120_000 }) },
);

const user: fc.Arbitrary<UserSpec> = fc.record({
  service: fc.constantFrom(...SERVICES, "iam"),
  tagged: fc.boolean(),
  timeout: fc.constantFrom(undefined, "45s", "3m"),
  adoptExisting: often<boolean>(false, 3, fc.constant(true)),
  taken: often<boolean>(false, 9, fc.constant(true)),
  createMs: durationMs,
  modifyMs: durationMs,
  deleteMs: durationMs,
  blockers: often<UserSpec["blockers"]>(
    [],
    1,
    fc.uniqueArray(
      fc.record({
        kind: fc.integer({ min: 0, max: IAM_BLOCKERS.length - 1 }),
        returns: fc.constantFrom(0, 0, 1, 3),
      }),
      { maxLength: 4, selector: ({ kind }) => kind },
    ),
  ),
  forceDestroy: fc.boolean(),
  group: often<UserSpec["group"]>("none", 3, fc.oneof(fc.constant("stays" as const), durationMs)),
  renamed: often<boolean>(false, 1, fc.constant(true)),
});

const fault: fc.Arbitrary<FaultSpec> = fc.record({
  run: fc.nat(2),
  user: fc.nat(4),
  verb: fc.constantFrom(
    ...VERBS,
    "find",
    "find",
    "create",
    "create",
    "create",
    "remove",
    "remove",
    "update",
    "blockers",
    "purge",
    "belongings",
    "give",
    "destroy",
  ),
  after: often(0, 1, fc.nat(6)),
  times: often(1, 2, fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant(60))),
  fault: fc.constantFrom(...FAULTS, "timeoutBefore", "timeoutAfter", "resetAfter"),
});

const event: fc.Arbitrary<EventSpec> = fc.record({
  run: fc.constantFrom(0, 1, 1, 2, 2, 3),
  afterMs: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 90_000 })),
  user: fc.nat(4),
  act: fc.constantFrom("vanish", "recreate", "modify", "usurp", "usurp"),
});

const run: fc.Arbitrary<RunSpec> = fc.record({
  act: fc.constantFrom("up", "less", "refresh", "destroy", "destroy"),
  version: fc.nat(2),
});

/** Random stacks, runs, faults and events. */
export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  seed: fc.noShrink(fc.nat()),
  parallel: fc.constantFrom(1, 2, 16),
  pageSize: fc.constantFrom(2, 100),
  latencyMs: fc.constantFrom(10, 100, 1_000),
  callsPerSecond: fc.constantFrom(undefined, undefined, undefined, 1, 4),
  lagMs: fc.record({
    memorydb: fc.constantFrom(0, 0, 1_000),
    elasticache: fc.constantFrom(0, 0, 1_000),
    iam: fc.constantFrom(0, 900, 8_000),
    rekognition: fc.constant(0),
  }),
  users: fc.array(user, { minLength: 1, maxLength: 5 }),
  runs: fc.array(run, { minLength: 1, maxLength: 3 }),
  faults: fc.array(fault, { minLength: 1, maxLength: 12 }),
  events: fc.array(event, { maxLength: 4 }),
});
