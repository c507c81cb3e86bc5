import assert from "node:assert/strict";
import { withEnvironment } from "../environment";
import { awsError, fakeClock } from "../fakes";
import { failureOf, stage } from "../stage";
import { blocker, live, stateOf, testUser } from "../testUser";

const FORCE = "PULUMI_AWS_USERS_FORCE_DESTROY";
const conflict = awsError("Blocked", "DeleteUser", "must detach all first");
const keys = [blocker("K1", { detail: "since 2026-01-02" }), blocker("K2")];
const policy = blocker("P1", { kind: "policies", noun: "inline policy" });
const both = [...keys, policy];

describe("Deleting a user that something blocks", () => {
  withEnvironment({ [FORCE]: undefined });

  it("lists what blocks, says what to do, and removes nothing", async () => {
    const { provider, verbs } = stage(testUser, { remove: [conflict], blockers: [both], purge: [undefined] });
    const failure = await failureOf(provider.delete("ann", stateOf()));
    assert.match(
      failure.message,
      /^deleting Test user "ann": blocked by 2 access keys \(K1 since 2026-01-02, K2\), 1 inline policy \(P1\); nothing was removed\. /,
    );
    assert.match(failure.message, /forceDestroy .* PULUMI_AWS_USERS_FORCE_DESTROY=ann\.$/);
    assert.deepEqual(verbs(), ["remove", "blockers"]);
  });

  it("names several of a kind by its plural", async () => {
    const policies = [policy, { ...policy, id: "P2" }];
    const { provider } = stage(testUser, { remove: [conflict], blockers: [policies], purge: [undefined] });
    assert.match(
      (await failureOf(provider.delete("ann", stateOf()))).message,
      /2 inline policies \(P1, P2\)/,
    );
  });

  it("purges everything with forceDestroy true, and asks again at once", async () => {
    const { provider, verbs, asked, clock } = stage(testUser, {
      remove: [conflict, undefined],
      blockers: [both],
      purge: [undefined],
      find: [undefined],
    });
    await provider.delete("ann", stateOf({ forceDestroy: true }));
    assert.deepEqual(verbs(), ["remove", "blockers", "purge", "purge", "purge", "remove", "find"]);
    assert.deepEqual(
      asked("purge"),
      both.map((each) => ["ann", each]),
    );
    assert.deepEqual(clock.gaps, [0]);
  });

  it("purges the kinds that forceDestroy names, when nothing else blocks", async () => {
    const { provider, asked } = stage(testUser, {
      remove: [conflict, undefined],
      blockers: [keys],
      purge: [undefined],
      find: [undefined],
    });
    await provider.delete("ann", stateOf({ forceDestroy: { keys: true, policies: false } }));
    assert.equal(asked("purge").length, 2);
  });

  it("removes nothing when forceDestroy does not name all kinds that block", async () => {
    for (const forceDestroy of [{ keys: true }, { keys: true, policies: false }]) {
      const { provider, verbs } = stage(testUser, {
        remove: [conflict],
        blockers: [both],
        purge: [undefined],
      });
      const failure = await failureOf(provider.delete("ann", stateOf({ forceDestroy })));
      assert.match(
        failure.message,
        /1 inline policy \(P1\).* of which forceDestroy does not name 1 inline policy \(P1\);/,
      );
      assert.deepEqual(verbs(), ["remove", "blockers"]);
    }
  });

  for (const [names, allowed] of [
    ["*", true],
    ["ann", true],
    ["bob, ann", true],
    ["bob", false],
    ["", false],
  ] as const) {
    it(`${allowed ? "purges" : "does not purge"} when the environment names "${names}"`, async () => {
      process.env[FORCE] = names;
      const { provider, asked } = stage(testUser, {
        remove: [conflict, undefined],
        blockers: [both],
        purge: [undefined],
        find: [undefined],
      });
      const deleted = provider.delete("ann", stateOf());
      if (allowed) await deleted;
      else await failureOf(deleted);
      assert.equal(asked("purge").length, allowed ? 3 : 0);
    });
  }

  it("says what was removed and what could not be, and why", async () => {
    const { provider } = stage(testUser, {
      remove: [conflict],
      blockers: [both],
      purge: [
        undefined,
        awsError("AccessDenied", "DeleteAccessKey", "no"),
        awsError("AccessDenied", "X", "no"),
      ],
    });
    const failure = await failureOf(provider.delete("ann", stateOf({ forceDestroy: true })));
    assert.equal(
      failure.message,
      'deleting Test user "ann": the purge removed 1 access key (K1 since 2026-01-02); not removed: ' +
        "access key K2: access was denied to test:DeleteAccessKey (no); inline policy P1: access was denied to " +
        "test:X (no). Allow test:DeleteAccessKey to the credentials of this run. Allow test:X to the credentials of " +
        "this run. The next destroy goes on with what remains.",
    );
  });

  it("says that nothing was removed when that is so", async () => {
    const { provider } = stage(testUser, {
      remove: [conflict],
      blockers: [[policy]],
      purge: [awsError("ValidationError", "DeletePolicy")],
    });
    const failure = await failureOf(provider.delete("ann", stateOf({ forceDestroy: true })));
    assert.match(
      failure.message,
      /the purge removed nothing; not removed: inline policy P1: test:DeletePolicy answered/,
    );
  });

  it("repeats what AWS does not take just now", async () => {
    const { provider, asked } = stage(testUser, {
      remove: [awsError("Slow"), conflict, undefined],
      blockers: [awsError("Broken"), [policy]],
      purge: [awsError("Busy"), awsError("Slow"), undefined],
      find: [undefined],
    });
    await provider.delete("ann", stateOf({ forceDestroy: true }));
    assert.equal(asked("purge").length, 3);
  });

  it("purges again what comes back, without haste", async () => {
    const { provider, asked, clock } = stage(testUser, {
      remove: [conflict, conflict, conflict, undefined],
      blockers: [[policy], [], [policy]],
      purge: [undefined],
      find: [undefined],
    });
    await provider.delete("ann", stateOf({ forceDestroy: true }));
    assert.equal(asked("purge").length, 2);
    assert.deepEqual(clock.gaps.slice(0, 1), [0]);
    assert.ok(clock.gaps.slice(1).every((gap) => gap > 0));
  });

  it("asks again when AWS says that it is blocked and nothing is there", async () => {
    const { provider, verbs } = stage(testUser, {
      remove: [conflict, conflict, undefined],
      blockers: [[]],
      find: [undefined],
    });
    await provider.delete("ann", stateOf());
    assert.deepEqual(verbs(), ["remove", "blockers", "remove", "blockers", "remove", "find"]);
  });

  it("says at the deadline that AWS still calls it blocked", async () => {
    const { provider } = stage(testUser, { remove: [conflict], blockers: [[]] });
    const failure = await failureOf(provider.delete("ann", stateOf()));
    assert.match(failure.message, /waited 20 min .*; last seen: .*must detach all first/);
  });

  it("fails when what blocks may not be listed", async () => {
    const { provider } = stage(testUser, {
      remove: [conflict],
      blockers: [awsError("AccessDenied", "ListKeys")],
    });
    const failure = await failureOf(provider.delete("ann", stateOf({ forceDestroy: true })));
    assert.match(failure.message, /access was denied to test:ListKeys/);
  });

  it("fails with AWS's words where nothing is known of what blocks", async () => {
    const { provider } = stage(testUser, { remove: [conflict] });
    const failure = await failureOf(provider.delete("ann", stateOf()));
    assert.match(failure.message, /test:DeleteUser answered Blocked: must detach all first\.$/);
  });

  it("meets what blocks also when it asks again after half a minute", async () => {
    const clock = fakeClock();
    const find = [() => (clock.elapsed() < 40_000 ? live() : undefined)];
    const { provider, asked } = stage(
      testUser,
      { remove: [undefined, conflict, undefined], blockers: [[policy]], purge: [undefined], find },
      { clock },
    );
    await provider.delete("ann", stateOf({ forceDestroy: true }));
    assert.equal(asked("purge").length, 1);
    assert.equal(asked("remove").length, 3);
  });
});

describe("Deleting a user that is held by what cannot be purged", () => {
  const group = (id: string, clearing: boolean) =>
    blocker(id, {
      kind: "groups",
      noun: "user group",
      detail: clearing ? "status deleting" : "status active",
      clearing,
    });

  it("names it, whatever forceDestroy says", async () => {
    const { provider, verbs } = stage(testUser, {
      remove: [conflict],
      blockers: [[group("g1", true), group("g2", false)]],
    });
    const failure = await failureOf(provider.delete("ann", stateOf({ forceDestroy: true })));
    assert.equal(
      failure.message,
      'deleting Test user "ann": blocked by 1 user group (g2 status active). Put another user of the same user name in its place in one change, or delete them first.',
    );
    assert.deepEqual(verbs(), ["remove", "blockers"]);
  });

  it("waits while all of it is on its way out", async () => {
    const { provider, verbs } = stage(testUser, {
      remove: [conflict, conflict, undefined],
      blockers: [[group("g1", true)], [group("g1", true)]],
      find: [undefined],
    });
    await provider.delete("ann", stateOf());
    assert.deepEqual(verbs(), ["remove", "blockers", "remove", "blockers", "remove", "find"]);
  });
});
