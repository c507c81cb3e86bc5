import assert from "node:assert/strict";
import { awsError } from "../fakes";
import { failureOf, secret, stage } from "../stage";
import { inputsOf, laggingUser, live, stateOf, type TestLive, testUser } from "../testUser";

const GONE = { id: "", props: {} };

describe("Reading a user", () => {
  it("that is as it was changes neither inputs nor state", async () => {
    const { provider, verbs, clock } = stage(testUser, { find: [live()] });
    const state = stateOf({ timeouts: { delete: "1h" }, adoptExisting: true, forceDestroy: { keys: true } });
    const { id, props, inputs } = await provider.read("ann", state);
    assert.equal(id, "ann");
    const { __provider, ...outs } = state;
    assert.deepEqual(props, outs);
    const { uniqueId, status, accountId, stateVersion, ...declared } = outs as Record<string, unknown>;
    assert.deepEqual(inputs, declared);
    assert.deepEqual(verbs(), ["find"]);
    assert.deepEqual(clock.gaps, []);
  });

  it("shows what somebody changed in inputs and state, so that the next up repairs it", async () => {
    const { provider } = stage(testUser, { find: [live({ colour: "odd" })] });
    const { props, inputs } = await provider.read("ann", stateOf());
    assert.equal((inputs as { colour?: string }).colour, "odd");
    assert.equal(props?.["colour"], "odd");
    const { changes, replaces } = await provider.diff("ann", props ?? {}, inputsOf());
    assert.deepEqual([changes, replaces], [undefined, undefined]);
  });

  it("takes a status between for what it is: no reason to wait", async () => {
    const { provider, clock } = stage(testUser, { find: [live({ status: "modifying" })] });
    const { props } = await provider.read("ann", stateOf());
    assert.equal(props?.["status"], "modifying");
    assert.deepEqual(clock.gaps, []);
  });

  it("says in words what cannot be shown of values that AWS never returns, and nothing without drift", async () => {
    const secretive = {
      ...testUser,
      hiddenDrift: (seen: TestLive) => (seen.uid === "U1" ? undefined : "AWS holds 1"),
    };
    const drifted = stage(secretive, { find: [live({ uid: "U2" })] });
    await drifted.provider.read("ann", stateOf());
    assert.deepEqual(drifted.said, [
      'Test user "ann" was changed by somebody: AWS holds 1; an update sets what the program declares',
    ]);
    const same = stage(secretive, { find: [live()] });
    await same.provider.read("ann", stateOf());
    assert.deepEqual(same.said, []);
  });

  it("keeps secrets that AWS never shows, sealed", async () => {
    const { provider } = stage(testUser, { find: [live()] });
    const words = ["hush-hush-hush-hush"];
    const { props, inputs } = await provider.read("ann", stateOf({ login: { words } }));
    assert.deepEqual(props?.["login"], { words: secret(words) });
    assert.deepEqual((inputs as { login?: unknown }).login, { words: secret(words) });
  });

  it("reports a user that is gone as gone, at once", async () => {
    const { provider, clock } = stage(testUser, { find: [undefined] });
    assert.deepEqual(await provider.read("ann", stateOf()), GONE);
    assert.deepEqual(clock.gaps, []);
  });

  it("reports users as gone whose list is gone as a whole", async () => {
    const { provider, verbs } = stage(testUser, {
      find: [undefined],
      list: [awsError("Gone", "ListUsers")],
    });
    const names = ["ann", "bob", "cid"];
    const read = await Promise.all(names.map((name) => provider.read(name, stateOf({ userName: name }))));
    assert.deepEqual(read, [GONE, GONE, GONE]);
    assert.ok(verbs().includes("list"));
  });

  it("believes in the absence of a user whose reads lag only when it missed it twice", async () => {
    const gone = stage(laggingUser, { find: [undefined] });
    assert.deepEqual(await gone.provider.read("ann", stateOf()), GONE);
    assert.deepEqual(gone.clock.gaps, [1_000]);
    const back = stage(laggingUser, { find: [undefined, live()] });
    assert.equal((await back.provider.read("ann", stateOf())).id, "ann");
  });

  it("looks a second time much later for one that was made just now, which may not have come to all of AWS", async () => {
    const made = (secondsAgo: number) => {
      const createDate = new Date(Date.UTC(2026, 0, 1) - secondsAgo * 1_000).toISOString();
      return stateOf({ createDate });
    };
    for (const [secondsAgo, gap] of [
      [29, 10_000],
      [-3_600, 10_000],
      [30, 1_000],
    ] as const) {
      const { provider, clock } = stage(laggingUser, { find: [undefined] });
      assert.deepEqual(await provider.read("ann", made(secondsAgo)), GONE);
      assert.deepEqual(clock.gaps, [gap]);
    }
    const back = stage(laggingUser, { find: [undefined, live()] });
    assert.equal((await back.provider.read("ann", made(5))).id, "ann");
    assert.deepEqual(back.clock.gaps, [10_000]);
    const once = stage(testUser, { find: [undefined] });
    assert.deepEqual(await once.provider.read("ann", made(5)), GONE);
    assert.deepEqual(once.clock.gaps, []);
  });

  it("of which nothing is known yet, as for an import, shows all that AWS shows", async () => {
    const { provider, scopes } = stage(testUser, { find: [live({ colour: "red" })], tags: [{ a: "1" }] });
    const { props, inputs } = await provider.read("ann", { __provider: "the provider" });
    assert.deepEqual(inputs, { userName: "ann", colour: "red", tags: { a: "1" }, tagsAll: { a: "1" } });
    assert.equal(props?.["uniqueId"], "U1");
    assert.deepEqual(scopes, [{ region: "us-east-1", identity: { roles: [] } }]);
  });

  it("takes a user that somebody made again under the same name for gone, and says so", async () => {
    const { provider, said } = stage(laggingUser, { find: [live({ uid: "U2" })] });
    assert.deepEqual(await provider.read("ann", stateOf()), GONE);
    assert.match(
      said[0] ?? "",
      /^Test user "ann" was deleted and made again by somebody: the new one is left alone$/,
    );
    const unknown = stage(laggingUser, { find: [live({ uid: "U2" })] });
    assert.equal((await unknown.provider.read("ann", stateOf({ uniqueId: undefined }))).id, "ann");
  });

  it("goes on while AWS throttles, and takes five minutes at most", async () => {
    const passing = stage(testUser, { find: [awsError("Slow"), awsError("Broken"), live()] });
    assert.equal((await passing.provider.read("ann", stateOf())).id, "ann");
    const lasting = stage(testUser, { find: [awsError("Slow", "DescribeUsers", "Rate exceeded")] });
    const failure = await failureOf(lasting.provider.read("ann", stateOf()));
    assert.match(
      failure.message,
      /^reading Test user "ann": waited 5 min for a look-up of the user; last seen: /,
    );
  });

  it("never takes a denied look-up for absence", async () => {
    const { provider } = stage(testUser, { find: [awsError("AccessDenied", "DescribeUsers", "no")] });
    const failure = await failureOf(provider.read("ann", stateOf()));
    assert.match(
      failure.message,
      /^reading Test user "ann": access was denied to test:DescribeUsers \(no\)\./,
    );
    assert.equal(failure.stack, "");
  });
});

