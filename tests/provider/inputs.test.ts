import assert from "node:assert/strict";
import { elastiCacheUser } from "../../provider/elasticache/kind";
import { iamUser } from "../../provider/iam/kind";
import type { UserKind } from "../../provider/kind";
import { memoryDbUser } from "../../provider/memorydb/kind";
import { rekognitionUser } from "../../provider/rekognition/kind";
import { type Props, stage } from "./stage";

const MARKER = "MARKER-hush-hush-hush";
const OTHER = "other-hush-hush-hush";

/** What is changed in good inputs, and what each failure's reason is to say. */
type Row = readonly [news: Props, ...reasons: RegExp[]];

const access = { accessString: "on ~* +@read", authentication: { type: "password", passwords: [MARKER] } };
const password = (...passwords: unknown[]) => ({ authentication: { type: "password", passwords } });

const common: readonly Row[] = [
  [{ region: "Frankfurt" }, /^region must be an AWS region/],
  [{ region: 7 }, /^region must be text/],
  [{ timeouts: { create: "10 minutes" } }, /^timeouts\.create must be a duration such as 90s/],
  [{ timeouts: { delete: "0s" } }, /^timeouts\.delete must be a duration/],
  [{ timeouts: { update: 600 } }, /^timeouts\.update must be text/],
  [
    { timeouts: { destroy: "10m" } },
    /^timeouts\.destroy is not a property; known are create, update, delete/,
  ],
  [{ timeouts: { creat: "10m" } }, /^timeouts\.creat is not a property; did you mean create\?/],
  [{ timeouts: "10m" }, /^timeouts /],
  [{ adoptExisting: "yes" }, /^adoptExisting must be true or false/],
  [{ adoptExisiting: true }, /^adoptExisiting is not a property; did you mean adoptExisting\?/],
  [{ colour: "red" }, /^colour is not a property; known are region, timeouts, /],
];

