import assert from "node:assert/strict";
import { CreateCollectionCommand, RekognitionClient } from "@aws-sdk/client-rekognition";
import type { LocalAws } from "../../local";
import { elasticache, iam, memorydb, rekognition } from "../../sdk";
import { clientConfig } from "../local/start";
import { scenes } from "./fixtures";
import { stepOf } from "./previews";

const [FIRST, SECOND, THIRD] = ["first-password-123", "second-password-456", "third-password-789"] as const;
const withPasswords = (...passwords: string[]) => ({ type: "password" as const, passwords });
const WITH_IAM = { type: "iam" } as const;

/** A user before and after a change of the program, and what that is to do. */
type Row<Args> = readonly [change: string, before: Partial<Args>, after: Partial<Args>, step: string];

const MEMORYDB: readonly Row<memorydb.UserArgs>[] = [
  ["nothing", {}, {}, "same"],
  ["from passwords to IAM", {}, { authentication: WITH_IAM }, "update of authentication"],
  ["from IAM to passwords", { authentication: WITH_IAM }, {}, "update of authentication"],
  ["one of two passwords", {}, { authentication: withPasswords(FIRST, THIRD) }, "update of authentication"],
  ["one password less", {}, { authentication: withPasswords(FIRST) }, "update of authentication"],
  ["tags alone", { tags: { a: "1", b: "2" } }, { tags: { a: "2", c: "3" } }, "update of tags,tagsAll"],
  ["no tags any more", { tags: { a: "1" } }, {}, "update of tags,tagsAll"],
  ["timeouts alone", {}, { timeouts: { delete: "30m" } }, "update of timeouts"],
  ["the region", {}, { region: "eu-west-1" }, "replace for region"],
  [
    "the name and more",
    { userName: "old-name" },
    { userName: "new-name", accessString: "on ~* +@all", tags: { a: "1" } },
    "replace for userName",
  ],
  [
    "two that replace",
    { userName: "here" },
    { userName: "there", region: "eu-west-1" },
    "replace for region,userName",
  ],
  ["adoptExisting", {}, { adoptExisting: true }, "same"],
];

const ELASTICACHE: readonly Row<elasticache.UserArgs>[] = [
  ["from passwords to IAM", {}, { authentication: WITH_IAM }, "update of authentication"],
  ["from IAM to passwords", { authentication: WITH_IAM }, {}, "update of authentication"],
  [
    "from no password to passwords",
    { authentication: { type: "no-password-required" } },
    {},
    "update of authentication",
  ],
  ["one of two passwords", {}, { authentication: withPasswords(THIRD, SECOND) }, "update of authentication"],
  [
    "the engine and the access string",
    {},
    { engine: "valkey", accessString: "on ~* +@all" },
    "update of accessString,engine",
  ],
  ["tags alone", {}, { tags: { a: "1" } }, "update of tags,tagsAll"],
  ["timeouts alone", { timeouts: { create: "5m" } }, {}, "update of timeouts"],
  ["the region", {}, { region: "eu-west-1" }, "replace for region"],
  ["the login name", { userName: "app" }, { userName: "web" }, "replace for userName, old first"],
  [
    "the id",
    { userId: "old-id", userName: "app" },
    { userId: "new-id", userName: "app" },
    "replace for userId",
  ],
];

