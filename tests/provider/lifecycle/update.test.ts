import assert from "node:assert/strict";
import { MORE_TIME } from "../../../provider/lifecycle/explain";
import { awsError } from "../fakes";
import { ACCOUNT, failureOf, secret, stage } from "../stage";
import { inputsOf, laggingUser, live, stateOf, testUser } from "../testUser";

const red = inputsOf({ colour: "red" });

describe("Updating a user", () => {
  it("sends only what differs, and waits until AWS shows it ready", async () => {
    const { provider, asked, verbs } = stage(testUser, {
      find: [live(), live({ status: "modifying" }), live({ colour: "red" })],
      update: [undefined],
    });
    const { outs } = await provider.update("ann", stateOf(), red);
    const [[found, want, changed] = []] = asked("update");
    const { __provider, ...args } = red;
    assert.deepEqual([found, want, changed], [live(), args, ["colour"]]);
    assert.deepEqual(verbs(), ["find", "update", "find", "find"]);
    const { __provider: _, ...state } = stateOf({ colour: "red" });
    assert.deepEqual(outs, state);
  });

  it("waits while reads show the user as it was", async () => {
    const { provider, verbs, clock } = stage(testUser, {
      find: [live(), live(), live(), live({ colour: "RED" })],
      update: [undefined],
    });
    await provider.update("ann", stateOf(), red);
    assert.deepEqual(verbs(), ["find", "update", "find", "find", "find"]);
    assert.deepEqual(clock.gaps, [1_000, 1_000]);
  });

  it("believes after three looks that AWS writes the change in another way", async () => {
    const { provider, verbs } = stage(testUser, {
      find: [live(), live({ colour: "scarlet" })],
      update: [undefined],
    });
    const { outs } = await provider.update("ann", stateOf(), red);
    assert.deepEqual(verbs(), ["find", "update", "find", "find", "find"]);
    assert.equal(outs?.["colour"], "red");
  });

  it("sends nothing when the live user is right already", async () => {
    const { provider, verbs } = stage(testUser, { find: [live({ colour: "red" })] });
    const { outs } = await provider.update("ann", stateOf(), red);
    assert.deepEqual(verbs(), ["find"]);
    assert.equal(outs?.["colour"], "red");
  });

  it("sends nothing for what only steers the provider, and writes it into the state", async () => {
    const { provider, verbs } = stage(testUser, { find: [live()] });
    const steering = { timeouts: { delete: "1h" }, forceDestroy: true };
    const { outs } = await provider.update("ann", stateOf(), inputsOf(steering));
    assert.deepEqual(verbs(), ["find"]);
    assert.deepEqual([outs?.["timeouts"], outs?.["forceDestroy"]], [{ delete: "1h" }, true]);
  });

  it("waits for a user that is right but not ready", async () => {
    const { provider, verbs } = stage(testUser, { find: [live({ status: "modifying" }), live()] });
    const { outs } = await provider.update("ann", stateOf(), inputsOf());
    assert.deepEqual(verbs(), ["find", "find"]);
    assert.equal(outs?.["status"], "active");
  });

  it("sends secrets that changed, and seals them in the state", async () => {
    const words = ["new-words-new-words"];
    const { provider, asked } = stage(testUser, { find: [live()], update: [undefined] });
    const { outs } = await provider.update(
      "ann",
      stateOf({ login: { words: ["old-words-old-words"] } }),
      inputsOf({ login: { words } }),
    );
    assert.deepEqual(asked("update")[0]?.[2], ["login"]);
    assert.deepEqual(outs?.["login"], { words: secret(words) });
  });

  for (const name of ["Busy", "Slow", "Broken"]) {
    it(`asks again while AWS answers ${name}`, async () => {
      const { provider, verbs } = stage(testUser, {
        find: [live(), live({ colour: "red" })],
        update: [awsError(name), awsError(name), undefined],
      });
      await provider.update("ann", stateOf(), red);
      assert.deepEqual(verbs(), ["find", "update", "update", "update", "find"]);
    });
  }

  it("takes twenty minutes unless the new inputs say otherwise", async () => {
    for (const [old, timeouts, ms] of [
      ["1m", undefined, 1_200_000],
      ["1m", { update: "30m" }, 1_800_000],
    ] as const) {
      const { provider, clock } = stage(testUser, { find: [live()], update: [awsError("Busy")] });
      const news = inputsOf({ colour: "red", ...(timeouts && { timeouts }) });
      await failureOf(provider.update("ann", stateOf({ timeouts: { update: old } }), news));
      assert.equal(clock.elapsed(), ms);
    }
  });
});