const tagged: readonly Row[] = [
  [{ tags: Object.fromEntries(numbered(51)) }, /^tags must be at most 50 tags/],
  [{ tags: { "aws:team": "x" } }, /^tags\.aws:team must not have keys that begin with aws:/],
  [{ tags: { "AWS:team": "x" } }, /must not have keys that begin with aws:/],
  [{ tags: { "": "x" } }, /^tags\. must not have an empty key/],
  [{ tags: { ["k".repeat(129)]: "x" } }, /must have keys of at most 128 characters/],
  [{ tags: { "a#b": "x" } }, /^tags\.a#b must have keys of letters, digits, spaces/],
  [{ tags: { team: "x".repeat(257) } }, /^tags\.team must have at most 256 characters/],
  [{ tags: { team: "a#b" } }, /^tags\.team must consist of letters, digits, spaces/],
  [{ tags: { team: 7 } }, /^tags\.team must be text/],
  [{ tags: "team" }, /^tags must be an object of texts/],
];

const loggingIn: readonly Row[] = [
  [{ accessString: "" }, /^accessString must not be empty/],
  [{ accessString: "  " }, /^accessString must not be empty/],
  [{ accessString: undefined }, /^accessString is required/],
  [{ accessString: 7 }, /^accessString must be text/],
  [
    { accessString: `on ~* >${MARKER} +@all` },
    /^accessString must not hold a password: token 3, ">\.\.\."; declare passwords in authentication\.passwords$/,
  ],
  [
    { accessString: "on ~* +@all reset" },
    /^accessString must not reset the user, .*: token 4, "reset"; write off, resetkeys/,
  ],
  [
    { accessString: `on ${MARKER} +@raed (~a +get` },
    /^accessString must not hold an unknown token: token 2, "M\.\.\."; expected on, off, ~pattern/,
    /^accessString must not hold an unknown category: token 3, "\+@raed"; did you mean read\?$/,
    /^accessString must close each selector: token 4 opens one/,
  ],
  [{ authentication: undefined }, /^authentication is required/],
  [{ authentication: MARKER }, /^authentication /],
  [{ authentication: {} }, /^authentication\.type is required/],
  [{ authentication: { type: MARKER } }, /^authentication\.type must be one of password, iam/],
  [{ authentication: { type: "password" } }, /^authentication\.passwords are required with type password/],
  [
    { authentication: { type: "iam", passwords: [MARKER] } },
    /^authentication\.passwords must be left out with type iam/,
  ],
  [
    { authentication: { type: "iam", pasword: MARKER } },
    /^authentication\.pasword is not a property; did you mean passwords\?/,
  ],
  [password(), /^authentication\.passwords must be one or two passwords/],
  [password(MARKER, OTHER, `${OTHER}2`), /^authentication\.passwords must be one or two passwords/],
  [password(MARKER, MARKER), /^authentication\.passwords must be two different passwords/],
  [password("MARKER-too-long".repeat(10)), /^authentication\.passwords\[0\] must have 16 to 128 characters/],
  [password(OTHER, "MARKER-short"), /^authentication\.passwords\[1\] must have 16 to 128 characters/],
  [password(`${MARKER} `), /^authentication\.passwords\[0\] must consist of printable ASCII characters/],
  [password(`${MARKER}ü`), /^authentication\.passwords\[0\] must consist of printable ASCII characters/],
  ...[",", '"', "/", "@"].map(
    (bad): Row => [password(MARKER + bad), /^authentication\.passwords\[0\] must not contain/],
  ),
  [password(7), /^authentication\.passwords\[0\] must be text/],
  [
    { authentication: { type: "password", passwords: MARKER } },
    /^authentication\.passwords must be a list, of one or two passwords$/,
  ],
];

const names = (property: string): readonly Row[] => [
  ...["Ann", "1ann", "a--b", "ann-", "a_b", "a b", "", "-a"].map(
    (name): Row => [{ [property]: name }, new RegExp(`^${property} must begin with a lower-case letter`)],
  ),
  [{ [property]: "a".repeat(41) }, new RegExp(`^${property} must have at most 40 characters`)],
  [{ [property]: "default" }, new RegExp(`^${property} must not be default, the built-in user`)],
];

describe("Bad input", () => {
  table(memoryDbUser, { userName: "ann", ...access }, [
    ...common,
    ...tagged,
    ...loggingIn,
    ...names("userName"),
    [
      { authentication: { type: "no-password-required" } },
      /^authentication\.type must be one of password, iam$/,
    ],
    [{ engine: "redis" }, /^engine is not a property/],
    [{ forceDestroy: true }, /^forceDestroy is not a property/],
    [{ userNme: "ann", accesString: "x" }, /did you mean userName/, /did you mean accessString/],
  ]);

  table(elastiCacheUser, { userId: "ann", userName: "ann", engine: "redis", ...access }, [
    ...common,
    ...tagged,
    ...loggingIn,
    ...names("userId"),
    [{ userName: "" }, /^userName must have 1 to 120 characters/],
    [{ userName: "a b" }, /^userName must have 1 to 120 characters and no spaces/],
    [{ userName: "a".repeat(121) }, /^userName must have 1 to 120 characters/],
    [{ engine: "REDIS" }, /^engine must be redis or valkey/],
    [{ engine: undefined }, /^engine is required/],
    [
      { engine: "valkey", authentication: { type: "no-password-required" } },
      /^authentication\.type must be password or iam/,
    ],
    [
      { authentication: { type: "no-password-required", passwords: [MARKER] } },
      /must be left out with type no-password-required/,
    ],
    [
      { userName: "other", authentication: { type: "iam" } },
      /^userName must equal userId with authentication type iam/,
    ],
  ]);

  table(iamUser, { userName: "ann" }, [
    ...common,
    ...tagged,
    ...["", "a b", "a/b", "ä", "a".repeat(65)].map(
      (name): Row => [{ userName: name }, /^userName must have 1 to 64 characters, letters, digits and/],
    ),
    ...["", "ci", "/ci", "ci/", "/c i/", `/${"a".repeat(511)}/`].map(
      (path): Row => [{ path }, /^path must begin and end with \/ and have at most 512 characters/],
    ),
    ...["ReadOnlyAccess", "arn:aws:iam::aws:role/x", "arn:aws:iam::12:policy/x", "arn:aws:s3:::policy/x"].map(
      (permissionsBoundary): Row => [
        { permissionsBoundary },
        /^permissionsBoundary must be the ARN of a policy/,
      ],
    ),
    [{ forceDestroy: "yes" }, /^forceDestroy must be true, false, or an object of loginProfile, /],
    [{ forceDestroy: { accessKeys: "yes" } }, /^forceDestroy/],
    [{ forceDestroy: { accesKeys: true } }, /^forceDestroy.*accessKeys/],
  ]);

  table(rekognitionUser, { collectionId: "lobby", userId: "ann" }, [
    ...common,
    ...["", "a:b", "a/b", "a".repeat(256)].map(
      (collectionId): Row => [{ collectionId }, /^collectionId must have 1 to 255 characters/],
    ),
    ...["", "a/b", "a b", "a".repeat(129)].map(
      (userId): Row => [{ userId }, /^userId must have 1 to 128 characters/],
    ),
    [{ collectionId: undefined }, /^collectionId is required/],
    [{ tags: { team: "x" } }, /^tags is not a property/],
  ]);
});

/** Each failure names its path and rule, no property, and nothing of the values. */
function table(kind: UserKind, good: Props, rows: readonly Row[]): void {
  for (const [news, ...reasons] of rows) {
    const what = JSON.stringify(news, (_, value) => (value === undefined ? "nothing" : value)).slice(0, 90);
    it(`is refused in preview: ${kind.label} with ${what}`, async () => {
      const { provider, calls } = stage(kind);
      const { failures } = await provider.check({}, { ...good, ...news });
      assert.equal(failures.length, reasons.length, JSON.stringify(failures));
      for (const [index, { property, reason }] of failures.entries()) {
        assert.match(reason, reasons[index] ?? /never/);
        assert.equal(property, "");
        assert.doesNotMatch(reason, /MARKER|hush|Invalid input/);
      }
      assert.deepEqual(calls, []);
    });
  }
}

function numbered(count: number): [string, string][] {
  return Array.from({ length: count }, (_, index) => [`tag${index}`, "x"]);
}
