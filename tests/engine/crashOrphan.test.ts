import assert from "node:assert/strict";
import { iam, memorydb } from "../../sdk";
import { type Gate, openGate } from "./crashGate";
import { eventually } from "./crashProcesses";
import { crashScenes } from "./crashScene";
import { idsAlive } from "./fixtures";

const NAMES = ["ann", "bob"];

const users = () => {
  new iam.User("ann", { userName: "ann" });
  new memorydb.User("bob", {
    userName: "bob",
    accessString: "on ~* &* +@all",
    authentication: { type: "iam" },
  });
};

/** Several runs of the engine, on a machine that may be busy. */
const PATIENCE_MS = 300_000;

describe("the host of an engine that was killed", () => {
  const begin = crashScenes();
  const gates: Gate[] = [];
  afterEach(() => Promise.all(gates.splice(0).map((gate) => gate.close())));

  it("leaves alone what the runs that followed have made, when it was frozen and wakes up", async function () {
    this.timeout(PATIENCE_MS);
    const scene = await begin(users);
    const { aws, stack } = scene;
    await stack.up();
    scene.holdAws();
    const run = await scene.start("destroy", ["iam:DeleteUser", "memorydb:DeleteUser"]);
    const thaw = run.freezeOrphans();
    assert.ok((await run.ended).failed);
    scene.releaseAws();

    await stack.command("cancel", "--yes");
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
    await stack.up();
    thaw();
    await eventually("the host had ended", () => run.hosts().length === 0, run.output);
    assert.deepEqual(idsAlive(aws).sort(), NAMES);
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });

  it("makes no user any more when AWS comes back after the runs that followed", async function () {
    this.timeout(PATIENCE_MS);
    const scene = await begin(users);
    const { aws, stack } = scene;
    const gate = await openGate(aws.endpoint);
    gates.push(gate);
    gate.refuse(/CreateUser/);
    const run = await scene.start("up", [], { AWS_ENDPOINT_URL: gate.endpoint });
    await eventually("both creations had been tried", () => gate.refused() >= 2, run.output);
    run.signalEngine("SIGKILL");
    await run.ended;

    stack.setEnvironment({ AWS_ENDPOINT_URL: aws.endpoint });
    await stack.command("cancel", "--yes");
    await stack.up();
    assert.deepEqual(idsAlive(aws).sort(), NAMES);
    await stack.destroy();
    gate.refuse(undefined);
    await eventually("the host had ended", () => run.hosts().length === 0, run.output);
    assert.deepEqual(idsAlive(aws), []);
  });
});

describe("a destroy that follows a crash in create without an up between", () => {
  const begin = crashScenes();
  const creations = ["iam:CreateUser", "memorydb:CreateUser"];

  it("ends well and leaves the users in AWS, but tells of creations that the engine did not see ending", async () => {
    const scene = await begin(users);
    const { aws, stack } = scene;
    scene.holdAws();
    const run = await scene.start("up", creations);
    run.signalEngine("SIGKILL");
    await run.ended;
    scene.releaseAws();
    await stack.command("cancel", "--yes");
    const { output, changes } = await stack.destroy();
    assert.deepEqual(changes, []);
    for (const name of NAMES) {
      assert.match(output, new RegExp(`User::${name}, interrupted while creating`));
    }
    assert.deepEqual(idsAlive(aws).sort(), NAMES);
  });

  it("says nothing when it was the host that crashed: only the up did", async () => {
    const scene = await begin(users);
    const { aws, stack } = scene;
    scene.holdAws();
    const run = await scene.start("up", creations);
    run.killHosts();
    const crashed = await run.ended;
    scene.releaseAws();
    assert.deepEqual([...crashed.changes].sort(), ["create ann (failed)", "create bob (failed)"]);
    assert.match(crashed.output, /error reading from server: EOF/);
    const { output, changes } = await stack.destroy();
    assert.deepEqual(changes, []);
    assert.doesNotMatch(output, /ann|bob|warning/);
    assert.deepEqual(idsAlive(aws).sort(), NAMES);
  });
});
