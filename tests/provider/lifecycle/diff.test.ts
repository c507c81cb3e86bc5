import assert from "node:assert/strict";
import { elastiCacheUser } from "../../../provider/elasticache/kind";
import { iamUser } from "../../../provider/iam/kind";
import type { UserKind } from "../../../provider/kind";
import { memoryDbUser } from "../../../provider/memorydb/kind";
import { rekognitionUser } from "../../../provider/rekognition/kind";
import { UNKNOWN } from "../../../provider/unknown";
import { type Props, stage } from "../stage";

/** What Pulumi then does; `in place` and `replace` are for what is shown of each property. */
type Step = "nothing" | "in place" | "replace, new one first" | "replace, old one first";

type Row = readonly [change: string, news: Props, step: Step, replaces?: readonly string[]];

describe("What a changed program means", () => {
  const region = "eu-central-1";
  const outputs = { arn: "arn", accountId: "123456789012", stateVersion: 1 };

  table(
    memoryDbUser,
    {
      region,
      userName: "ann",
      accessString: "on ~* +@read",
      authentication: { type: "password", passwords: ["one-long-password", "two-long-passwords"] },
      tags: { team: "a" },
      tagsAll: { team: "a", stack: "s" },
    },
    { ...outputs, status: "active", passwordCount: 2, observedAccessString: "on ~* -@all +@read" },
    [
      ["nothing", {}, "nothing"],
      ["an access string that means the same", { accessString: "on ~* -@all +@read" }, "nothing"],
      ["another access string", { accessString: "on ~* +@all" }, "in place"],
      [
        "the order of passwords",
        { authentication: { type: "password", passwords: ["two-long-passwords", "one-long-password"] } },
        "nothing",
      ],
      ["a password", { authentication: { type: "password", passwords: ["one-long-password"] } }, "in place"],
      ["the type of authentication", { authentication: { type: "iam" } }, "in place"],
      ["tags", { tags: { team: "b" }, tagsAll: { team: "b", stack: "s" } }, "in place"],
      ["default tags alone", { tagsAll: { team: "a", stack: "t" } }, "in place"],
      ["time-outs", { timeouts: { delete: "1h" } }, "in place"],
      ["adoptExisting", { adoptExisting: true }, "nothing"],
      ["the region", { region: "eu-west-1" }, "replace, new one first", ["region"]],
      ["the name", { userName: "bob" }, "replace, new one first", ["userName"]],
      ["the name and more", { userName: "bob", accessString: "off" }, "replace, new one first", ["userName"]],
      ["a name that is not known yet", { userName: UNKNOWN }, "in place"],
      ["a region that is not known yet", { region: UNKNOWN }, "in place"],
      ["an access string that is not known yet", { accessString: UNKNOWN }, "in place"],
      [
        "passwords that are not known yet",
        { authentication: { type: "password", passwords: UNKNOWN } },
        "in place",
      ],
      [
        "one password that is not known yet",
        { authentication: { type: "password", passwords: ["one-long-password", UNKNOWN] } },
        "in place",
      ],
      ["an authentication that is not known yet", { authentication: UNKNOWN }, "in place"],
      ["a tag that is not known yet", { tags: { team: UNKNOWN }, tagsAll: { team: UNKNOWN } }, "in place"],
    ],
  );

  table(
    elastiCacheUser,
    {
      region,
      userId: "ann",
      userName: "ann",
      engine: "redis",
      accessString: "on ~* +@read",
      authentication: { type: "no-password-required" },
    },
    { ...outputs, status: "active", passwordCount: 0, userGroupIds: [] },
    [
      ["nothing", {}, "nothing"],
      ["the engine", { engine: "valkey", authentication: { type: "iam" } }, "in place"],
      [
        "the login name alone, for it keeps its id",
        { userName: "app" },
        "replace, old one first",
        ["userName"],
      ],
      ["the id", { userId: "bob", userName: "bob" }, "replace, new one first", ["userId", "userName"]],
      ["the region", { region: "eu-west-1" }, "replace, new one first", ["region"]],
      ["a login name that is not known yet", { userName: UNKNOWN }, "in place"],
      ["empty tags", { tags: {}, tagsAll: {} }, "nothing"],
    ],
  );

  table(
    iamUser,
    {
      region: "us-east-1",
      userName: "Ann",
      path: "/ci/",
      tagsAll: { stack: "s" },
      forceDestroy: { groups: true },
    },
    { ...outputs, uniqueId: "AIDA1", createDate: "2026-01-01T00:00:00.000Z" },
    [
      ["nothing", {}, "nothing"],
      ["the path", { path: "/" }, "in place"],
      ["a boundary", { permissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" }, "in place"],
      ["the default tags", { tagsAll: {} }, "in place"],
      ["forceDestroy", { forceDestroy: true }, "in place"],
      ["the region, which only picks the partition", { region: "us-west-2" }, "in place"],
      ["the name", { userName: "bob" }, "replace, new one first", ["userName"]],
      ["only the case of the name", { userName: "ANN" }, "replace, old one first", ["userName"]],
      ["a name that is not known yet", { userName: UNKNOWN }, "in place"],
      ["forceDestroy to what is not known yet", { forceDestroy: { groups: UNKNOWN } }, "in place"],
    ],
  );

  table(
    rekognitionUser,
    { region, collectionId: "lobby", userId: "ann" },
    { ...outputs, status: "CREATED" },
    [
      ["nothing", {}, "nothing"],
      ["the collection", { collectionId: "roof" }, "replace, new one first", ["collectionId"]],
      [
        "a collection that is deleted to be made again, which the engine asks without a check",
        { collectionId: UNKNOWN },
        "replace, new one first",
        ["collectionId"],
      ],
      ["the id", { userId: "bob" }, "replace, new one first", ["userId"]],
      [
        "the case of the id, which makes another user",
        { userId: "Ann" },
        "replace, new one first",
        ["userId"],
      ],
      ["an id that is not known yet", { userId: UNKNOWN }, "in place"],
      ["the region", { region: "eu-west-1" }, "replace, new one first", ["region"]],
      ["time-outs", { timeouts: { delete: "1h" } }, "in place"],
      ["empty time-outs", { timeouts: {} }, "nothing"],
    ],
  );
});

describe("What is said of a change that replaces", () => {
  const olds = { region: "eu-central-1", collectionId: "lobby", userId: "ann" };

  async function said(...all: Props[]): Promise<readonly string[]> {
    const scene = stage(rekognitionUser);
    for (const news of all) {
      const { inputs } = await scene.provider.check(olds, { ...olds, ...news });
      await scene.provider.diff("lobby/ann", olds, inputs);
    }
    return scene.said;
  }

  it("names the property, for the engine shows all that differ alike", async () => {
    assert.deepEqual(await said({ userId: "bob", timeouts: { delete: "1h" } }), [
      'Rekognition user "lobby/ann" is to be replaced: its userId changes',
    ]);
    assert.deepEqual(await said({ userId: "bob", region: "eu-west-1" }), [
      'Rekognition user "lobby/ann" is to be replaced: its region and userId change',
    ]);
  });

  it("names the property that may turn out to be another, for a preview shows only that it changes", async () => {
    assert.deepEqual(await said({ collectionId: UNKNOWN }), [
      'Rekognition user "lobby/ann" is to be replaced if its collectionId, not known yet, turns out to be another',
    ]);
    assert.deepEqual(await said({ collectionId: UNKNOWN, region: UNKNOWN }), [
      'Rekognition user "lobby/ann" is to be replaced if its region or collectionId, not known yet, turn out to be another',
    ]);
  });

  it("is said once, and nothing of other changes", async () => {
    assert.equal((await said({ userId: "bob" }, { userId: "bob" })).length, 1);
    assert.deepEqual(await said({}, { timeouts: { delete: "1h" } }, { timeouts: UNKNOWN }), []);
  });
});

function table(kind: UserKind, inputs: Props, outputs: Props, rows: readonly Row[]): void {
  for (const [change, news, step, replaces = []] of rows) {
    it(`of the ${kind.label}: ${change}: ${step}`, async () => {
      const { provider, calls } = stage(kind);
      const answer = await provider.diff("ann", { ...inputs, ...outputs }, { ...inputs, ...news });
      assert.deepEqual(answer.replaces ?? [], replaces);
      assert.equal(answer.changes, step === "nothing" ? false : undefined);
      const oldFirst = !step.endsWith("new one first");
      assert.equal(answer.deleteBeforeReplace, oldFirst);
      assert.deepEqual(calls, []);
    });
  }
}
