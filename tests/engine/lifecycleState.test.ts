import assert from "node:assert/strict";
import { elasticache, iam, memorydb, rekognition } from "../../sdk";
import { callsDuring, idsAlive, scenes } from "./fixtures";
import type { ExportedState, StateResource } from "./harness";

describe("the state of a user", () => {
  const begin = scenes();

  it("names the installed provider by a text that is the same for ever", async () => {
    const authentication = { type: "iam" } as const;
    const { stack } = await begin({
      program: () => {
        new memorydb.User("memorydb", { accessString: "on ~* +@all", authentication });
        new elasticache.User("elasticache", {
          engine: "valkey",
          accessString: "on ~* +@all",
          authentication,
        });
        new iam.User("iam");
        new rekognition.User("rekognition", { collectionId: "lobby" });
      },
    });
    // There is no collection, so the last one alone fails: what is in the preview's steps is what goes to the state.
    const { steps } = await stack.preview();
    for (const { name, type, new: planned } of steps) {
      assert.equal(type, `pulumi-nodejs:dynamic/aws-users/${name}:User`);
      const text = `exports.handler=()=>require("pulumi-aws-users/provider").${name}`;
      assert.equal(planned?.inputs?.["__provider"], text);
    }
    assert.equal(steps.length, 4);
  });

  it("holds the inputs, AWS's outputs and its own version, and nothing of how the name was found", async () => {
    const { stack } = await begin({ program: () => void new iam.User("deployer", { path: "/ci/" }) });
    await stack.up();
    const { id, inputs, outputs } = await stack.resource("deployer");
    assert.deepEqual(Object.keys(inputs).toSorted(), ["__provider", "path", "region", "userName"]);
    const fromAws = ["accountId", "arn", "createDate", "stateVersion", "uniqueId"];
    assert.deepEqual(Object.keys(outputs).toSorted(), [...Object.keys(inputs), ...fromAws].toSorted());
    assert.equal(outputs["userName"], id);
    assert.equal(outputs["stateVersion"], 1);
  });

  it("of a newer version is refused by every operation, and nothing is changed", async () => {
    const { aws, stack } = await begin({ program: () => void new iam.User("deployer", { userName: "ann" }) });
    await stack.up();
    const state = await stack.export();
    await stack.importState(withOutputs(state, { stateVersion: 2 }));
    const refused = /its state has version 2, and this pulumi-aws-users reads up to 1\. Install the version/;
    const calls = await callsDuring(aws, async () => {
      assert.match((await stack.failing.preview()).output, refused);
      assert.match((await stack.failing.refresh()).output, refused);
      assert.match((await stack.failing.destroy()).output, refused);
    });
    assert.deepEqual(calls, []);
    assert.deepEqual(idsAlive(aws), ["ann"]);
  });

  it("of an older version, with less in it, is read all the same", async () => {
    const { aws, stack } = await begin({ program: () => void new iam.User("deployer", { userName: "ann" }) });
    await stack.up();
    const absent = { stateVersion: undefined, path: undefined, region: undefined, createDate: undefined };
    await stack.importState(withOutputs(await stack.export(), absent));
    assert.deepEqual((await stack.preview({ expectNoChanges: true })).changes, []);
    await stack.refresh();
    assert.equal((await stack.resource("deployer")).outputs["stateVersion"], 1);
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });
});

/** A state whose users have other outputs; an undefined one is taken out. */
function withOutputs(state: ExportedState, outputs: Readonly<Record<string, unknown>>): ExportedState {
  const edited = (resource: StateResource): StateResource =>
    resource.type.endsWith(":User")
      ? { ...resource, outputs: { ...resource.outputs, ...outputs } }
      : resource;
  const resources = (state.deployment.resources ?? []).map(edited);
  return JSON.parse(
    JSON.stringify({ ...state, deployment: { ...state.deployment, resources } }),
  ) as ExportedState;
}