const IAM: readonly Row<iam.UserArgs>[] = [
  ["forceDestroy alone", {}, { forceDestroy: { accessKeys: true } }, "update of forceDestroy"],
  [
    "more of forceDestroy",
    { forceDestroy: { groups: true } },
    { forceDestroy: true },
    "update of forceDestroy",
  ],
  ["timeouts alone", {}, { timeouts: { delete: "5m" } }, "update of timeouts"],
  ["tags alone", { tags: { a: "1" } }, { tags: { a: "2" } }, "update of tags,tagsAll"],
  ["the path", {}, { path: "/ci/" }, "update of path"],
  [
    "the boundary",
    {},
    { permissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
    "update of permissionsBoundary",
  ],
  ["the name and the path", { userName: "old" }, { userName: "new", path: "/ci/" }, "replace for userName"],
  ["the case of the name", { userName: "carl" }, { userName: "Carl" }, "replace for userName, old first"],
];

const REKOGNITION: readonly Row<rekognition.UserArgs>[] = [
  ["timeouts alone", {}, { timeouts: { delete: "5m" } }, "update of timeouts"],
  ["the id", { userId: "old" }, { userId: "new" }, "replace for userId"],
  ["the collection", {}, { collectionId: "garage" }, "replace for collectionId"],
  ["the region", {}, { region: "eu-west-1" }, "replace for region"],
];

describe("the preview of a changed program", () => {
  const begin = scenes();

  it("announces of each change what the up then does, and which property forces a replacement", async () => {
    const { aws, stack } = await begin({ program: () => declare("before") });
    for (const region of ["us-east-1", "eu-west-1"]) await makeCollections(aws, region);
    await stack.up();

    stack.setProgram(() => declare("after"));
    const announced = await stack.preview({ diff: true });
    const done = await stack.up();
    for (const [name, step] of expectedSteps()) {
      assert.equal(stepOf(announced.steps, name), step, `previewed: ${name}`);
      assert.equal(stepOf(done.steps, name), step, `done: ${name}`);
    }
    for (const { output } of [announced, done]) {
      assert.match(output, /MemoryDB user "old-name" is to be replaced: its userName changes/);
      assert.match(output, /MemoryDB user "here" is to be replaced: its region and userName change/);
      assert.match(
        output,
        /ElastiCache user "elasticache-the-login[\w-]+" is to be replaced: its userName changes/,
      );
      assert.match(output, /IAM user "old" is to be replaced: its userName changes/);
      assert.match(output, /Rekognition user "lobby\/old" is to be replaced: its userId changes/);
    }
    const lines = announced.messages.flatMap(({ text }) => text.match(/^.* is to be replaced.*$/gm) ?? []);
    assert.equal(lines.length, expectedSteps().filter(([, step]) => step.startsWith("replace")).length);

    await stack.setConfig({ "aws:defaultTags": JSON.stringify({ tags: { owner: "ops" } }) });
    const tagged = await stack.preview();
    const retagged = await stack.up();
    for (const [name] of expectedSteps()) {
      const step = name.startsWith("rekognition") ? "same" : "update of tagsAll";
      assert.equal(stepOf(tagged.steps, name), step, `previewed: ${name}`);
      assert.equal(stepOf(retagged.steps, name), step, `done: ${name}`);
    }
    for (const password of [FIRST, SECOND, THIRD]) assert.ok(!stack.output().includes(password));
    assert.deepEqual((await stack.preview({ refresh: true })).changes, []);
  });
});

function declare(when: "before" | "after"): void {
  const args = <Args>([, before, after]: Row<Args>) => (when === "before" ? before : after);
  const accessString = "on ~app:* +@read";
  const authentication = withPasswords(FIRST, SECOND);
  for (const row of MEMORYDB) {
    new memorydb.User(`memorydb ${row[0]}`, { accessString, authentication, ...args(row) });
  }
  for (const row of ELASTICACHE) {
    const base = { engine: "redis", accessString, authentication } as const;
    new elasticache.User(`elasticache ${row[0]}`, { ...base, ...args(row) });
  }
  for (const row of IAM) new iam.User(`iam ${row[0]}`, args(row));
  for (const row of REKOGNITION) {
    new rekognition.User(`rekognition ${row[0]}`, { collectionId: "lobby", ...args(row) });
  }
}

function expectedSteps(): (readonly [name: string, step: string])[] {
  const tables = Object.entries({
    memorydb: MEMORYDB,
    elasticache: ELASTICACHE,
    iam: IAM,
    rekognition: REKOGNITION,
  });
  return tables.flatMap(([service, rows]) =>
    rows.map(([change, , , step]) => [`${service} ${change}`, step] as const),
  );
}

async function makeCollections(aws: LocalAws, region: string): Promise<void> {
  const client = new RekognitionClient({ ...clientConfig(aws), region });
  for (const CollectionId of ["lobby", "garage"])
    await client.send(new CreateCollectionCommand({ CollectionId }));
}
