import assert from "node:assert/strict";
import type * as pulumi from "@pulumi/pulumi";
import { iam } from "../../sdk";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";

const DELETED_FIRST = ["delete-replaced deployer", "replace deployer", "create-replacement deployer"];

describe("a user with resource options", () => {
  const begin = scenes();
  const ann = (options: pulumi.CustomResourceOptions = {}, args: iam.UserArgs = {}) => {
    return () => void new iam.User("deployer", { userName: "ann", ...args }, options);
  };

  it("is replaced by force with deleteBeforeReplace, and keeps its automatic name", async () => {
    const program = () => void new iam.User("deployer", {}, { deleteBeforeReplace: true });
    const { aws, stack } = await begin({ program });
    await stack.up();
    const { id, urn, outputs } = await stack.resource("deployer");
    const calls = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up({ replace: [urn] })).changes, DELETED_FIRST);
    });
    const writes = operationsOf(calls).filter((operation) => !operation.startsWith("Get"));
    assert.deepEqual(writes, ["DeleteUser", "CreateUser"]);
    assert.deepEqual(idsAlive(aws), [id]);
    assert.notEqual((await stack.resource("deployer")).outputs["uniqueId"], outputs["uniqueId"]);
  });

  it("is deleted first where replaceOnChanges replaces it and its name stays", async () => {
    const { aws, stack } = await begin({ program: ann({ replaceOnChanges: ["path"] }) });
    await stack.up();
    stack.setProgram(ann({ replaceOnChanges: ["path"] }, { path: "/ci/" }));
    assert.deepEqual((await stack.up()).changes, DELETED_FIRST);
    assert.deepEqual(idsAlive(aws), ["ann"]);
  });

  it("is not deleted while it is protected", async () => {
    const { aws, stack } = await begin({ program: ann({ protect: true }) });
    await stack.up();
    const calls = await callsDuring(aws, async () => {
      assert.match((await stack.failing.destroy()).output, /protected/);
    });
    assert.deepEqual(calls, []);
    stack.setProgram(ann());
    await stack.up();
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });

  it("stays in AWS with retainOnDelete", async () => {
    const { aws, stack } = await begin({ program: ann({ retainOnDelete: true }) });
    await stack.up();
    assert.deepEqual(await callsDuring(aws, () => stack.destroy()), []);
    assert.deepEqual(idsAlive(aws), ["ann"]);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("is not asked of AWS when it goes with another resource", async () => {
    const program = () => {
      const account = new iam.User("account", { userName: "account" });
      new iam.User("member", { userName: "member" }, { deletedWith: account });
    };
    const { aws, stack } = await begin({ program });
    await stack.up();
    const calls = await callsDuring(aws, () => stack.destroy());
    const deleted = calls.filter(({ operation }) => operation === "DeleteUser");
    assert.deepEqual(
      deleted.map(({ parameters }) => parameters["UserName"]),
      ["account"],
    );
  });

  it("takes its time-outs from customTimeouts where it declares none itself", async () => {
    const options = { customTimeouts: { create: "3m", delete: "4m" } };
    const { stack } = await begin({ program: ann(options, { timeouts: { create: "90s" } }) });
    await stack.up();
    const { outputs } = await stack.resource("deployer");
    assert.deepEqual(outputs["timeouts"], { create: "90s", delete: "4m" });
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
  });

  it("refuses to be imported or looked up by an option, and says what works instead", async () => {
    const { aws, stack } = await begin({ program: ann({ import: "ann" }) });
    const { output } = await stack.failing.preview();
    assert.match(output, /User "deployer": .*the resource options import and id do not work for users/);
    assert.match(output, /adoptExisting: true.*pulumi import --file/);
    stack.setProgram(ann({ id: "ann" }));
    assert.match((await stack.failing.preview()).output, /the resource options import and id do not work/);
    assert.deepEqual(aws.calls(), []);
  });
});