describe("Reading a user that is being deleted", () => {
  const going = live({ status: "deleting" });

  it("waits until it is gone, and says so in one line", async () => {
    const { provider, said, clock } = stage(testUser, { find: [going, going, going, undefined] });
    assert.deepEqual(await provider.read("ann", stateOf()), GONE);
    assert.deepEqual(said, ['Test user "ann" is being deleted by somebody: waiting until it is gone']);
    assert.deepEqual(clock.gaps, [200, 400]);
  });

  it("keeps it after five minutes", async () => {
    const { provider, clock } = stage(testUser, { find: [going] });
    const { id, props } = await provider.read("ann", stateOf());
    assert.equal(id, "ann");
    assert.equal(props?.["status"], "deleting");
    assert.equal(clock.elapsed(), 300_000);
  });

  it("keeps it when it is there to stay after all", async () => {
    const { provider } = stage(testUser, { find: [going, going, live()] });
    assert.equal((await provider.read("ann", stateOf())).props?.["status"], "active");
  });
});

describe("Reading tags", () => {
  it("shows those that somebody changed, without the default tags of the stack", async () => {
    const { provider } = stage(testUser, {
      find: [live()],
      tags: [{ own: "2", stack: "s", "aws:x": "y", new: "3" }],
    });
    const past = stateOf({ tags: { own: "1" }, tagsAll: { own: "1", stack: "s" } });
    const { inputs } = await provider.read("ann", past);
    const { tags, tagsAll } = inputs as Record<string, unknown>;
    assert.deepEqual(tags, { own: "2", new: "3" });
    assert.deepEqual(tagsAll, { own: "2", stack: "s", new: "3" });
  });

  it("shows no property where there are none and none were declared, else an empty one", async () => {
    const none = await stage(testUser, { find: [live()], tags: [{}] }).provider.read("ann", stateOf());
    assert.equal("tags" in (none.props ?? {}) || "tagsAll" in (none.props ?? {}), false);
    const lost = await stage(testUser, { find: [live()], tags: [{}] }).provider.read(
      "ann",
      stateOf({ tags: { own: "1" }, tagsAll: { own: "1" } }),
    );
    assert.deepEqual([lost.props?.["tags"], lost.props?.["tagsAll"]], [{}, {}]);
  });

  it("waits while the user cannot be tagged just now but is there", async () => {
    const { provider, verbs } = stage(testUser, {
      find: [live()],
      tags: [awsError("Busy"), awsError("Busy"), { a: "1" }],
    });
    const { props } = await provider.read("ann", stateOf());
    assert.deepEqual(props?.["tags"], { a: "1" });
    assert.deepEqual(verbs(), ["find", "tags", "find", "tags", "find", "tags"]);
  });

  it("believes that the user is gone only when a look-up says so", async () => {
    const { provider } = stage(testUser, { find: [live(), undefined], tags: [awsError("Busy")] });
    assert.deepEqual(await provider.read("ann", stateOf()), GONE);
  });

  it("fails where tags may not be read", async () => {
    const { provider, verbs } = stage(testUser, {
      find: [live()],
      tags: [awsError("AccessDenied", "ListTags")],
    });
    const failure = await failureOf(provider.read("ann", stateOf()));
    assert.match(failure.message, /access was denied to test:ListTags/);
    assert.deepEqual(verbs(), ["find", "tags"]);
  });
});
