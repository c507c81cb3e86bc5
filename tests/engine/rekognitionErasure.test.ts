import assert from "node:assert/strict";
import { DeleteUserCommand } from "@aws-sdk/client-rekognition";
import { rekognition } from "../../sdk";
import { inCallTime } from "./callTime";
import { somebodyIn } from "./faces";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";

const AT_ONCE = { createMs: 0, modifyMs: 0, deleteMs: 0 };

describe("the faces of a Rekognition user that is destroyed", () => {
  const begin = scenes();
  const user = (userId: string, args: Partial<rekognition.UserArgs> = {}) =>
    void new rekognition.User("user", { collectionId: "lobby", userId, ...args });
  const nothing = () => {};

  it("stay in the collection, free for another user of the stack", async () => {
    const { aws, stack } = await begin({ program: nothing, aws: { transitions: AT_ONCE } });
    const somebody = await somebodyIn(aws);
    const faceIds = await somebody.index("1", "2");
    stack.setProgram(() => user("ann", { faceIds }));
    await stack.up();
    const calls = await callsDuring(aws, () => stack.destroy());
    assert.deepEqual(operationsOf(calls), ["DeleteUser", "ListUsers"]);
    assert.deepEqual(await somebody.faces(), [...faceIds].sort());
    stack.setProgram(() => user("bob", { faceIds }));
    await stack.up();
    assert.deepEqual(await somebody.faces("bob"), [...faceIds].sort());
  });

  it("are deleted after it with forceDestroy, whoever gave them to it, and nobody else's are touched", async () => {
    const { aws, stack } = await inCallTime(begin, {
      program: nothing,
      aws: { transitions: { createMs: 0, modifyMs: 5_500, deleteMs: 2_500 }, pageSize: 2 },
    });
    const somebody = await somebodyIn(aws);
    const [mine = "", given = "", taken = "", free = ""] = await somebody.index("1", "2", "3", "4");
    await somebody.createUser("bob");
    await somebody.associate("bob", taken);
    stack.setProgram(() => user("ann", { faceIds: [mine], forceDestroy: true }));
    await stack.up();
    await somebody.associate("ann", given);

    const calls = await callsDuring(aws, () => stack.destroy());
    const operations = operationsOf(calls);
    assert.ok(operations.includes("DeleteUser ConflictException"), "the user was still UPDATING");
    assert.ok(operations.indexOf("ListFaces") < operations.indexOf("DeleteUser"));
    assert.equal(operations.at(-1), "DeleteFaces");
    assert.deepEqual(calls.at(-1)?.parameters["FaceIds"], [mine, given].sort());
    assert.deepEqual(await somebody.faces(), [taken, free].sort());
    assert.deepEqual(await somebody.faces("bob"), [taken]);
    assert.deepEqual(idsAlive(aws), ["bob"]);
  });

  it("are named with the way on when they cannot be deleted, and the next run deletes those that are still free", async () => {
    const { aws, stack } = await begin({
      program: nothing,
      aws: {
        transitions: AT_ONCE,
        faults: [{ operation: "DeleteFaces", calls: [1], error: { code: "AccessDeniedException" } }],
      },
    });
    const somebody = await somebodyIn(aws);
    const [a = "", b = ""] = (await somebody.index("1", "2")).sort();
    stack.setProgram(() => user("ann", { faceIds: [a, b], forceDestroy: true }));
    await stack.up();
    const { output } = await stack.failing.destroy();
    assert.match(
      output,
      /deleting Rekognition user "lobby\/ann": the user is gone, but not all .* denied to rekognition:DeleteFaces/,
    );
    assert.ok(
      output.includes(
        `aws rekognition delete-faces --region us-east-1 --collection-id lobby --face-ids ${a} ${b}`,
      ),
    );
    assert.deepEqual(await stack.resourceNames(), ["user"]);

    await somebody.createUser("bob");
    await somebody.associate("bob", a);
    const { output: second } = await stack.destroy();
    assert.ok(second.includes(`face ${a} belongs to Rekognition user "lobby/bob" by now: it is left alone`));
    assert.deepEqual(await somebody.faces(), [a]);
    assert.deepEqual(await somebody.faces("bob"), [a]);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("are deleted when the environment names the user for one run, also when somebody has deleted the user", async () => {
    const { aws, stack } = await begin({ program: nothing, aws: { transitions: AT_ONCE } });
    const somebody = await somebodyIn(aws);
    const deleteUser = () =>
      somebody.client.send(new DeleteUserCommand({ CollectionId: "lobby", UserId: "ann" }));
    stack.setEnvironment({ PULUMI_AWS_USERS_FORCE_DESTROY: "lobby/ann" });
    for (const before of [async () => {}, deleteUser]) {
      const [face = ""] = await somebody.index("1");
      stack.setProgram(() => user("ann", { faceIds: [face] }));
      await stack.up();
      await before();
      await stack.destroy();
      assert.deepEqual(await somebody.faces(), []);
    }
  });

  it("go over to its replacement, and are no more erased than in an update", async () => {
    const { aws, stack } = await begin({ program: nothing, aws: { transitions: AT_ONCE } });
    const somebody = await somebodyIn(aws);
    const [a = "", b = ""] = await somebody.index("1", "2");
    stack.setProgram(() => user("ann", { faceIds: [a, b], forceDestroy: true }));
    await stack.up();
    stack.setProgram(() => user("anna", { faceIds: [a], forceDestroy: true }));
    const { changes, output } = await stack.up();
    assert.deepEqual(changes, ["delete-replaced user", "replace user", "create-replacement user"]);
    assert.ok(
      output.includes(`keeping 1 face (${a}) of Rekognition user "lobby/ann", declared by the program`),
    );
    assert.deepEqual(await somebody.faces("anna"), [a]);
    assert.deepEqual(await somebody.faces(), [a]);
    await stack.destroy({ runProgram: true });
    assert.deepEqual(await somebody.faces(), []);
  });
});
