import assert from "node:assert/strict";
import { MORE_TIME } from "../../../provider/lifecycle/explain";
import { withEnvironment } from "../environment";
import { awsError } from "../fakes";
import { ACCOUNT, failureOf, stage } from "../stage";
import { inputsOf, live, stateOf, testUser } from "../testUser";

const ADVICE = ` ${MORE_TIME}`;

describe("Creating a user", () => {
  withEnvironment({ PULUMI_AWS_USERS_ADOPT_EXISTING: undefined });

  it("waits until AWS shows it ready, and returns its state", async () => {
    const { provider, verbs, clock } = stage(testUser, {
      create: [live({ status: "creating" })],
      find: [live({ status: "creating" }), live({ status: "tomorrow's status" }), live()],
    });
    const { id, outs } = await provider.create(inputsOf());
    assert.equal(id, "ann");
    const { __provider, ...state } = stateOf();
    assert.deepEqual(outs, state);
    assert.deepEqual(verbs(), ["create", "find", "find", "find"]);
    assert.deepEqual(clock.gaps, [200, 400]);
  });

  it("asks where the user is to be, and keeps the provider's text to itself", async () => {
    const { provider, asked, scopes } = stage(testUser, { create: [undefined], find: [live()] });
    await provider.create(inputsOf());
    assert.deepEqual(scopes, [{ region: "eu-central-1", identity: { roles: [] } }]);
    const { __provider, ...args } = inputsOf();
    assert.deepEqual(asked("create")[0]?.[0], args);
  });

  it("waits while reads lag behind and do not show the user yet", async () => {
    const { provider, verbs } = stage(testUser, {
      create: [undefined],
      find: [undefined, undefined, undefined, undefined, undefined, undefined, undefined, live()],
    });
    await provider.create(inputsOf());
    assert.equal(verbs().length, 9);
  });

  it("does not mind a few lagging reads once it was seen", async () => {
    const creating = live({ status: "creating" });
    const { provider } = stage(testUser, {
      create: [undefined],
      find: [creating, undefined, undefined, undefined, undefined, creating, undefined, live()],
    });
    assert.equal((await provider.create(inputsOf())).id, "ann");
  });

  for (const [name, fault] of [
    ["Busy", "busy"],
    ["Slow", "throttling"],
    ["Broken", "failing"],
  ]) {
    it(`asks again while AWS is ${fault}, with the same token`, async () => {
      const error = awsError(name ?? "");
      const { provider, asked } = stage(testUser, {
        create: [error, error, undefined],
        find: [error, live()],
      });
      await provider.create(inputsOf());
      const tokens = asked("create").map(([, token]) => token);
      assert.equal(tokens.length, 3);
      assert.equal(new Set(tokens).size, 1);
      assert.match(String(tokens[0]), /^[\da-f-]{36}$/);
    });
  }

  it("says that a try without answer may have made the user when it fails in the end", async () => {
    const { provider } = stage(testUser, { create: [awsError("Broken"), awsError("AccessDenied")] });
    const failure = await failureOf(provider.create(inputsOf()));
    assert.match(failure.message, /access was denied .* may have made the user\. .*adoptExisting: true/);
  });

  it("uses another token for another user", async () => {
    const { provider, asked } = stage(testUser, {
      create: [undefined],
      find: [live()],
      list: [[[live(), live({ userName: "bob" })]]],
    });
    await provider.create(inputsOf());
    await provider.create(inputsOf({ userName: "bob" }));
    const [[, one] = [], [, other] = []] = asked("create");
    assert.notEqual(one, other);
  });

  for (const name of ["ValidationError", "AccessDenied", "ExpiredToken", "Gone", "ErrorOfTomorrow"]) {
    it(`fails at once on ${name}, and leaves nothing in the state`, async () => {
      const { provider, verbs } = stage(testUser, { create: [awsError(name, "CreateUser")] });
      const failure = await failureOf(provider.create(inputsOf()));
      assert.match(failure.message, /^creating Test user "ann": /);
      assert.equal("id" in failure, false);
      assert.deepEqual(verbs(), ["create"]);
    });
  }

  it("that AWS never accepts ends at the deadline, and leaves nothing in the state", async () => {
    const { provider, clock } = stage(testUser, { create: [awsError("Busy", "CreateUser", "try later")] });
    const failure = await failureOf(provider.create(inputsOf({ timeouts: { create: "90s" } })));
    assert.equal(
      failure.message,
      'creating Test user "ann": waited 1 min 30 s for AWS to accept the user; last seen: CreateUser answered Busy: try later.' +
        ADVICE,
    );
    assert.equal("id" in failure, false);
    assert.equal(clock.elapsed(), 90_000);
  });

  it("that AWS refuses at the deadline looks no more for the user that is said to exist", async () => {
    const { provider, verbs, clock } = stage(testUser, {
      create: [awsError("Exists")],
      find: [undefined],
    });
    const failure = await failureOf(provider.create(inputsOf({ timeouts: { create: "90s" } })));
    assert.equal(
      failure.message,
      'creating Test user "ann": waited 1 min 30 s for AWS to accept the user; last seen: AWS says that the user exists, but does not show it.' +
        ADVICE,
    );
    assert.equal(verbs().at(-1), "create");
    assert.equal(clock.elapsed(), 90_000);
  });

  it("takes ten minutes unless another time-out is declared", async () => {
    for (const [timeouts, ms] of [
      [undefined, 600_000],
      [{ update: "1m", delete: "1m" }, 600_000],
      [{ create: "1h" }, 3_600_000],
    ] as const) {
      const { provider, clock } = stage(testUser, { create: [awsError("Busy")] });
      await failureOf(provider.create(inputsOf(timeouts && { timeouts })));
      assert.equal(clock.elapsed(), ms);
    }
  });

  it("writes a state of plain JSON, without what is undefined", async () => {
    const { provider } = stage(testUser, { create: [undefined], find: [live()] });
    const { outs } = await provider.create(inputsOf({ tags: undefined, login: { words: undefined } }));
    assert.equal("tags" in (outs ?? {}), false);
    assert.deepEqual(outs?.["login"], {});
  });
});

