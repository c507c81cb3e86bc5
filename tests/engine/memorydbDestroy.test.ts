import assert from "node:assert/strict";
import {
  CreateACLCommand,
  DeleteUserCommand,
  DescribeACLsCommand,
  MemoryDBClient,
  UpdateUserCommand,
} from "@aws-sdk/client-memorydb";
import { memorydb } from "../../sdk";
import { clientConfig, manualClock } from "../local/start";
import { inCallTime } from "./callTime";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";

describe("the destroy of a MemoryDB user", () => {
  const begin = scenes();
  const user = (name: string, args: Partial<memorydb.UserArgs> = {}) =>
    new memorydb.User(name, {
      userName: name,
      accessString: "on ~* &* +@all",
      authentication: { type: "iam" },
      ...args,
    });
  const ann = () => void user("ann");
  const aws = { transitions: { createMs: 0, modifyMs: 2_500, deleteMs: 3_500, groupMs: 20_000 } };

  it("asks once, then looks until AWS says that the user is gone, and no more", async () => {
    const { aws: local, stack } = await inCallTime(begin, { program: ann, aws });
    await stack.up();
    const calls = await callsDuring(local, async () => {
      assert.deepEqual((await stack.destroy()).changes, ["delete ann"]);
    });
    assert.deepEqual(operationsOf(calls), [
      "DeleteUser",
      "DescribeUsers",
      "DescribeUsers",
      "DescribeUsers",
      "DescribeUsers UserNotFoundFault",
    ]);
    assert.deepEqual(idsAlive(local), []);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("is done when somebody has deleted the user before", async () => {
    const { aws: local, stack } = await begin({ program: ann });
    await stack.up();
    await new MemoryDBClient(clientConfig(local)).send(new DeleteUserCommand({ UserName: "ann" }));
    const calls = await callsDuring(local, async () => {
      assert.deepEqual((await stack.destroy()).changes, ["delete ann"]);
    });
    assert.ok(operationsOf(calls).includes("DescribeUsers UserNotFoundFault"));
    assert.deepEqual(idsAlive(local), []);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("waits for a change of the user that is under way", async () => {
    const { aws: local, stack } = await inCallTime(begin, { program: ann, aws });
    await stack.up();
    const AccessString = "on ~app:* +@read";
    await new MemoryDBClient(clientConfig(local)).send(
      new UpdateUserCommand({ UserName: "ann", AccessString }),
    );
    const calls = operationsOf(await callsDuring(local, () => stack.destroy()));
    assert.equal(calls[0], "DeleteUser InvalidUserStateFault");
    assert.equal(calls.filter((call) => call === "DeleteUser").length, 1);
    assert.equal(calls.at(-1), "DescribeUsers UserNotFoundFault");
    assert.deepEqual(idsAlive(local), []);
  });

  it("deletes two users of one ACL together and leaves the ACL to AWS", async () => {
    const program = () => {
      user("ann");
      user("bob");
    };
    const { aws: local, stack } = await begin({ program });
    const client = new MemoryDBClient(clientConfig(local));
    await stack.up();
    await client.send(new CreateACLCommand({ ACLName: "team", UserNames: ["ann", "bob"] }));
    await stack.refresh();
    assert.deepEqual((await stack.resource("ann")).outputs["aclNames"], ["team"]);

    const calls = await callsDuring(local, async () => {
      const { changes } = await stack.destroy();
      assert.deepEqual([...changes].sort(), ["delete ann", "delete bob"]);
    });
    assert.deepEqual([...new Set(calls.map(({ operation }) => operation))].sort(), [
      "DeleteUser",
      "DescribeUsers",
    ]);
    assert.deepEqual(idsAlive(local), []);
    const { ACLs } = await client.send(new DescribeACLsCommand({ ACLName: "team" }));
    assert.deepEqual(ACLs?.[0]?.UserNames, []);
  });

  it("ends at the time-out with what was last seen, loses nothing, and the next one completes", async () => {
    const clock = manualClock();
    const { aws: local, stack } = await begin({
      program: () => void user("ann", { timeouts: { delete: "1s" } }),
      aws: { now: clock.now, transitions: { createMs: 0, modifyMs: 1, deleteMs: 0 } },
    });
    await stack.up();
    const AccessString = "on ~app:* +@read";
    await new MemoryDBClient(clientConfig(local)).send(
      new UpdateUserCommand({ UserName: "ann", AccessString }),
    );
    const { output } = await stack.failing.destroy();
    assert.match(
      output,
      /deleting MemoryDB user "ann": waited \d+(\.\d)? s for AWS to accept the deletion; /,
    );
    assert.match(output, /last seen: DeleteUser answered InvalidUserStateFault: .*status modifying/);
    assert.deepEqual(await stack.resourceNames(), ["ann"]);
    assert.deepEqual(idsAlive(local), ["ann"]);

    clock.pass(1);
    assert.deepEqual((await stack.destroy()).changes, ["delete ann"]);
    assert.deepEqual(idsAlive(local), []);
  });
});
