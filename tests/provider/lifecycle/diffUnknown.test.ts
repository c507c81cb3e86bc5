import assert from "node:assert/strict";
import fc from "fast-check";
import { elastiCacheUser } from "../../../provider/elasticache/kind";
import { iamUser } from "../../../provider/iam/kind";
import type { UserKind } from "../../../provider/kind";
import { memoryDbUser } from "../../../provider/memorydb/kind";
import { rekognitionUser } from "../../../provider/rekognition/kind";
import { UNKNOWN, unknownPaths } from "../../../provider/unknown";
import { type Props, stage } from "../stage";

/** For each property, a value that a user may have and another. */
type Choices = Readonly<Record<string, readonly [unknown, unknown]>>;

const PASSWORDS = ["one-long-password", "two-long-passwords", "three-long-passwords"];
const withPasswords = (...passwords: unknown[]) => ({ type: "password", passwords });

const FACES = [1, 2].map((digit) => `11111111-2222-3333-4444-${String(digit).repeat(12)}`);

const common: Choices = { timeouts: [{ create: "5m", delete: "1h" }, { delete: "2h" }] };
const regional: Choices = { ...common, region: ["eu-central-1", "eu-west-1"] };
const access: Choices = {
  ...regional,
  accessString: ["on ~app:* +@read", "on ~* +@all"],
  authentication: [withPasswords(PASSWORDS[0], PASSWORDS[1]), withPasswords(PASSWORDS[2])],
  tags: [{ team: "a", stage: "b" }, { team: "c" }],
};

const KINDS: readonly (readonly [UserKind, Choices])[] = [
  [memoryDbUser, { ...access, userName: ["ann", "bob"] }],
  [
    elastiCacheUser,
    { ...access, userId: ["ann", "bob"], userName: ["app", "web"], engine: ["redis", "valkey"] },
  ],
  [
    iamUser,
    {
      ...common,
      userName: ["ann", "bob"],
      path: ["/a/", "/b/"],
      tags: [{ team: "a" }, {}],
      forceDestroy: [{ groups: true, accessKeys: false }, true],
    },
  ],
  [
    rekognitionUser,
    {
      ...regional,
      collectionId: ["lobby", "garage"],
      userId: ["ann", "bob"],
      faceIds: [[FACES[0], FACES[1]], [FACES[1]]],
      userMatchThreshold: [80, 90],
      forceDestroy: [true, false],
    },
  ],
];

describe("Values that are not known yet", () => {
  for (const [kind, choices] of KINDS) {
    it(`never make a preview claim a replacement by a property that stays the same: ${kind.label}`, async () => {
      const arbitrary = fc.record(Object.fromEntries(Object.entries(choices).map(declared)));
      await fc.assert(
        fc.asyncProperty(arbitrary, async (drawn) => {
          const { provider } = stage(kind);
          const before = Object.fromEntries(Object.entries(choices).map(([key, [value]]) => [key, value]));
          const olds = unsealed((await provider.check({}, before)).inputs);
          const { inputs, failures } = await provider.check(olds, drawn);
          assert.deepEqual(failures, []);
          const { replaces = [], changes } = await provider.diff("ann", olds, unsealed(inputs));
          const others = kind.replaces.filter((key) => drawn[key] === choices[key]?.[1]);
          assert.deepEqual(replaces.toSorted(), others.toSorted());
          if (unknownPaths(drawn).length > 0) assert.equal(changes, undefined);
        }),
        { numRuns: 300 },
      );
    });
  }
});

/** A property as it was, as another, or as one of which something is not known yet. */
function declared([key, [value, another]]: [string, readonly [unknown, unknown]]) {
  return [key, fc.constantFrom(value, another, ...blurred(value))] as const;
}

/** The value with each of its parts in turn not known, itself included. */
function blurred(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return [UNKNOWN, ...value.flatMap((part, index) => blurred(part).map((now) => value.with(index, now)))];
  }
  if (typeof value !== "object" || value === null) return [UNKNOWN];
  return [
    UNKNOWN,
    ...Object.entries(value).flatMap(([key, part]) => blurred(part).map((now) => ({ ...value, [key]: now }))),
  ];
}

/** As the engine hands it over. */
function unsealed(inputs: Props): Props {
  const open = (_: string, value: unknown) => (isSecret(value) ? value.value : value);
  return JSON.parse(JSON.stringify(inputs, open)) as Props;
}

function isSecret(value: unknown): value is { readonly value: unknown } {
  return typeof value === "object" && value !== null && "4dabf18193072939515e22adb298388d" in value;
}
