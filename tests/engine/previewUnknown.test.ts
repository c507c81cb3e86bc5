import assert from "node:assert/strict";
import { CreateCollectionCommand, RekognitionClient } from "@aws-sdk/client-rekognition";
import type { LocalAws } from "../../local";
import { elasticache, iam, memorydb, rekognition } from "../../sdk";
import { clientConfig } from "../local/start";
import { somebodyIn } from "./faces";
import { scenes } from "./fixtures";
import { Source, stepOf } from "./previews";

/** What is not known in a preview, as it was before and as another that it may turn out to be. */
interface Row {
  readonly service: keyof typeof MAKE;
  readonly what: string;
  readonly before: unknown;
  readonly another: unknown;
  /** The arguments that hold the value; it is one itself unless said otherwise. */
  readonly args: (value: never) => object;
  /** What the preview shows as different. */
  readonly differs: string;
  /** What another value replaces the user for, if anything. */
  readonly replaces?: string;
}

const [FIRST, SECOND, THIRD] = ["first-password-123", "second-password-456", "third-password-789"] as const;
const WITH_PASSWORD = { type: "password", passwords: [FIRST] };
const ACCESS = { accessString: "on ~app:* +@read", authentication: WITH_PASSWORD };
const AUTHENTICATION = { differs: "authentication" };
const TAGS = { differs: "tags,tagsAll" };
const TIMEOUTS = [{ delete: "5m" }, { delete: "9m" }] as const;
const REGIONS = ["us-east-1", "eu-west-1"] as const;
const [READ_ONLY, POWER] = ["ReadOnlyAccess", "PowerUserAccess"].map(
  (name) => `arn:aws:iam::aws:policy/${name}`,
);

const withPasswords = (passwords: unknown) => ({ authentication: { type: "password", passwords } });

const MAKE = {
  memorydb: (name: string, args: object) =>
    void new memorydb.User(name, { ...ACCESS, ...args } as memorydb.UserArgs),
  elasticache: (name: string, args: object) =>
    void new elasticache.User(name, { engine: "redis", ...ACCESS, ...args } as elasticache.UserArgs),
  iam: (name: string, args: object) => void new iam.User(name, args),
  rekognition: (name: string, args: object) =>
    void new rekognition.User(name, { collectionId: "lobby", ...args } as rekognition.UserArgs),
};

const ROWS: readonly Row[] = [
  row("memorydb", "authentication", WITH_PASSWORD, { type: "iam" }),
  row("memorydb", "passwords", [FIRST, SECOND], [FIRST, THIRD], { args: withPasswords, ...AUTHENTICATION }),
  row("memorydb", "one password", SECOND, THIRD, {
    args: (one) => withPasswords([FIRST, one]),
    ...AUTHENTICATION,
  }),
  row("memorydb", "tags", { a: "1" }, { b: "2" }, TAGS),
  row("memorydb", "one tag", "1", "2", { args: (a) => ({ tags: { a, b: "1" } }), ...TAGS }),
  row("memorydb", "accessString", "on ~* +@read", "on ~* +@all"),
  row("memorydb", "userName", "ann", "bob", { replaces: "userName" }),
  row("memorydb", "region", ...REGIONS, { replaces: "region" }),
  row("memorydb", "timeouts", ...TIMEOUTS),
  row("memorydb", "one timeout", "5m", "9m", {
    args: (one) => ({ timeouts: { delete: one } }),
    differs: "timeouts",
  }),
  row("elasticache", "userId", "ann", "bob", {
    args: (userId) => ({ userId, userName: "app" }),
    replaces: "userId",
  }),
  row("elasticache", "userName", "app", "web", { replaces: "userName, old first" }),
  row("elasticache", "region", ...REGIONS, { replaces: "region" }),
  row("elasticache", "engine", "redis", "valkey"),
  row("elasticache", "authentication", { type: "no-password-required" }, WITH_PASSWORD),
  row("elasticache", "type", "iam", "no-password-required", {
    args: (type) => ({ authentication: { type } }),
    ...AUTHENTICATION,
  }),
  row("iam", "userName", "ann", "bob", { replaces: "userName" }),
  row("iam", "path", "/a/", "/b/"),
  row("iam", "permissionsBoundary", READ_ONLY, POWER),
  row("iam", "tags", { a: "1" }, { a: "2" }, TAGS),
  row("iam", "forceDestroy", true, { groups: true }),
  row("iam", "one kind", true, false, {
    args: (groups) => ({ forceDestroy: { groups } }),
    differs: "forceDestroy",
  }),
  row("rekognition", "collectionId", "lobby", "garage", { replaces: "collectionId" }),
  row("rekognition", "userId", "ann", "bob", { replaces: "userId" }),
  row("rekognition", "region", ...REGIONS, { replaces: "region" }),
  row("rekognition", "userMatchThreshold", 80, 90),
  row("rekognition", "forceDestroy", true, false),
  row("rekognition", "timeouts", ...TIMEOUTS),
];

