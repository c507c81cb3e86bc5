import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { ownerTags } from "../../provider/aws/ownerTag";
import { tagList } from "../../provider/aws/tags";
import { iam, memorydb } from "../../sdk";
import { clientConfig } from "../local/start";
import { PROGRAM } from "../program";
import { crashScenes } from "./crashScene";
import type { TestStack } from "./harness";
import { runProcess } from "./harness/process";

const CREATIONS = ["iam:CreateUser", "memorydb:CreateUser"];
const LOST = ["ann", "bob"];

const before = () => void new iam.User("kept", { userName: "kept" });
const after = () => {
  before();
  new iam.User("ann", { userName: "ann" });
  new memorydb.User("bob", {
    userName: "bob",
    accessString: "on ~* +@read",
    authentication: { type: "iam" },
  });
};

describe("the leftovers of a stack", () => {
  const begin = crashScenes();

  async function markedScene() {
    const scene = await begin(before);
    const { aws, stack } = scene;
    await stack.setConfig({ "aws-users:ownerTag": "true" });
    await stack.up();
    const others = ownerTags("urn:pulumi:other::users::pulumi-nodejs:dynamic/aws-users/iam:User::eve");
    await new IAMClient(clientConfig(aws)).send(
      new CreateUserCommand({ UserName: "eve", Tags: tagList(others) }),
    );
    assert.deepEqual(await leftovers(stack), { code: 0, ids: [], pending: [] });
    stack.setProgram(after);
    scene.holdAws();
    return { ...scene, run: await scene.start("up", CREATIONS) };
  }

  it("are what a killed engine has made without noting it, until they are adopted; a destroy then leaves none", async function () {
    this.timeout(300_000);
    const { stack, run, releaseAws } = await markedScene();
    run.signalEngine("SIGKILL");
    await run.ended;
    releaseAws();
    await stack.command("cancel", "--yes");
    assert.deepEqual(await leftovers(stack), { code: 2, ids: LOST, pending: LOST });

    assert.match((await stack.failing.up()).output, /"ann": .*it carries the mark of this very resource/);
    stack.setEnvironment({ PULUMI_AWS_USERS_ADOPT_EXISTING: LOST.join() });
    assert.match(
      (await stack.up()).output,
      /adopting IAM user "ann", .* carries the mark of this very resource/,
    );
    assert.deepEqual(await leftovers(stack), { code: 0, ids: [], pending: [] });
    await stack.destroy();
    assert.deepEqual(await leftovers(stack), { code: 0, ids: [], pending: [] });
    await stack.command("stack", "rm", "--yes");
    assert.deepEqual(await leftovers(stack, "--project", "users"), { code: 0, ids: [], pending: [] });
  });

  it("are still found when the stack was destroyed and removed after its provider was killed", async function () {
    this.timeout(300_000);
    const { stack, run, releaseAws } = await markedScene();
    run.killHosts();
    await run.ended;
    releaseAws();
    await stack.destroy();
    assert.deepEqual(await leftovers(stack), { code: 2, ids: LOST, pending: [] });
    await stack.command("stack", "rm", "--yes");
    assert.deepEqual(await leftovers(stack, "--project", "users"), { code: 2, ids: LOST, pending: [] });
  });
});

/** What the command says of the stack, from another folder. */
async function leftovers({ stack }: TestStack, ...args: string[]) {
  const { workDir, envVars } = stack.workspace;
  const command = [PROGRAM, "leftovers", "--stack", stack.name, "--cwd", workDir, "--json", ...args];
  const { code, stdout, stderr } = await runProcess(process.execPath, command, {
    cwd: tmpdir(),
    env: envVars,
  });
  if (stdout === "") throw new Error(stderr);
  const found: { id: string; pending: boolean }[] = JSON.parse(stdout).leftovers;
  const ids = (users: typeof found) => users.map(({ id }) => id).toSorted();
  return { code, ids: ids(found), pending: ids(found.filter(({ pending }) => pending)) };
}
