import assert from "node:assert/strict";
import { rekognitionUser } from "../../../provider/rekognition/kind";
import { awsError, type Script } from "../fakes";
import { failureOf, stage } from "../stage";

const A = "aaaaaaaa-0000-0000-0000-000000000000";
const B = "bbbbbbbb-0000-0000-0000-000000000000";
const C = "cccccccc-0000-0000-0000-000000000000";
const id = "lobby/ann";
const ann = { region: "eu-central-1", collectionId: "lobby", userId: "ann" };
const created = { collectionId: "lobby", userId: "ann", status: "CREATED" };
const active = { ...created, status: "ACTIVE" };
const known = { status: "ACTIVE", accountId: "123456789012", stateVersion: 1 };
const having = (...faceIds: string[]) => ({ ...ann, faceIds });
const stateOf = (...faceIds: string[]) => ({ ...having(...faceIds), ...known });
const set = (script: Script) => stage(rekognitionUser, script);

describe("The declared faces of a Rekognition user", () => {
  const refusals: [title: string, args: object, reason: RegExp][] = [
    [
      "more than 100",
      { faceIds: Array.from({ length: 101 }, () => A) },
      /^faceIds must be at most 100 faces/,
    ],
    ["one twice", { faceIds: [A, B, A] }, /^faceIds must not name a face twice$/],
    ["what is no id", { faceIds: [A, "face"] }, /^faceIds\[1\] must be a face id as AWS gives it/],
    ["an id in capitals", { faceIds: [A.toUpperCase()] }, /^faceIds\[0\] must be a face id/],
    ["no list", { faceIds: A }, /^faceIds must be a list of face ids$/],
    ["a threshold above 100", { userMatchThreshold: 101 }, /^userMatchThreshold must be a number from 0 to/],
    ["a threshold below 0", { userMatchThreshold: -1 }, /^userMatchThreshold must be a number from 0 to 100/],
  ];
  for (const [title, args, reason] of refusals) {
    it(`are refused in preview when they are ${title}`, async () => {
      const { failures } = await set({}).provider.check({}, { ...ann, ...args });
      assert.match(failures[0]?.reason ?? "", reason);
    });
  }

  it("may be unknown in preview, one of them or all", async () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const { provider } = set({});
    for (const faceIds of [unknown, [A, unknown], [unknown, unknown]]) {
      assert.deepEqual((await provider.check({}, { ...ann, faceIds })).failures, []);
      const answer = await provider.diff(id, stateOf(A, B), { ...ann, faceIds });
      assert.deepEqual([answer.changes, answer.replaces], [undefined, undefined]);
    }
  });

  const differences: [title: string, olds: object, news: object, changes: boolean][] = [
    ["in another order", { faceIds: [A, B] }, { faceIds: [B, A] }, false],
    ["one more", { faceIds: [A] }, { faceIds: [A, B] }, true],
    ["another one", { faceIds: [A] }, { faceIds: [B] }, true],
    ["no longer declared", { faceIds: [A] }, {}, true],
    ["declared as none", {}, { faceIds: [] }, true],
    ["with another threshold", { faceIds: [A] }, { faceIds: [A], userMatchThreshold: 80 }, true],
  ];
  for (const [title, olds, news, changes] of differences) {
    it(`that are ${title} are ${changes ? "a change in place" : "no change"}`, async () => {
      const answer = await set({}).provider.diff(id, { ...ann, ...known, ...olds }, { ...ann, ...news });
      assert.deepEqual([answer.changes, answer.replaces], [changes ? undefined : false, undefined]);
    });
  }

  it("make the old user go first when its replacement wants one of them in the same collection", async () => {
    const { provider } = set({});
    const renamed = { ...having(B, C), userId: "bob" };
    for (const [news, first] of [
      [renamed, true],
      [{ ...renamed, faceIds: [C] }, false],
      [{ ...renamed, collectionId: "garage" }, false],
      [{ ...renamed, faceIds: undefined }, false],
    ] as const) {
      assert.equal((await provider.diff(id, stateOf(A, B), news)).deleteBeforeReplace, first);
    }
  });
});

