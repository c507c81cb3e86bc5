import assert from "node:assert/strict";
import { elastiCacheUser } from "../../provider/elasticache/kind";
import { DEPENDENT_KINDS } from "../../provider/iam/dependents";
import { iamUser } from "../../provider/iam/kind";
import type { UserKind } from "../../provider/kind";
import { memoryDbUser } from "../../provider/memorydb/kind";
import { rekognitionUser } from "../../provider/rekognition/kind";
import { UNKNOWN } from "../../provider/unknown";
import { type Props, stage } from "./stage";

const PASSWORD = "a-long-password-here";
const OTHER = "another-long-password";

const access = { accessString: "on ~* +@read", authentication: { type: "password", passwords: [PASSWORD] } };
const password = (...passwords: unknown[]) => ({ authentication: { type: "password", passwords } });

describe("Good input", () => {
  const good: readonly [UserKind, Props][] = [
    [memoryDbUser, { userName: "a", ...access }],
    [
      memoryDbUser,
      {
        userName: `a${"-b".repeat(19)}c`,
        ...access,
        ...password(PASSWORD, OTHER),
        tags: Object.fromEntries(numbered(50)),
      },
    ],
    [memoryDbUser, { userName: "ann", accessString: "on", ...password(`${"!".repeat(16)}`) }],
    [memoryDbUser, { userName: "ann", accessString: "on", ...password("~".repeat(128)) }],
    [
      memoryDbUser,
      { ...access, userName: "ann", accessString: "allkeys %R~a &x -@all +config|get (~b +@json) ON" },
    ],
    [
      elastiCacheUser,
      {
        userId: "ann",
        userName: "default",
        engine: "redis",
        accessString: "off",
        authentication: { type: "no-password-required" },
      },
    ],
    [
      elastiCacheUser,
      { userId: "ann", engine: "valkey", accessString: "on", authentication: { type: "iam" } },
    ],
    [iamUser, { userName: "A_n+n=a,b.c@d-e" }],
    [
      iamUser,
      {
        userName: "ann",
        path: `/${"a".repeat(510)}/`,
        permissionsBoundary: "arn:aws-cn:iam::123456789012:policy/a/b",
      },
    ],
    [
      iamUser,
      { userName: "ann", forceDestroy: Object.fromEntries(DEPENDENT_KINDS.map((kind) => [kind, true])) },
    ],
    [iamUser, { userName: "ann", forceDestroy: false, tags: { "t ä.:/=+-@_": "" }, region: "us-gov-west-1" }],
    [rekognitionUser, { collectionId: "L_o.b-y", userId: "A_n.n-a:b" }],
    [
      rekognitionUser,
      { collectionId: "l", userId: "a", faceIds: [], userMatchThreshold: 0, forceDestroy: true },
    ],
    [
      rekognitionUser,
      {
        collectionId: "l",
        userId: "a",
        faceIds: Array.from(
          { length: 100 },
          (_, index) => `01234567-89ab-cdef-0123-${`${index}`.padStart(12, "0")}`,
        ),
        userMatchThreshold: 99.5,
      },
    ],
    [
      rekognitionUser,
      { collectionId: "lobby", userId: "ann", timeouts: { create: "1h30m", update: "90s", delete: "1.5h" } },
    ],
  ];
  for (const [kind, inputs] of good) {
    it(`passes: ${kind.label} with ${Object.keys(inputs).join(", ")}`, async () => {
      assert.deepEqual((await stage(kind).provider.check({}, inputs)).failures, []);
    });
  }
});

describe("What is not known yet", () => {
  const whole: readonly [UserKind, Props][] = [
    [
      memoryDbUser,
      { userName: "ann", ...access, tags: { team: "a" }, timeouts: { create: "1m" }, adoptExisting: true },
    ],
    [elastiCacheUser, { userId: "ann", userName: "ann", engine: "redis", ...access, tags: { team: "a" } }],
    [
      iamUser,
      {
        userName: "ann",
        path: "/",
        permissionsBoundary: "arn:aws:iam::aws:policy/x",
        tags: { a: "1" },
        forceDestroy: { groups: true },
      },
    ],
    [rekognitionUser, { collectionId: "lobby", userId: "ann", region: "eu-central-1" }],
  ];
  for (const [kind, inputs] of whole) {
    for (const path of leaves(inputs)) {
      it(`passes as ${path.join(".")} of the ${kind.label}`, async () => {
        assert.deepEqual((await stage(kind).provider.check({}, withUnknown(inputs, path))).failures, []);
      });
    }
  }

  it("does not hide what is wrong elsewhere", async () => {
    const inputs = {
      userName: UNKNOWN,
      accessString: "",
      authentication: { type: "iam", pasword: UNKNOWN },
      tag: {},
    };
    const { failures } = await stage(memoryDbUser).provider.check({}, inputs);
    const reasons = failures.map(({ reason }) => reason.split(" ")[0]).sort();
    assert.deepEqual(reasons, ["accessString", "authentication.pasword", "tag"]);
  });

  it("keeps rules between properties from looking at it", async () => {
    const inputs = { userId: UNKNOWN, userName: "app", engine: "valkey", accessString: "on" };
    for (const authentication of [UNKNOWN, { type: UNKNOWN }, { type: "iam" }]) {
      const { failures } = await stage(elastiCacheUser).provider.check({}, { ...inputs, authentication });
      assert.deepEqual(failures, []);
    }
  });
});

function numbered(count: number): [string, string][] {
  return Array.from({ length: count }, (_, index) => [`tag${index}`, "x"]);
}

/** The ways to all that can be unknown: properties, and what is within them. */
function leaves(value: object, path: readonly string[] = []): (readonly string[])[] {
  return Object.entries(value).flatMap(([key, part]) => {
    const here = [...path, key];
    return [here, ...(typeof part === "object" && part !== null ? leaves(part, here) : [])];
  });
}

function withUnknown(inputs: Props, [key = "", ...rest]: readonly string[]): Props {
  const copy = structuredClone(inputs);
  copy[key] = rest.length === 0 ? UNKNOWN : withUnknown(copy[key] as Props, rest);
  return copy;
}
