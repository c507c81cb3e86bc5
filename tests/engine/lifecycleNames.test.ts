import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { iam } from "../../sdk";
import { callsDuring, idsAlive, scenes } from "./fixtures";

describe("the name of a user", () => {
  const begin = scenes();

  it("is made of the resource's name and a hash, and survives renames of the resource and of the stack", async () => {
    const { aws, stack } = await begin({ program: () => void new iam.User("deployer") });
    await stack.up();
    const [name] = idsAlive(aws);
    assert.match(name ?? "", /^deployer-[0-9a-f]{7}$/);

    const calls = await callsDuring(aws, async () => {
      stack.setProgram(() => void new iam.User("builder", {}, { aliases: [{ name: "deployer" }] }));
      assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
      assert.deepEqual(await stack.resourceNames(), ["builder"]);
      await stack.rename("renamed");
      assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
    });
    assert.deepEqual(calls, []);

    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });

  it("is the same again after a destroy, and another in a component of another type", async () => {
    const program = () => {
      for (const type of ["app:Api", "app:Worker"]) {
        const parent = new pulumi.ComponentResource(type, "app");
        new iam.User("user", {}, { parent });
      }
    };
    const { aws, stack } = await begin({ program });
    await stack.up();
    const names = idsAlive(aws);
    assert.equal(new Set(names).size, 2, String(names));
    await stack.destroy();
    await stack.up();
    assert.deepEqual(idsAlive(aws).toSorted(), names.toSorted());
  });

  it("stays when the program no longer declares it", async () => {
    const { stack } = await begin({ program: () => void new iam.User("deployer", { userName: "ann" }) });
    await stack.up();
    stack.setProgram(() => void new iam.User("deployer"));
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
    assert.equal((await stack.resource("deployer")).inputs["userName"], "ann");
  });

  it("may depend on what only another resource's creation tells", async () => {
    const program = (path: string, name: string) => () => {
      const first = new iam.User("first", { userName: name, path });
      const userName = first.uniqueId.apply((id) => `of-${id}`);
      return { dependent: new iam.User("second", { userName }).userName };
    };
    const { aws, stack } = await begin({ program: program("/", "ann") });
    assert.deepEqual((await stack.preview()).changes, ["create first", "create second"]);
    const { outputs } = await stack.up();
    assert.match(String(outputs["dependent"]), /^of-AIDA/);

    stack.setProgram(program("/moved/", "ann"));
    assert.deepEqual((await stack.up()).changes, ["update first"]);

    // Until the new name is known it may turn out to be the old one.
    stack.setProgram(program("/moved/", "bob"));
    const preview = await stack.preview();
    assert.deepEqual(
      preview.changes.filter((change) => change.endsWith("second")),
      ["update second"],
    );
    const { outputs: after } = await stack.up();
    assert.deepEqual(idsAlive(aws).toSorted(), ["bob", String(after["dependent"])].toSorted());
    assert.notEqual(after["dependent"], outputs["dependent"]);
  });
});
