import assert from "node:assert/strict";
import { rekognition } from "../../sdk";
import { somebodyIn } from "./faces";
import { callsDuring, operationsOf, scenes } from "./fixtures";
import { differing, writesAmong } from "./observed";

const UserId = "ann";
const AT_ONCE = { createMs: 0, modifyMs: 0, deleteMs: 0 };

describe("the faces of a Rekognition user in a stack", () => {
  const begin = scenes();
  const ann =
    (args: Partial<rekognition.UserArgs> = {}) =>
    () => {
      const user = new rekognition.User("ann", { collectionId: "lobby", userId: UserId, ...args });
      return { status: user.status, faceIds: user.faceIds };
    };

  for (const statusWithout of ["CREATED", "ACTIVE"] as const) {
    it(`are given to it, changed in place and taken from it again, which leaves it ${statusWithout}`, async () => {
      const { aws, stack } = await begin({ program: ann(), aws: { pageSize: 2, faces: { statusWithout } } });
      const somebody = await somebodyIn(aws);
      const [a = "", b = "", c = "", d = ""] = await somebody.index("1", "2", "3", "4");

      stack.setProgram(ann({ faceIds: [c, a, b] }));
      const { outputs } = await stack.up();
      assert.deepEqual(outputs, { status: "ACTIVE", faceIds: [c, a, b] });
      assert.deepEqual(await somebody.faces(UserId), [a, b, c].sort());

      stack.setProgram(ann({ faceIds: [b, c, a] }));
      const idle = await callsDuring(aws, async () => {
        assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
      });
      assert.deepEqual(idle, []);

      stack.setProgram(ann({ faceIds: [d, b] }));
      const changed = await callsDuring(aws, async () => {
        assert.deepEqual((await stack.up()).changes, ["update ann"]);
      });
      assert.deepEqual(
        writesAmong(changed).map(([operation, { FaceIds }]) => [
          operation,
          [...(FaceIds as string[])].sort(),
        ]),
        [
          ["DisassociateFaces", [a, c].sort()],
          ["AssociateFaces", [d]],
        ],
      );

      stack.setProgram(ann({ faceIds: [] }));
      assert.equal((await stack.up()).outputs["status"], statusWithout);
      assert.deepEqual(await somebody.faces(UserId), []);
      assert.deepEqual(await somebody.faces(), [a, b, c, d].sort());
    });
  }

  it("are asked for in one call and listed page by page, and a hundred of them are all seen", async () => {
    const { aws, stack } = await begin({ program: ann(), aws: { pageSize: 30, transitions: AT_ONCE } });
    const somebody = await somebodyIn(aws);
    const faceIds = await somebody.index(...Array.from({ length: 100 }, (_, index) => `${index}`));
    stack.setProgram(ann({ faceIds }));
    const calls = await callsDuring(aws, () => stack.up());
    assert.deepEqual(operationsOf(calls), [
      "CreateUser",
      "ListUsers",
      "AssociateFaces",
      "ListUsers",
      ...Array.from({ length: 4 }, () => "ListFaces"),
    ]);
    assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);
  });

  it("that it cannot get leave it half made; the next up gives it the rest, with a lower threshold where need be", async () => {
    const { aws, stack } = await begin({
      program: ann(),
      aws: { transitions: AT_ONCE, faces: { confidence: { blurred: 60 } } },
    });
    const somebody = await somebodyIn(aws);
    const [a = "", taken = "", blurred = ""] = await somebody.index("1", "2", "blurred");
    await somebody.createUser("bob");
    await somebody.associate("bob", taken);
    stack.setProgram(ann({ faceIds: [a, taken] }));
    const { output } = await stack.failing.up();
    assert.match(
      output,
      new RegExp(
        `creating Rekognition user "lobby/ann": 1 of 2 faces could not be associated \\(${taken}: ` +
          'ASSOCIATED_TO_A_DIFFERENT_USER "lobby/bob"\\)',
      ),
    );
    assert.deepEqual((await stack.resource("ann")).outputs["faceIds"], [a]);

    await somebody.disassociate("bob", taken);
    assert.deepEqual((await stack.up()).changes, ["update ann"]);
    assert.deepEqual(await somebody.faces(UserId), [a, taken].sort());

    stack.setProgram(ann({ faceIds: [a, taken, blurred] }));
    assert.match((await stack.failing.up()).output, new RegExp(`${blurred}: LOW_MATCH_CONFIDENCE 60`));
    // A refresh forgets that the update failed: what is missing must be found all the same.
    await stack.refresh();
    stack.setProgram(ann({ faceIds: [a, taken, blurred], userMatchThreshold: 50 }));
    assert.deepEqual((await stack.up()).changes, ["update ann"]);
    assert.deepEqual(await somebody.faces(UserId), [a, taken, blurred].sort());

    stack.setProgram(ann({ faceIds: [a, taken, blurred], userMatchThreshold: 90 }));
    const calls = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up()).changes, ["update ann"]);
    });
    assert.deepEqual(operationsOf(calls), ["ListUsers", "ListFaces"]);
  });

  it("that somebody gives or takes are drift, which preview shows and up repairs; undeclared ones are not", async () => {
    const { aws, stack } = await begin({ program: ann(), aws: { transitions: AT_ONCE } });
    const somebody = await somebodyIn(aws);
    const [a = "", b = "", c = ""] = await somebody.index("1", "2", "3");
    stack.setProgram(ann({ faceIds: [a, b] }));
    await stack.up();
    await somebody.disassociate(UserId, a);
    await somebody.associate(UserId, c);
    const drifted = await stack.preview({ refresh: true });
    assert.deepEqual(drifted.changes, ["update ann"]);
    assert.deepEqual(differing(drifted.steps), ["faceIds"]);
    assert.deepEqual((await stack.up({ refresh: true })).changes, ["update ann"]);
    assert.deepEqual(await somebody.faces(UserId), [a, b].sort());

    stack.setProgram(ann());
    assert.deepEqual((await stack.up()).changes, ["update ann"]);
    assert.deepEqual(await somebody.faces(UserId), [a, b].sort());
    await somebody.associate(UserId, c);
    const unmanaged = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);
    });
    assert.deepEqual(operationsOf(unmanaged), ["ListUsers"]);

    stack.setProgram(ann({ faceIds: [] }));
    assert.deepEqual((await stack.up()).changes, ["update ann"]);
    assert.deepEqual(await somebody.faces(UserId), []);
    await somebody.associate(UserId, c);
    assert.deepEqual((await stack.up({ refresh: true })).changes, ["update ann"]);
    assert.deepEqual(await somebody.faces(UserId), []);
  });

  it("are previewed when they are not known yet, and refused in preview when one is named twice", async () => {
    const { aws, stack } = await begin({ program: ann() });
    const somebody = await somebodyIn(aws);
    const [a = ""] = await somebody.index("1");
    stack.setProgram(ann({ faceIds: [a] }));
    await stack.up();
    stack.setProgram(ann({ faceIds: [a, a] }));
    assert.match((await stack.failing.preview()).output, /faceIds must not name a face twice/);
    stack.setProgram(() => {
      const bob = new rekognition.User("bob", { collectionId: "lobby", userId: "bob" });
      return ann({ faceIds: [bob.status.apply(() => a)] })();
    });
    assert.deepEqual((await stack.preview()).changes.toSorted(), ["create bob", "update ann"]);
    assert.deepEqual((await stack.up()).changes, ["create bob"]);
  });
});