describe("A user that was made and does not become ready", () => {
  const half = {
    create: [live({ status: "creating" })],
    find: [live({ status: "creating", colour: "odd" })],
  };

  it("stays in the state as it was seen, with the reason", async () => {
    const { provider, clock } = stage(testUser, half);
    const inputs = inputsOf({
      colour: "red",
      tags: { a: "1" },
      tagsAll: { a: "1" },
      login: { words: ["hush-hush-hush-hush"] },
      forceDestroy: true,
      timeouts: { create: "1m" },
    });
    const failure = await failureOf(provider.create(inputs));
    assert.equal(failure.id, "ann");
    assert.deepEqual(failure.properties, {
      __provider: "the provider",
      region: "eu-central-1",
      userName: "ann",
      colour: "odd",
      forceDestroy: true,
      timeouts: { create: "1m" },
      uniqueId: "U1",
      status: "creating",
      accountId: ACCOUNT,
      stateVersion: 1,
    });
    const reason =
      'creating Test user "ann": waited 1 min for Test user to become ready; last seen: status creating.' +
      ADVICE;
    assert.deepEqual(failure.reasons, [reason]);
    assert.equal(failure.message, reason);
    assert.equal(failure.stack, "");
    assert.equal(clock.elapsed(), 60_000);
  });

  it("is found to differ by the next diff, which repairs it", async () => {
    const { provider } = stage(testUser, half);
    const inputs = inputsOf({ colour: "red", login: { words: ["hush-hush-hush-hush"] } });
    const { properties = {} } = await failureOf(provider.create(inputs));
    const { changes, replaces } = await provider.diff("ann", properties, inputs);
    assert.equal(changes, undefined);
    assert.deepEqual(replaces ?? [], []);
  });

  it("stays in the state also when no look-up ever showed it", async () => {
    const { provider } = stage(testUser, { create: [undefined], find: [undefined] });
    const failure = await failureOf(provider.create(inputsOf({ colour: "red" })));
    assert.deepEqual(failure.properties, {
      __provider: "the provider",
      region: "eu-central-1",
      userName: "ann",
      accountId: ACCOUNT,
      stateVersion: 1,
    });
    assert.match(failure.reasons?.[0] ?? "", /last seen: not visible yet\. Run again/);
  });

  for (const name of ["AccessDenied", "ValidationError", "ExpiredToken"]) {
    it(`stays in the state when a look-up ends in ${name}`, async () => {
      const { provider } = stage(testUser, { create: [live()], find: [awsError(name, "DescribeUsers")] });
      const failure = await failureOf(provider.create(inputsOf()));
      assert.equal(failure.id, "ann");
      assert.equal(failure.properties?.["uniqueId"], "U1");
      assert.match(failure.reasons?.[0] ?? "", /^creating Test user "ann": /);
    });
  }

  it("stays in the state when somebody deletes it meanwhile", async () => {
    for (const [find, reason] of [
      [[live({ status: "creating" }), live({ status: "deleting" })], /is being deleted by somebody else/],
      [[live({ status: "creating" }), undefined], /was deleted by somebody else meanwhile/],
    ] as const) {
      const { provider, verbs } = stage(testUser, { create: [undefined], find });
      const failure = await failureOf(provider.create(inputsOf()));
      assert.equal(failure.id, "ann");
      assert.match(failure.reasons?.[0] ?? "", reason);
      assert.ok(verbs().length <= 7);
    }
  });
});