function row(
  service: Row["service"],
  what: string,
  before: unknown,
  another: unknown,
  further: Partial<Pick<Row, "args" | "differs" | "replaces">> = {},
): Row {
  const args = (value: unknown) => ({ [what]: value });
  return { service, what, before, another, args, differs: what, ...further };
}

describe("the preview of values that are not known yet", () => {
  const begin = scenes();

  it("never fails, and never claims a replacement that the up then does not do", async () => {
    const { aws, stack } = await begin({ program: before });
    await makeCollections(aws);
    await stack.up();
    stack.setProgram(after);
    const preview = await stack.preview({ diff: true });
    const up = await stack.up();
    for (const { service, what, differs, replaces } of ROWS) {
      const names = ["the same", "another", "new"].map((kind) => `${service} ${what}: ${kind}`);
      const announced = names.map((name) => stepOf(preview.steps, name));
      assert.deepEqual(announced, [`update of ${differs}`, `update of ${differs}`, "create"], names[0]);
      const done = names.map((name) => stepOf(up.steps, name));
      const change = replaces === undefined ? `update of ${differs}` : `replace for ${replaces}`;
      assert.deepEqual(done, ["same", change, "create"], names[0]);
    }
    for (const warning of [
      /MemoryDB user "ann-another" is to be replaced if its userName, not known yet, turns out to be another/,
      /ElastiCache user "ann-another" is to be replaced if its userId, not known yet, turns out/,
      /Rekognition user "lobby\/[^"]+" is to be replaced if its collectionId, not known yet, turns out/,
    ]) {
      assert.match(preview.output, warning);
      assert.doesNotMatch(up.output, warning);
    }
    for (const password of [FIRST, SECOND, THIRD]) assert.ok(!stack.output().includes(password));
  });

  it("shows faces that are not known yet as a change, one of them or all", async () => {
    const { aws, stack } = await begin({ program: () => {} });
    const [a = "", b = "", c = "", d = ""] = await (await somebodyIn(aws)).index("1", "2", "3", "4");
    const declare = (users: Readonly<Record<string, rekognition.UserArgs["faceIds"]>>) => {
      for (const [userId, faceIds] of Object.entries(users)) {
        new rekognition.User(userId, { collectionId: "lobby", userId, faceIds: faceIds ?? [] });
      }
    };
    stack.setProgram(() => declare({ same: [a], another: [b] }));
    await stack.up();
    stack.setProgram(() => {
      const source = new Source("source");
      declare({ same: [source.later(a)], another: source.later([b, c]), fresh: [source.later(d)] });
    });
    const preview = await stack.preview();
    const up = await stack.up();
    const steps = ({ steps }: typeof up) => ["same", "another", "fresh"].map((name) => stepOf(steps, name));
    assert.deepEqual(steps(preview), ["update of faceIds", "update of faceIds", "create"]);
    assert.deepEqual(steps(up), ["same", "update of faceIds", "create"]);
  });
});

function before(): void {
  for (const row of ROWS) {
    make(row, "the same", row.before, (value) => value);
    make(row, "another", row.before, (value) => value);
  }
}

function after(): void {
  const source = new Source("source");
  const later = (value: unknown) => source.later(value);
  for (const row of ROWS) {
    make(row, "the same", row.before, later);
    make(row, "another", row.another, later);
    make(row, "new", row.before, later);
  }
}

/** No two users have the same name. */
function make(
  { service, what, args }: Row,
  kind: "the same" | "another" | "new",
  value: unknown,
  give: (value: unknown) => unknown,
): void {
  const own = /^user(Id|Name)$/.test(what) ? `${value}-${kind.replace(" ", "-")}` : value;
  MAKE[service](`${service} ${what}: ${kind}`, args(give(own) as never));
}

async function makeCollections(aws: LocalAws): Promise<void> {
  for (const region of REGIONS) {
    const client = new RekognitionClient({ ...clientConfig(aws), region });
    for (const CollectionId of ["lobby", "garage"]) {
      await client.send(new CreateCollectionCommand({ CollectionId }));
    }
  }
}
