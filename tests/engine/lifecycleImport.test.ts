import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { iam } from "../../sdk";
import { clientConfig } from "../local/start";
import { skipBecause } from "../skip";
import { callsDuring, idsAlive, scenes } from "./fixtures";
import { tooOldToImport } from "./importFiles";

/** The text by which every state finds the provider; it may never change. */
const PROVIDER = 'exports.handler=()=>require("pulumi-aws-users/provider").iam';

describe("importing users by a file", () => {
  const begin = scenes();

  it("takes users into the state that exist in AWS, without a change to them", async function () {
    const { aws, stack } = await begin({
      program: () => void new iam.User("deployer", { userName: "ann", path: "/ci/" }),
    });
    const tooOld = tooOldToImport((await stack.command("version")).stdout);
    if (tooOld !== undefined) skipBecause(this, tooOld);
    const somebody = new IAMClient(clientConfig(aws));
    const { User } = await somebody.send(new CreateUserCommand({ UserName: "ann", Path: "/ci/" }));

    const inputs = { userName: "ann", path: "/ci/", region: "us-east-1", __provider: PROVIDER };
    const outputs = { ...inputs, uniqueId: User?.UserId, arn: User?.Arn, accountId: "123456789012" };
    const type = "pulumi-nodejs:dynamic/aws-users/iam:User";
    const file = join(stack.stack.workspace.workDir, "users.json");
    await writeFile(
      file,
      JSON.stringify({ resources: [{ type, name: "deployer", id: "ann", inputs, outputs }] }),
    );
    const calls = await callsDuring(aws, async () => {
      const flags = ["--generate-code=false", "--protect=false", "--yes"];
      const imported = await stack.command("import", "--file", file, ...flags);
      assert.equal(imported.code, 0, imported.output);
    });
    assert.deepEqual(calls, []);
    assert.deepEqual(await stack.resourceNames(), ["deployer"]);

    await stack.refresh();
    assert.equal((await stack.resource("deployer")).outputs["uniqueId"], User?.UserId);
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });
});
