import assert from "node:assert/strict";
import { iam, memorydb } from "../../sdk";
import { crashScenes } from "./crashScene";
import { planOf } from "./destroyPlanRun";
import { idsAlive } from "./fixtures";

const ACCESS = { accessString: "on ~* +@all", authentication: { type: "iam" } } as const;

describe("a plan before destroying after a run that was killed while it created users", () => {
  const begin = crashScenes();

  it("tells of the users that nobody would delete, and its advice leads to a destroy that leaves none", async function () {
    this.timeout(300_000);
    const program = () => {
      new iam.User("ann", { userName: "ann" });
      new memorydb.User("bob", { userName: "bob", ...ACCESS });
    };
    const { aws, stack, start, holdAws, releaseAws } = await begin(program);
    holdAws();
    const run = await start("up", ["iam:CreateUser", "memorydb:CreateUser"]);
    run.signalEngine("SIGKILL");
    await run.ended;
    releaseAws();
    await stack.command("cancel", "--yes");

    const plan = await planOf(stack, aws);
    assert.deepEqual([plan.code, plan.users], [2, []]);
    assert.deepEqual(plan.pending.map(({ id, type, existsInAws }) => `${id} ${type} ${existsInAws}`).sort(), [
      "ann creating true",
      "bob creating true",
    ]);
    for (const { id, advice } of plan.pending) {
      assert.match(
        advice,
        new RegExp(`PULUMI_AWS_USERS_ADOPT_EXISTING=${id}, then pulumi refresh --clear-pending`),
      );
    }

    stack.setEnvironment({ PULUMI_AWS_USERS_ADOPT_EXISTING: "ann,bob" });
    await stack.up();
    await stack.refresh({ clearPendingCreates: true });
    const after = await planOf(stack, aws);
    assert.deepEqual([after.code, after.pending.length, after.users.length], [0, 0, 2]);
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });
});
