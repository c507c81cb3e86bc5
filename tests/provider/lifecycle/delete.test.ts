import assert from "node:assert/strict";
import { MORE_TIME } from "../../../provider/lifecycle/explain";
import { currentDeadline } from "../../../provider/wait/deadline";
import { awsError, fakeClock } from "../fakes";
import { failureOf, stage } from "../stage";
import { blocker, laggingUser, live, stateOf, testUser } from "../testUser";

const going = live({ status: "deleting" });

describe("Deleting a user", () => {
  it("asks for it, then returns at the first look-up that says that it is gone", async () => {
    const { provider, verbs, clock, said } = stage(testUser, {
      remove: [undefined],
      find: [going, going, undefined],
    });
    await provider.delete("ann", stateOf());
    assert.deepEqual(verbs(), ["remove", "find", "find", "find"]);
    assert.deepEqual(clock.gaps, [200, 400]);
    assert.deepEqual(said, []);
  });

  it("goes to the region in the state, whatever the configuration says", async () => {
    const { provider, scopes } = stage(
      testUser,
      { remove: [undefined], find: [undefined] },
      { config: { "aws:region": "us-west-2" } },
    );
    await provider.delete("ann", stateOf());
    assert.deepEqual(scopes, [{ region: "eu-central-1", identity: { roles: [] } }]);
  });

  it("that is gone already is success", async () => {
    const { provider, verbs } = stage(testUser, { remove: [undefined], find: [undefined] });
    await provider.delete("ann", stateOf());
    assert.deepEqual(verbs(), ["remove", "find"]);
  });

  it("that was made just now, and that reads miss, is not given up before they have caught up", async () => {
    const { provider, verbs, clock } = stage(laggingUser, {
      find: [undefined, live(), undefined],
      remove: [undefined],
    });
    await provider.delete("ann", stateOf({ createDate: "2025-12-31T23:59:55.000Z" }));
    assert.deepEqual(verbs(), ["find", "find", "remove", "find", "find"]);
    assert.deepEqual(clock.gaps, [10_000, 1_000]);
  });

  for (const name of ["Busy", "Slow", "Broken"]) {
    it(`asks again while AWS answers ${name}`, async () => {
      const error = awsError(name);
      const { provider, verbs } = stage(testUser, {
        remove: [error, error, undefined],
        find: [error, going, error, undefined],
      });
      await provider.delete("ann", stateOf());
      assert.deepEqual(verbs(), ["remove", "remove", "remove", "find", "find", "find", "find"]);
    });
  }

  it("asks again half a minute after AWS accepted it and still shows the user as before", async () => {
    const clock = fakeClock();
    const asked: number[] = [];
    const remove = [() => void asked.push(clock.elapsed())];
    const find = [() => (asked.length < 3 ? live() : undefined)];
    const { provider } = stage(testUser, { remove, find }, { clock });
    await provider.delete("ann", stateOf());
    assert.equal(asked.length, 3);
    assert.equal(asked[0], 0);
    const [, second = 0, third = 0] = asked;
    assert.ok(second >= 30_000 && second <= 34_000, `${second}`);
    assert.ok(third - second >= 30_000 && third - second <= 38_000, `${third}`);
  });

  it("does not ask again while AWS says that it is deleting", async () => {
    const clock = fakeClock();
    const find = [() => (clock.elapsed() < 600_000 ? going : undefined)];
    const { provider, verbs } = stage(testUser, { remove: [undefined], find }, { clock });
    await provider.delete("ann", stateOf());
    assert.equal(verbs().filter((verb) => verb === "remove").length, 1);
  });

  it("that waits beside others returns as soon as a look-up for any of them does not show it", async () => {
    const clock = fakeClock();
    const goneAt = new Map<string, number>();
    const alive = () => [...goneAt].filter(([, at]) => clock.elapsed() < at).map(([id]) => id);
    const { provider } = stage(
      testUser,
      {
        remove: [(id: unknown) => void goneAt.set(String(id), clock.elapsed() + 5_000)],
        find: [() => going],
        list: [() => [alive().map((userName) => ({ ...going, userName }))]],
      },
      { clock },
    );
    const late: number[] = [];
    const remove = async (id: string, index: number) => {
      await clock.sleep(index * 100);
      await provider.delete(id, stateOf({ userName: id }));
      late.push(clock.elapsed() - (goneAt.get(id) ?? Number.NaN));
    };
    await Promise.all(["ann", "bob", "cid", "dan", "eve", "fay", "gus", "hal"].map(remove));
    assert.ok(Math.max(...late) <= 600, `${late}`);
  });

  it("ends at the deadline, and says what was seen last", async () => {
    const { provider, clock } = stage(testUser, { remove: [undefined], find: [going] });
    const failure = await failureOf(provider.delete("ann", stateOf()));
    assert.equal(
      failure.message,
      'deleting Test user "ann": waited 20 min for AWS to say that the user is gone; last seen: status deleting.' +
        ` ${MORE_TIME}`,
    );
    assert.equal(clock.elapsed(), 1_200_000);
    assert.equal("id" in failure, false);
  });

  it("ends at the time-out in the state, retries included", async () => {
    const { provider, clock } = stage(testUser, { remove: [awsError("Busy", "DeleteUser")] });
    const failure = await failureOf(provider.delete("ann", stateOf({ timeouts: { delete: "90s" } })));
    assert.match(failure.message, /waited 1 min 30 s for AWS to accept the deletion; last seen: DeleteUser/);
    assert.equal(clock.elapsed(), 90_000);
  });

  for (const name of ["AccessDenied", "ExpiredToken", "ValidationError"]) {
    it(`fails at once on ${name}`, async () => {
      const { provider, verbs } = stage(testUser, { remove: [awsError(name, "DeleteUser")] });
      const failure = await failureOf(provider.delete("ann", stateOf()));
      assert.match(failure.message, /^deleting Test user "ann": /);
      assert.equal(failure.stack, "");
      assert.deepEqual(verbs(), ["remove"]);
    });
  }

  it("never takes a denied look-up for absence", async () => {
    const { provider } = stage(testUser, {
      remove: [undefined],
      find: [awsError("AccessDenied", "DescribeUsers")],
    });
    const failure = await failureOf(provider.delete("ann", stateOf()));
    assert.match(failure.message, /access was denied to test:DescribeUsers/);
  });
});