describe("Giving faces to a Rekognition user", () => {
  it("follows its creation, and ends when AWS shows it ready and having them", async () => {
    const { provider, verbs, asked } = set({
      create: [undefined],
      find: [created, { ...created, status: "UPDATING" }, active],
      give: [[]],
      belongings: [[A], [A, B]],
    });
    const args = { ...having(B, A), userMatchThreshold: 90 };
    assert.deepEqual(await provider.create(args), { id, outs: { ...args, ...known } });
    assert.deepEqual(verbs(), ["create", "find", "give", "find", "find", "belongings", "belongings"]);
    assert.deepEqual(asked("give")[0]?.slice(0, 2), [args, [B, A]]);
  });

  it("asks nothing of AWS where there are none to give", async () => {
    for (const args of [ann, having()]) {
      const { provider, verbs } = set({ create: [undefined], find: [created], belongings: [[A]] });
      await provider.create(args);
      assert.deepEqual(verbs(), ["create", "find"]);
    }
  });

  it("brings a user that is adopted to what is declared, once nobody is changing it", async () => {
    const { provider, verbs, asked } = set({
      create: [awsError("ConflictException", "CreateUser")],
      find: [{ ...active, status: "UPDATING" }, active],
      belongings: [[A, B], [B]],
      take: [undefined],
    });
    const args = { ...having(B), adoptExisting: true };
    assert.deepEqual((await provider.create(args)).outs, { ...args, ...known });
    assert.deepEqual(asked("take")[0]?.[1], [A]);
    assert.deepEqual(verbs().slice(-4), ["belongings", "take", "find", "belongings"]);
  });

  it("leaves a user that the next run repairs when AWS does not give all, and says why of each", async () => {
    const { provider } = set({
      create: [undefined],
      find: [created, active],
      give: [
        [
          { id: B, reason: "ASSOCIATED_TO_A_DIFFERENT_USER", owner: "lobby/bob" },
          { id: C, reason: "FACE_NOT_FOUND" },
        ],
      ],
      belongings: [[A]],
    });
    const failure = await failureOf(provider.create({ ...having(A, B, C), forceDestroy: true }));
    assert.equal(failure.id, id);
    assert.deepEqual(failure.properties, { ...stateOf(A), forceDestroy: true, __provider: undefined });
    assert.deepEqual(failure.reasons, [failure.message]);
    assert.equal(
      failure.message,
      `creating Rekognition user "lobby/ann": 2 of 3 faces could not be associated (${B}: ` +
        `ASSOCIATED_TO_A_DIFFERENT_USER "lobby/bob"; ${C}: FACE_NOT_FOUND). Index a face that is not found into the ` +
        "collection, or take it out of faceIds. Take a face of another user from that one first. The next pulumi up " +
        "goes on with what is missing.",
    );
  });

  it("keeps in the state nothing that was not seen, when AWS breaks off between", async () => {
    const denied = awsError("AccessDeniedException", "AssociateFaces");
    const { provider } = set({
      find: [active],
      belongings: [[A]],
      take: [undefined],
      give: [denied],
    });
    const failure = await failureOf(provider.update(id, stateOf(A), having(B)));
    assert.match(failure.message, /access was denied to rekognition:AssociateFaces/);
    assert.equal("faceIds" in (failure.properties ?? {}), false);
  });

  it("takes first, then gives, and asks again under the same token while the user is changing", async () => {
    const busy = awsError("ConflictException", "AssociateFaces");
    const { provider, verbs, asked } = set({
      find: [active],
      belongings: [
        [A, B],
        [B, C],
      ],
      take: [undefined],
      give: [busy, busy, []],
    });
    const { outs } = await provider.update(id, stateOf(A, B), having(C, B));
    assert.deepEqual(outs, { ...having(C, B), ...known });
    assert.deepEqual(verbs(), ["find", "belongings", "take", "give", "give", "give", "find", "belongings"]);
    assert.deepEqual(asked("take")[0]?.slice(0, 2), [id, [A]]);
    assert.deepEqual(asked("give")[0]?.[1], [C]);
    assert.equal(new Set(asked("give").map(([, , token]) => token)).size, 1);
    assert.notEqual(asked("take")[0]?.[2], asked("give")[0]?.[2]);
  });

  it("sends nothing when AWS has it right, nothing is declared, or the threshold alone is another", async () => {
    for (const [olds, news, expected] of [
      [stateOf(A), having(A, B), ["find", "belongings"]],
      [stateOf(A), ann, ["find"]],
      [{ ...ann, ...known }, { ...ann, userMatchThreshold: 80 }, ["find"]],
    ] as const) {
      const { provider, verbs } = set({ find: [active], belongings: [[B, A]] });
      assert.deepEqual((await provider.update(id, { ...olds }, { ...news })).outs, { ...news, ...known });
      assert.deepEqual(verbs(), expected);
    }
  });

  it("waits for AWS to show the change until the time is up, and says what it does not show", async () => {
    const { provider, clock } = set({ find: [active], belongings: [[A]], take: [undefined], give: [[]] });
    const args = { ...having(B), timeouts: { update: "2m" } };
    const { message } = await failureOf(provider.update(id, stateOf(A), args));
    assert.match(
      message,
      new RegExp(`waited 2 min for AWS to show .*faces; last seen: as before: 2 faces \\(${A}, ${B}\\)`),
    );
    assert.equal(clock.elapsed(), 120_000);
  });
});

describe("Refreshing a Rekognition user with faces", () => {
  it("shows those that it has, those declared before first and in their order", async () => {
    const { provider } = set({ find: [active], belongings: [[C, A, B]] });
    const { props, inputs } = await provider.read(id, { ...stateOf(B, A), userMatchThreshold: 80 });
    assert.deepEqual(inputs, { ...having(B, A, C), userMatchThreshold: 80 });
    assert.deepEqual(props, { ...inputs, ...known });
  });

  it("does not look at them where none are declared", async () => {
    const { provider, verbs } = set({ find: [active], belongings: [[C]] });
    assert.deepEqual((await provider.read(id, { ...ann, ...known })).inputs, ann);
    assert.deepEqual(verbs(), ["find"]);
  });

  it("says that the user is gone only when a look-up says so too", async () => {
    const gone = awsError("ResourceNotFoundException", "ListFaces");
    const left = set({ find: [active, undefined], belongings: [gone] });
    assert.equal((await left.provider.read(id, stateOf(A))).id, "");
    const there = set({ find: [active], belongings: [gone, [A]] });
    assert.equal((await there.provider.read(id, stateOf(A))).id, id);
  });
});
