import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { openCommandLine, openStack, type TestStack, UnexpectedOutcome } from "./harness";

/** A provider whose "cloud" is the state alone; `fail` names the operation that fails. */
const PROVIDER = `exports.handler = () => {
  const failing = (props, operation) => { if (props.fail === operation) throw new Error("no " + operation + " today"); };
  return {
    async create(inputs) { failing(inputs, "create"); return { id: inputs.text, outs: { ...inputs, seen: process.env.SEEN } }; },
    async diff(id, olds, news) { return { changes: olds.text === news.text ? false : undefined, replaces: [] }; },
    async update(id, olds, news) { return { outs: { ...news, seen: process.env.SEEN } }; },
    async read(id, props) {
      if (process.env.GONE) return { id: "" };
      const { seen, ...inputs } = { ...props, text: process.env.DRIFT ?? props.text };
      return { id, props: { ...inputs, seen }, inputs };
    },
    async delete(id, props) { failing(props, "delete"); },
  };
};`;

class Note extends pulumi.CustomResource {
  declare readonly seen: pulumi.Output<string>;
  constructor(name: string, props: { text: string; fail?: string }, options?: pulumi.CustomResourceOptions) {
    super(
      "pulumi-nodejs:dynamic/tests:Note",
      name,
      { ...props, seen: undefined, __provider: PROVIDER },
      options,
    );
  }
}

describe("the engine harness", () => {
  let stack: TestStack;
  const program = (props: { text: string; fail?: string }) => () => ({ seen: new Note("note", props).seen });

  beforeEach(async () => {
    stack = await openStack({
      program: program({ text: "one" }),
      env: { SEEN: "by the provider" },
      config: { plain: "value", hidden: { value: "marker-secret", secret: true } },
    });
  });

  afterEach(() => stack.close());

  it("takes a stack through its life and reports each step", async () => {
    const up = await stack.up();
    assert.deepEqual(up.changes, ["create note"]);
    assert.deepEqual(up.outputs, { seen: "by the provider" });
    assert.equal((await stack.resource("note")).id, "one");
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);

    stack.setProgram(program({ text: "two" }));
    stack.setEnvironment({ SEEN: "again" });
    const preview = await stack.preview({ diff: true });
    assert.deepEqual(preview.changes, ["update note"]);
    assert.deepEqual(Object.keys(preview.steps[0]?.detailedDiff ?? {}), ["text"]);
    assert.deepEqual((await stack.up()).outputs, { seen: "again" });

    assert.deepEqual((await stack.destroy()).changes, ["delete note"]);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("reports what a refresh finds", async () => {
    await stack.up();
    stack.setEnvironment({ DRIFT: "elsewhere" });
    assert.deepEqual((await stack.preview({ refresh: true })).changes, ["update note"]);
    assert.deepEqual((await stack.refresh()).changes, ["update note"]);
    stack.setEnvironment({ GONE: "yes" });
    assert.deepEqual((await stack.refresh()).changes, ["delete note"]);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("tells failure from success, with all that was said", async () => {
    stack.setProgram(program({ text: "one", fail: "create" }));
    await assert.rejects(stack.up(), (error) => {
      assert.ok(error instanceof UnexpectedOutcome);
      assert.deepEqual(error.outcome.changes, ["create note (failed)"]);
      assert.match(error.message, /no create today/);
      return true;
    });
    const failure = await stack.failing.up();
    assert.ok(
      failure.messages.some(({ severity, text }) => severity === "error" && /no create today/.test(text)),
    );
    stack.setProgram(program({ text: "one" }));
    await assert.rejects(stack.failing.up(), /up succeeded/);
    assert.match(stack.output(), /no create today/);
  });

  it("renames, exports and imports a stack, and runs any command on it", async () => {
    await stack.up();
    await stack.rename("renamed");
    const state = await stack.export();
    assert.match((await stack.resource("note")).urn, /^urn:pulumi:renamed::users::/);
    assert.equal(
      (await stack.command("state", "delete", (await stack.resource("note")).urn, "--yes")).code,
      0,
    );
    assert.deepEqual(await stack.resourceNames(), []);
    await stack.importState(state);
    assert.deepEqual(await stack.resourceNames(), ["note"]);
    assert.doesNotMatch(await stack.stateText(), /marker-secret/);
  });

  it("leaves no folder behind", async () => {
    const commandLine = await openCommandLine({ env: {} });
    assert.equal((await commandLine.pulumi(["whoami"])).code, 0);
    await commandLine.close();
    assert.ok(!existsSync(commandLine.folder));
  });
});
