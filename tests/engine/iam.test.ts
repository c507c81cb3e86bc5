import assert from "node:assert/strict";
import { iam } from "../../sdk";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";
import type { Step } from "./harness";

const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const POWER = "arn:aws:iam::aws:policy/PowerUserAccess";

describe("an IAM user in a stack", () => {
  const begin = scenes();
  const ann = (args: iam.UserArgs) => () => {
    const user = new iam.User("deployer", { userName: "ann", ...args });
    return { arn: user.arn, uniqueId: user.uniqueId, tagsAll: user.tagsAll, created: user.createDate };
  };

  it("is previewed without a call, created with one, and left alone as long as nothing changes", async () => {
    const program = ann({ path: "/ci/", permissionsBoundary: READ_ONLY, tags: { team: "build" } });
    const { aws, stack } = await begin({ program });

    const preview = await stack.preview();
    assert.deepEqual(preview.changes, ["create deployer"]);
    assert.deepEqual(aws.calls(), []);

    const made = await callsDuring(aws, async () => {
      const { changes, outputs } = await stack.up();
      assert.deepEqual(changes, ["create deployer"]);
      assert.equal(outputs["arn"], "arn:aws:iam::123456789012:user/ci/ann");
      assert.match(String(outputs["uniqueId"]), /^AIDA/);
      assert.match(String(outputs["created"]), /^\d{4}-\d\d-\d\dT/);
      assert.deepEqual(outputs["tagsAll"], { team: "build" });
    });
    assert.deepEqual(operationsOf(made), ["CreateUser", "GetUser"]);
    assert.deepEqual(made[0]?.parameters, {
      UserName: "ann",
      Path: "/ci/",
      PermissionsBoundary: READ_ONLY,
      Tags: [{ Key: "team", Value: "build" }],
    });
    assert.equal((await stack.resource("deployer")).id, "ann");

    const idle = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
    });
    assert.deepEqual(idle, []);
  });

  const updates: readonly {
    readonly title: string;
    readonly args: iam.UserArgs;
    readonly differs: readonly string[];
    readonly calls: readonly string[];
  }[] = [
    { title: "another path", args: { path: "/b/" }, differs: ["path"], calls: ["UpdateUser"] },
    {
      title: "the default path, and a boundary",
      args: { permissionsBoundary: READ_ONLY },
      differs: ["path", "permissionsBoundary"],
      calls: ["UpdateUser", "PutUserPermissionsBoundary"],
    },
    {
      title: "another boundary",
      args: { permissionsBoundary: POWER },
      differs: ["permissionsBoundary"],
      calls: ["PutUserPermissionsBoundary"],
    },
    {
      title: "no boundary any more, but tags",
      args: { tags: { gone: "1", changed: "1", kept: "1" } },
      differs: ["permissionsBoundary", "tags", "tagsAll"],
      calls: ["DeleteUserPermissionsBoundary", "TagUser"],
    },
    {
      title: "one tag gone, one changed, one added",
      args: { tags: { changed: "2", kept: "1", added: "1" } },
      differs: ["tags", "tagsAll"],
      calls: ["UntagUser", "TagUser"],
    },
    { title: "no tags any more", args: {}, differs: ["tags", "tagsAll"], calls: ["UntagUser"] },
  ];

  it("is updated in place, by exactly the calls that a change needs", async () => {
    const { aws, stack } = await begin({ program: ann({}) });
    const { uniqueId } = (await stack.up()).outputs;
    for (const { title, args, differs, calls } of updates) {
      stack.setProgram(ann(args));
      const made = await callsDuring(aws, async () => {
        const { changes, steps, outputs } = await stack.up({ diff: true });
        assert.deepEqual(changes, ["update deployer"], title);
        assert.deepEqual(propertiesOf(steps[0]), differs, title);
        assert.equal(outputs["uniqueId"], uniqueId, title);
      });
      assert.deepEqual(operationsOf(made), ["GetUser", ...calls, "GetUser"], title);
    }
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
  });

  it("keeps what only its deletion reads up to date in the state, without a call that changes it", async () => {
    const { aws, stack } = await begin({ program: ann({}) });
    await stack.up();
    for (const args of [{ forceDestroy: { accessKeys: true } }, { timeouts: { delete: "5m" } }]) {
      stack.setProgram(ann(args));
      const made = await callsDuring(aws, async () => {
        assert.deepEqual((await stack.up()).changes, ["update deployer"]);
      });
      assert.deepEqual(operationsOf(made), ["GetUser"]);
      const { outputs } = await stack.resource("deployer");
      for (const [key, value] of Object.entries(args)) assert.deepEqual(outputs[key], value);
    }
  });

  it("is replaced when its name changes, the new user first", async () => {
    const { aws, stack } = await begin({ program: ann({}) });
    await stack.up();
    stack.setProgram(ann({ userName: "bob" }));
    const preview = await stack.preview({ diff: true });
    assert.deepEqual(preview.changes, [
      "create-replacement deployer",
      "replace deployer",
      "delete-replaced deployer",
    ]);
    assert.deepEqual(preview.steps.find(({ op }) => op === "replace")?.replaceKeys, ["userName"]);

    const made = await callsDuring(aws, () => stack.up());
    const writes = made.filter(({ operation }) => !operation.startsWith("Get"));
    assert.deepEqual(
      writes.map(({ operation, parameters }) => `${operation} ${parameters["UserName"]}`),
      ["CreateUser bob", "DeleteUser ann"],
    );
    assert.deepEqual(idsAlive(aws), ["bob"]);
  });

  it("is replaced after its deletion when only the case of its name changes", async () => {
    const { aws, stack } = await begin({ program: ann({}) });
    await stack.up();
    stack.setProgram(ann({ userName: "Ann" }));
    assert.deepEqual((await stack.up()).changes, [
      "delete-replaced deployer",
      "replace deployer",
      "create-replacement deployer",
    ]);
    assert.deepEqual(idsAlive(aws), ["Ann"]);
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
  });
});

/** The properties in which a step changes something; the detailed difference has a path for each tag. */
function propertiesOf(step: Step | undefined): string[] {
  const paths = Object.keys(step?.detailedDiff ?? {});
  return [...new Set(paths.map((path) => path.replace(/[.[].*/, "")))].toSorted();
}