describe("Deleting a user that comes back", () => {
  it("does not mind stale reads, which show it as it was", async () => {
    const { provider, verbs } = stage(testUser, {
      remove: [undefined],
      find: [going, live(), live(), going, live(), undefined],
    });
    await provider.delete("ann", stateOf());
    assert.equal(verbs().filter((verb) => verb === "remove").length, 1);
  });

  it("fails when it is back for good, for it may be somebody else's", async () => {
    const { provider, verbs } = stage(testUser, { remove: [undefined], find: [going, live()] });
    const failure = await failureOf(provider.delete("ann", stateOf()));
    assert.match(failure.message, /it was being deleted, and now it is back with status active/);
    assert.equal(verbs().filter((verb) => verb === "remove").length, 1);
  });
});

describe("Deleting a user that has an identity of its own", () => {
  it("looks at it first, and needs two look-ups in a row that miss it", async () => {
    const { provider, verbs, clock } = stage(laggingUser, {
      find: [live(), live(), undefined, live(), undefined, undefined],
      remove: [undefined],
    });
    await provider.delete("ann", stateOf());
    assert.deepEqual(verbs(), ["find", "remove", "find", "find", "find", "find", "find"]);
    assert.equal(clock.gaps.at(-1), 1_000);
  });

  it("is not deleted by a call whose turn comes long after the look at it", async () => {
    const clock = fakeClock();
    const turns: number[] = [];
    const remove = [() => void turns.push((currentDeadline()?.endsAt ?? Number.NaN) - clock.now())];
    const find = [live(), undefined, undefined];
    await stage(laggingUser, { find, remove }, { clock }).provider.delete("ann", stateOf());
    assert.deepEqual(turns, [8_000]);
  });

  it("asks AWS for nothing when it is gone already", async () => {
    const { provider, verbs } = stage(laggingUser, { find: [undefined] });
    await provider.delete("ann", stateOf());
    assert.deepEqual(verbs(), ["find", "find"]);
  });

  it("never deletes one that somebody made again under the same name", async () => {
    const { provider, verbs, said } = stage(laggingUser, { find: [live({ uid: "U2" })] });
    await provider.delete("ann", stateOf());
    assert.deepEqual(verbs(), ["find"]);
    assert.deepEqual(said, [
      'Test user "ann" was made again by somebody after it was gone: the new one is left alone',
    ]);
  });

  it("leaves alone one that somebody makes again during the wait", async () => {
    const { provider, verbs, said } = stage(laggingUser, {
      find: [live(), undefined, live({ uid: "U2" })],
      remove: [undefined],
    });
    await provider.delete("ann", stateOf());
    assert.deepEqual(verbs(), ["find", "remove", "find", "find"]);
    assert.equal(said.length, 1);
  });

  it("deletes by name one whose identity was never seen", async () => {
    const { provider, verbs } = stage(laggingUser, {
      find: [live({ uid: "U2" }), undefined],
      remove: [undefined],
    });
    await provider.delete("ann", stateOf({ uniqueId: undefined }));
    assert.deepEqual(verbs(), ["find", "remove", "find", "find"]);
  });

  it("is looked at again before a late try, so that nobody else's is deleted", async () => {
    const { provider, asked, said, clock } = stage(laggingUser, {
      find: [live(), live({ uid: "U2" })],
      remove: [awsError("Busy")],
    });
    await provider.delete("ann", stateOf());
    assert.notEqual(asked("remove").length, 0);
    assert.equal(asked("find").length, 2);
    assert.equal(said.length, 1);
    assert.ok(clock.elapsed() >= 5_000 && clock.elapsed() < 10_000);
  });

  it("is looked at again before a late purge, so that nothing is taken from somebody else's", async () => {
    const { provider, asked, said } = stage(laggingUser, {
      find: [live(), live({ uid: "U2" })],
      remove: [awsError("Blocked")],
      blockers: [[blocker("K1"), blocker("K2")]],
      purge: [awsError("Busy")],
    });
    await provider.delete("ann", stateOf({ forceDestroy: true }));
    const tries = asked("purge").length;
    assert.ok(tries >= 4 && tries <= 16, `${tries}`);
    assert.equal(asked("remove").length, 1);
    assert.equal(said.length, 1);
  });
});
