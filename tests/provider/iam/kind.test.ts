import assert from "node:assert/strict";
import { faultOf } from "../../../provider/aws/faults";
import { iamUser } from "../../../provider/iam/kind";
import { awsError } from "../fakes";
import { failureOf, stage } from "../stage";

const live = {
  userName: "ann",
  arn: "arn:aws:iam::123456789012:user/ann",
  uniqueId: "AIDA1",
  path: "/",
  createDate: "2026-01-01T00:00:00.000Z",
  passwordLastUsed: undefined,
  permissionsBoundary: undefined,
  tags: {},
};
const args = { region: "us-east-1", userName: "ann", path: "/" };
const boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess";

describe("An IAM user", () => {
  it("is ready once reads show what was asked for", async () => {
    const want = {
      ...args,
      path: "/ci/",
      permissionsBoundary: boundary,
      tags: { a: "1" },
      tagsAll: { a: "1", b: "2" },
    };
    const steps = [
      { ...live },
      { ...live, path: "/ci/" },
      { ...live, path: "/ci/", permissionsBoundary: boundary },
      { ...live, path: "/ci/", permissionsBoundary: boundary, tags: { a: "1", c: "2" } },
      { ...live, path: "/ci/", permissionsBoundary: boundary, tags: { a: "1", b: "2", "aws:x": "y" } },
    ];
    const { provider, verbs } = stage(iamUser, { create: [live], find: steps, tags: [{}] });
    const { outs } = await provider.create(want);
    assert.equal(verbs().filter((verb) => verb === "find").length, 5);
    assert.deepEqual(outs, {
      ...want,
      arn: live.arn,
      uniqueId: "AIDA1",
      createDate: live.createDate,
      accountId: "123456789012",
      stateVersion: 1,
    });
  });

  it("shows a changed path and boundary as drift, and keeps the declared case of its name", async () => {
    const found = { ...live, userName: "Ann", path: "/x/", permissionsBoundary: boundary };
    const { provider } = stage(iamUser, { find: [found], tags: [{}] });
    const { inputs } = await provider.read("ann", { ...args, permissionsBoundary: undefined });
    assert.deepEqual(inputs, { ...args, path: "/x/", permissionsBoundary: boundary });
    const bare = await provider.read("ann", {});
    assert.equal((bare.inputs as { userName?: string }).userName, "Ann");
  });

  it("whose boundary somebody removed shows that, and has it put back", async () => {
    const { provider, asked } = stage(iamUser, {
      find: [live, live, { ...live, permissionsBoundary: boundary }],
      update: [undefined],
      tags: [{}],
    });
    const state = { ...args, permissionsBoundary: boundary };
    assert.equal("permissionsBoundary" in ((await provider.read("ann", state)).props ?? {}), false);
    await provider.update("ann", state, state);
    assert.deepEqual(asked("update")[0]?.[2], ["permissionsBoundary"]);
  });

  it("is gone only after two look-ups that miss it", async () => {
    const { provider, verbs } = stage(iamUser, { find: [undefined, live], tags: [{}] });
    assert.equal((await provider.read("ann", args)).id, "ann");
    assert.deepEqual(verbs(), ["find", "find", "tags"]);
  });

  it("whose boundary does not exist fails at once", async () => {
    const missing = awsError("NoSuchEntityException", "CreateUser", "Policy does not exist");
    const { provider, verbs } = stage(iamUser, { create: [missing] });
    assert.match((await failureOf(provider.create(args))).message, /iam:CreateUser answered NoSuchEntity/);
    assert.deepEqual(verbs(), ["create"]);
  });

  const faults = [
    ["NoSuchEntityException", "GetUser", "gone"],
    ["NoSuchEntityException", "PutUserPermissionsBoundary", "refused"],
    ["EntityAlreadyExistsException", "CreateUser", "exists"],
    ["DeleteConflictException", "DeleteUser", "blocked"],
    ["DeleteConflictException", "DeleteVirtualMFADevice", "busy"],
    ["ConcurrentModificationException", "TagUser", "busy"],
    ["EntityTemporarilyUnmodifiableException", "DeleteLoginProfile", "busy"],
    ["LimitExceededException", "CreateUser", "refused"],
  ] as const;
  for (const [name, operation, fault] of faults) {
    it(`takes ${name} of ${operation} for ${fault}`, () => {
      assert.equal(faultOf(awsError(name, operation), iamUser.faults), fault);
    });
  }

  it("is the same when AWS tells one time of its making to the millisecond and another to the second", async () => {
    const made = { ...live, createDate: "2026-01-01T00:00:00.270Z" };
    const created = stage(iamUser, { create: [made], find: [live], tags: [{}] });
    assert.equal((await created.provider.create(args)).id, "ann");
    const state = { ...args, ...made, accountId: "123456789012", stateVersion: 1 };
    const { provider, verbs, clock } = stage(iamUser, {
      find: [live, live, undefined],
      remove: [undefined],
      tags: [{}],
    });
    assert.equal((await provider.read("ann", state)).id, "ann");
    await provider.delete("ann", state);
    assert.ok(verbs().includes("remove"));
    assert.ok(clock.elapsed() < 15_000, `${clock.elapsed()}`);
  });

  it("that was there before, as a read shows which lags far behind, is neither kept nor taken for somebody's", async () => {
    const before = { ...live, uniqueId: "AIDA0", createDate: "2025-12-31T23:00:00.000Z" };
    const state = { ...args, ...live, accountId: "123456789012", stateVersion: 1 };
    const { provider, verbs, said } = stage(iamUser, {
      find: [before, live, before, undefined],
      remove: [undefined],
    });
    await provider.delete("ann", state);
    assert.deepEqual(verbs(), ["find", "find", "remove", "find", "find", "find"]);
    assert.deepEqual(said, []);
  });
});
