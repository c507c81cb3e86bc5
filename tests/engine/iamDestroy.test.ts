import assert from "node:assert/strict";
import { DeleteUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { iam } from "../../sdk";
import { clientConfig } from "../local/start";
import { AN_HOUR_AGO, callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";

describe("destroying an IAM user", () => {
  const begin = scenes();
  const program = () => void new iam.User("deployer", { userName: "ann" });

  it("asks who it is, deletes it, and looks until two look-ups in a row miss it", async () => {
    const { aws, stack } = await begin({ program });
    await stack.up();
    const calls = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.destroy()).changes, ["delete deployer"]);
    });
    assert.deepEqual(operationsOf(calls), [
      "GetUser",
      "DeleteUser",
      "GetUser NoSuchEntity",
      "GetUser NoSuchEntity",
    ]);
    assert.deepEqual(idsAlive(aws), []);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("goes on looking while reads lag behind the deletion", async () => {
    const { aws, stack } = await begin({ program, aws: { iamLagMs: 1500 } });
    await stack.up();
    const calls = await callsDuring(aws, () => stack.destroy());
    const [first, second, ...looks] = operationsOf(calls);
    assert.deepEqual([first, second], ["GetUser", "DeleteUser"]);
    assert.deepEqual(looks.slice(-2), ["GetUser NoSuchEntity", "GetUser NoSuchEntity"]);
    assert.ok(looks.length > 2 && looks.slice(0, -2).every((look) => look === "GetUser"), String(looks));
  });

  it("is done at once when the user is not there any more", async () => {
    const { aws, stack } = await begin({ program, aws: AN_HOUR_AGO });
    await stack.up();
    await new IAMClient(clientConfig(aws)).send(new DeleteUserCommand({ UserName: "ann" }));
    const calls = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.destroy()).changes, ["delete deployer"]);
    });
    assert.deepEqual(operationsOf(calls), ["GetUser NoSuchEntity", "GetUser NoSuchEntity"]);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("goes on through throttled calls, cut connections and conflicts that pass", async () => {
    const { aws, stack } = await begin({ program });
    await stack.up();
    aws.addFaults(
      { operation: "DeleteUser", calls: [1], error: { code: "Throttling" } },
      { operation: "DeleteUser", calls: [2], reset: "before" },
      { operation: "DeleteUser", calls: [3], error: { code: "DeleteConflict" } },
      { operation: "DeleteUser", calls: [4], error: { code: "ConcurrentModification" } },
      { operation: "DeleteUser", calls: [5], reset: "after" },
      { operation: "GetUser", calls: [2], error: { code: "ServiceFailure" } },
    );
    const calls = await callsDuring(aws, () => stack.destroy());
    assert.equal(calls.filter(({ operation }) => operation === "DeleteUser").length, 6);
    assert.deepEqual(idsAlive(aws), []);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("loses nothing when it is denied, and says which action to allow", async () => {
    const { aws, stack } = await begin({ program });
    await stack.up();
    aws.addFaults({ operation: "DeleteUser", calls: [1], error: { code: "AccessDenied" } });
    const calls = await callsDuring(aws, async () => {
      const { output } = await stack.failing.destroy();
      assert.match(output, /deleting IAM user "ann": access was denied to iam:DeleteUser/);
    });
    assert.deepEqual(operationsOf(calls), ["GetUser", "DeleteUser AccessDenied"]);
    assert.deepEqual(await stack.resourceNames(), ["deployer"]);
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });

  it("ends at its time-out with what it waited for, and the next run goes on", async () => {
    const impatient = () => void new iam.User("deployer", { userName: "ann", timeouts: { delete: "1s" } });
    const { aws, stack } = await begin({ program: impatient });
    await stack.up();
    const slowConflict = { error: { code: "ConcurrentModification" }, delayMs: 1200 };
    aws.addFaults({ operation: "DeleteUser", calls: [1], ...slowConflict });
    const { output } = await stack.failing.destroy();
    assert.match(
      output,
      /deleting IAM user "ann": waited [\d.]+ s for AWS to accept the deletion; last seen: /,
    );
    assert.match(output, /ConcurrentModification/);
    assert.deepEqual(await stack.resourceNames(), ["deployer"]);
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });
});