describe("Updating tags", () => {
  it("sends what is new or changed and removes what is gone, but nothing of AWS's own", async () => {
    const { provider, asked, verbs } = stage(testUser, {
      find: [live()],
      tags: [{ a: "1", b: "2", "aws:x": "y" }],
      retag: [undefined],
    });
    await provider.update("ann", stateOf(), inputsOf({ tags: { b: "3" }, tagsAll: { b: "3", stack: "s" } }));
    assert.deepEqual(asked("retag")[0]?.[1], { put: { b: "3", stack: "s" }, remove: ["a"] });
    assert.deepEqual(verbs(), ["find", "tags", "retag", "find"]);
  });

  it("sends nothing when they are right", async () => {
    const { provider, verbs } = stage(testUser, { find: [live()], tags: [{ a: "1" }] });
    await provider.update("ann", stateOf(), inputsOf({ tags: { a: "1" }, tagsAll: { a: "1" } }));
    assert.deepEqual(verbs(), ["find", "tags"]);
  });

  it("waits while the user cannot be tagged just now", async () => {
    const { provider } = stage(testUser, {
      find: [live()],
      tags: [awsError("Busy"), {}],
      retag: [awsError("Busy"), awsError("Busy"), undefined],
    });
    const { outs } = await provider.update(
      "ann",
      stateOf(),
      inputsOf({ tags: { a: "1" }, tagsAll: { a: "1" } }),
    );
    assert.deepEqual(outs?.["tagsAll"], { a: "1" });
  });

  it("fails when the user vanishes before it could be tagged", async () => {
    const { provider } = stage(testUser, { find: [live(), undefined], tags: [awsError("Busy")] });
    const failure = await failureOf(provider.update("ann", stateOf(), inputsOf({ tagsAll: { a: "1" } })));
    assert.match(failure.message, /it was deleted by somebody else meanwhile/);
  });
});

describe("An update that does not come to its end", () => {
  it("keeps the user in the state as it was seen last, and says why", async () => {
    const { provider, clock } = stage(testUser, {
      find: [live(), live({ status: "modifying", colour: "red" })],
      update: [undefined],
    });
    const failure = await failureOf(
      provider.update("ann", stateOf({ timeouts: { update: "1m" } }), {
        ...red,
        timeouts: { update: "2m" },
        login: { words: ["hush-hush-hush-hush"] },
      }),
    );
    assert.equal(failure.id, "ann");
    assert.deepEqual(failure.properties, {
      __provider: "the provider",
      region: "eu-central-1",
      userName: "ann",
      colour: "red",
      timeouts: { update: "2m" },
      uniqueId: "U1",
      status: "modifying",
      accountId: ACCOUNT,
      stateVersion: 1,
    });
    assert.deepEqual(failure.reasons, [
      'updating Test user "ann": waited 2 min for Test user to become ready; last seen: status modifying.' +
        ` ${MORE_TIME}`,
    ]);
    assert.equal(failure.stack, "");
    assert.equal(clock.elapsed(), 120_000);
  });

  it("keeps what was seen before when the change is refused", async () => {
    const { provider } = stage(testUser, {
      find: [live()],
      update: [awsError("ValidationError", "UpdateUser")],
    });
    const failure = await failureOf(provider.update("ann", stateOf(), red));
    assert.equal(failure.properties?.["colour"], "grey");
    assert.match(failure.reasons?.[0] ?? "", /test:UpdateUser answered ValidationError: said AWS\.$/);
    assert.match(failure.message, /^updating Test user "ann": /);
  });

  it("keeps the user also when its tags could not be changed", async () => {
    const { provider } = stage(testUser, {
      find: [live()],
      tags: [{}],
      retag: [awsError("AccessDenied", "TagResource")],
    });
    const failure = await failureOf(provider.update("ann", stateOf(), inputsOf({ tagsAll: { a: "1" } })));
    assert.equal(failure.id, "ann");
    assert.equal("tagsAll" in (failure.properties ?? {}), false);
  });
});

describe("Updating a user that is not there to be changed", () => {
  const refused: [title: string, kind: typeof testUser, find: (object | undefined)[], says: RegExp][] = [
    ["that is gone", testUser, [undefined], /it does not exist any more in AWS\. Run pulumi up --refresh/],
    [
      "that is being deleted",
      testUser,
      [live({ status: "deleting" })],
      /it is being deleted by somebody else/,
    ],
    ["that somebody made again", laggingUser, [live({ uid: "U2" })], /somebody deleted it and made another/],
  ];
  for (const [title, kind, find, says] of refused) {
    it(`${title} fails, changes nothing and leaves the state as it was`, async () => {
      const { provider, verbs } = stage(kind, { find });
      const failure = await failureOf(provider.update("ann", stateOf(), red));
      assert.match(failure.message, says);
      assert.equal("id" in failure, false);
      assert.deepEqual(new Set(verbs()), new Set(["find"]));
    });
  }

  it("looks twice where reads lag", async () => {
    const { provider, verbs } = stage(laggingUser, {
      find: [undefined, live(), live({ colour: "red" })],
      update: [undefined],
    });
    await provider.update("ann", stateOf(), red);
    assert.deepEqual(verbs(), ["find", "find", "update", "find"]);
  });
});
