import assert from "node:assert/strict";
import {
  CreateUserCommand,
  DeleteUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  GetUserCommand,
  IAMClient,
  PutUserPermissionsBoundaryCommand,
  TagUserCommand,
  UntagUserCommand,
  UpdateUserCommand,
  type User,
} from "@aws-sdk/client-iam";
import { iam } from "../../sdk";
import { clientConfig } from "../local/start";
import { AN_HOUR_AGO, callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";

const UserName = "ann";
const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const POWER = "arn:aws:iam::aws:policy/PowerUserAccess";

describe("an IAM user that somebody changes behind Pulumi's back", () => {
  const begin = scenes();
  const full = () => ({
    uniqueId: new iam.User("deployer", {
      userName: UserName,
      path: "/ci/",
      permissionsBoundary: READ_ONLY,
      tags: { team: "build", stage: "test" },
    }).uniqueId,
  });
  const bare = () => void new iam.User("deployer", { userName: UserName });

  it("is shown as drift in a preview with refresh and repaired by an up with refresh, whatever differs", async () => {
    const { aws, stack } = await begin({ program: full });
    const somebody = new IAMClient(clientConfig(aws));
    await stack.up();
    const made = await somebody.send(new GetUserCommand({ UserName }));

    await somebody.send(new UpdateUserCommand({ UserName, NewPath: "/elsewhere/" }));
    await somebody.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary: POWER }));
    await somebody.send(new UntagUserCommand({ UserName, TagKeys: ["stage"] }));
    await somebody.send(
      new TagUserCommand({
        UserName,
        Tags: [
          { Key: "team", Value: "sales" },
          { Key: "new", Value: "1" },
        ],
      }),
    );

    assert.deepEqual((await stack.preview()).changes, []);
    const drift = await stack.preview({ refresh: true, diff: true });
    assert.deepEqual(drift.changes, ["update deployer"]);
    for (const seen of ["/elsewhere/", POWER, "sales", "new"]) assert.ok(drift.output.includes(seen), seen);

    const calls = await callsDuring(aws, async () => {
      assert.ok((await stack.up({ refresh: true })).changes.includes("update deployer"));
    });
    const writes = operationsOf(calls).filter((operation) => operation !== "GetUser");
    assert.deepEqual(writes, ["UpdateUser", "PutUserPermissionsBoundary", "UntagUser", "TagUser"]);
    const repaired = await somebody.send(new GetUserCommand({ UserName }));
    assert.deepEqual(sorted(repaired.User), sorted(made.User));
    assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);
  });

  it("loses what it was given, and gets back what it lost", async () => {
    const { aws, stack } = await begin({ program: bare });
    const somebody = new IAMClient(clientConfig(aws));
    await stack.up();
    await somebody.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary: POWER }));
    await somebody.send(new TagUserCommand({ UserName, Tags: [{ Key: "new", Value: "1" }] }));

    const { changes } = await stack.refresh();
    assert.deepEqual(changes, ["update deployer"]);
    const { inputs, outputs } = await stack.resource("deployer");
    for (const seen of [inputs, outputs]) {
      assert.equal(seen["permissionsBoundary"], POWER);
      assert.deepEqual(seen["tags"], { new: "1" });
    }
    assert.deepEqual((await stack.up()).changes, ["update deployer"]);
    const { User } = await somebody.send(new GetUserCommand({ UserName }));
    assert.equal(User?.PermissionsBoundary, undefined);
    assert.deepEqual(User?.Tags ?? [], []);

    stack.setProgram(full);
    await stack.up();
    await somebody.send(new DeleteUserPermissionsBoundaryCommand({ UserName }));
    await somebody.send(new UntagUserCommand({ UserName, TagKeys: ["stage", "team"] }));
    assert.ok((await stack.up({ refresh: true })).changes.includes("update deployer"));
    const after = await somebody.send(new GetUserCommand({ UserName }));
    assert.equal(after.User?.PermissionsBoundary?.PermissionsBoundaryArn, READ_ONLY);
    assert.equal(after.User?.Tags?.length, 2);
  });

  it("is made again when it was deleted", async () => {
    const { aws, stack } = await begin({ program: bare, aws: AN_HOUR_AGO });
    const somebody = new IAMClient(clientConfig(aws));
    await stack.up();
    await somebody.send(new DeleteUserCommand({ UserName }));

    const refreshed = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.preview({ refresh: true })).changes, ["create deployer"]);
    });
    assert.deepEqual(operationsOf(refreshed), ["GetUser NoSuchEntity", "GetUser NoSuchEntity"]);
    assert.ok((await stack.up({ refresh: true })).changes.includes("create deployer"));
    assert.deepEqual(idsAlive(aws), [UserName]);
  });

  it("says that an up without refresh cannot change a user that is gone", async () => {
    const { aws, stack } = await begin({ program: bare, aws: AN_HOUR_AGO });
    const somebody = new IAMClient(clientConfig(aws));
    await stack.up();
    await somebody.send(new DeleteUserCommand({ UserName }));
    stack.setProgram(full);
    const { output } = await stack.failing.up();
    assert.match(
      output,
      /updating IAM user "ann": it does not exist any more in AWS\. Run pulumi up --refresh/,
    );
    assert.ok((await stack.up({ refresh: true })).changes.includes("create deployer"));
  });

  it("is left alone by everything when it was deleted and made again by somebody", async () => {
    const { aws, stack } = await begin({ program: bare });
    const somebody = new IAMClient(clientConfig(aws));
    await stack.up();
    await somebody.send(new DeleteUserCommand({ UserName }));
    await somebody.send(new CreateUserCommand({ UserName, Path: "/theirs/" }));

    const preview = await stack.preview({ refresh: true });
    assert.deepEqual(preview.changes, ["create deployer"]);
    assert.match(
      preview.output,
      /IAM user "ann" was deleted and made again by somebody: the new one is left alone/,
    );

    stack.setProgram(full);
    const update = await callsDuring(aws, async () => {
      const { output } = await stack.failing.up();
      assert.match(output, /somebody deleted it and made another of the same name, which is left alone/);
    });
    assert.deepEqual(operationsOf(update), ["GetUser"]);

    const destroy = await callsDuring(aws, async () => {
      assert.match((await stack.destroy()).output, /made again by somebody/);
    });
    assert.deepEqual(operationsOf(destroy), ["GetUser"]);
    assert.deepEqual(await stack.resourceNames(), []);
    const { User } = await somebody.send(new GetUserCommand({ UserName }));
    assert.equal(User?.Path, "/theirs/");
  });
});

/** A user whose tags are in an order that does not depend on when they were written. */
function sorted(user: User | undefined) {
  return { ...user, Tags: user?.Tags?.toSorted((a, b) => String(a.Key).localeCompare(String(b.Key))) };
}
