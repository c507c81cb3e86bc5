import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { memorydb } from "../../sdk";
import { idsAlive, type Scene, scenes } from "./fixtures";

const MARKER = "marker-never-to-be-seen";
const OTHER = "other-never-to-be-seen";

describe("the passwords of a user", () => {
  const begin = scenes();
  const reader = (passwords: pulumi.Input<pulumi.Input<string>[]>, accessString = "on ~* +@all") => {
    return () => {
      const authentication = { type: "password", passwords } as const;
      return { user: new memorydb.User("reader", { userName: "reader", accessString, authentication }) };
    };
  };

  /** Neither an operation's output nor a state on disk may hold a password. */
  async function assertUnseen({ stack }: Scene): Promise<void> {
    const shown = `${stack.output()}\n${await stack.stateText()}`;
    for (const text of [MARKER, OTHER, Buffer.from(MARKER).toString("base64")]) {
      assert.ok(!shown.includes(text), shown.slice(Math.max(0, shown.indexOf(text) - 500)));
    }
  }

  /** What the engine decrypts from the state. */
  async function passwordsInState({ stack }: Scene, kind: "inputs" | "outputs"): Promise<string> {
    return JSON.stringify((await stack.resource("reader"))[kind]["authentication"]);
  }

  it("are in no output and only encrypted in the state, through a whole life", async () => {
    const scene = await begin({ program: reader([MARKER]) });
    const { aws, stack } = scene;
    await stack.preview({ diff: true });
    await stack.up({ diff: true });
    await assertUnseen(scene);
    for (const kind of ["inputs", "outputs"] as const) {
      assert.match(await passwordsInState(scene, kind), new RegExp(MARKER));
    }

    stack.setProgram(reader([OTHER, pulumi.secret(MARKER)], "on ~app:* +@read"));
    const { changes } = await stack.up({ diff: true });
    assert.deepEqual(changes, ["update reader"]);
    await stack.refresh();
    assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);
    assert.match(await passwordsInState(scene, "outputs"), new RegExp(OTHER));
    await assertUnseen(scene);
    assert.ok(!JSON.stringify(aws.calls()).includes(MARKER));
    await stack.destroy();
    await assertUnseen(scene);
  });

  it("are not shown by a check that refuses them", async () => {
    const scene = await begin({ program: reader([`${MARKER} with a space`, OTHER]) });
    const { output } = await scene.stack.failing.preview({ diff: true });
    assert.match(output, /authentication\.passwords\[0\] must consist of printable ASCII characters/);
    scene.stack.setProgram(reader([MARKER, MARKER]));
    assert.match(
      (await scene.stack.failing.up()).output,
      /authentication\.passwords must be two different passwords/,
    );
    await assertUnseen(scene);
  });

  it("are not shown by a creation, update, refresh or deletion that fails", async () => {
    const scene = await begin({ program: reader([MARKER]) });
    const { aws, stack } = scene;
    const deny = (operation: string) =>
      aws.addFaults({ operation, calls: [1], error: { code: "AccessDeniedException" } });

    deny("CreateUser");
    assert.match((await stack.failing.up({ diff: true })).output, /denied to memorydb:CreateUser/);
    await assertUnseen(scene);

    deny("DescribeUsers");
    assert.match((await stack.failing.up({ diff: true })).output, /denied to memorydb:DescribeUsers/);
    assert.deepEqual(await stack.resourceNames(), ["reader"]);
    await assertUnseen(scene);

    stack.setProgram(reader([OTHER]));
    deny("UpdateUser");
    assert.match((await stack.failing.up({ diff: true })).output, /denied to memorydb:UpdateUser/);
    await assertUnseen(scene);

    deny("DescribeUsers");
    await stack.failing.refresh();
    deny("DeleteUser");
    await stack.failing.destroy();
    await assertUnseen(scene);

    assert.deepEqual((await stack.up()).changes, ["update reader"]);
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
    await assertUnseen(scene);
  });
});
