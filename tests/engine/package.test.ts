import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { CreateCollectionCommand, RekognitionClient } from "@aws-sdk/client-rekognition";
import { type LocalAws, startLocalAws } from "../../local";
import { clientConfig } from "../local/start";
import { idsAlive } from "./fixtures";
import { type CommandLine, openCommandLine } from "./harness";

const REPOSITORY = resolve(__dirname, "../../..");
const INSTALLATION_MS = 300_000;

const USERS = `
const deployer = new iam.User("deployer", { userName: "ann", path: "/ci/" });
const authentication = { type: "iam" };
new memorydb.User("reader", { userName: "bob", accessString: "on ~app:* +@read", authentication });
new elasticache.User("cache", { userId: "cid", engine: "valkey", accessString: "on ~* +@all", authentication });
new rekognition.User("visitor", { collectionId: "lobby", userId: "dan" });
`;

const PROGRAMS = [
  {
    kind: "a CommonJS program",
    settings: { main: "index.js" },
    text: `const { elasticache, iam, memorydb, rekognition } = require("pulumi-aws-users");
${USERS}
exports.arn = deployer.arn;
`,
  },
  {
    kind: "an ES module program",
    settings: { main: "index.mjs", type: "module" },
    text: `import { elasticache, iam, memorydb, rekognition } from "pulumi-aws-users";
${USERS}
export const arn = deployer.arn;
`,
  },
] as const;

describe("the packed package, installed in a project elsewhere", () => {
  let project: string;
  let aws: LocalAws;
  let commandLine: CommandLine;

  before(
    "npm installs the package and its dependencies, from the registry where npm's cache lacks them",
    async function () {
      this.timeout(INSTALLATION_MS);
      project = mkdtempSync(join(tmpdir(), "pulumi-aws-users-packed-"));
      const [{ filename }] = JSON.parse(
        await npm(REPOSITORY, "pack", "--json", "--pack-destination", project),
      );
      writeFileSync(join(project, "package.json"), JSON.stringify({ name: "elsewhere", private: true }));
      const pulumi = `@pulumi/pulumi@${installedVersion("@pulumi/pulumi")}`;
      await npm(project, "install", "--prefer-offline", "--no-audit", "--no-fund", `./${filename}`, pulumi);
      aws = await startLocalAws({ transitions: { createMs: 50, modifyMs: 50, deleteMs: 50 } });
      commandLine = await openCommandLine({ env: aws.env });
    },
  );

  after(async () => {
    await commandLine?.close();
    await aws?.close();
    rmSync(project, { recursive: true, force: true });
  });

  async function pulumi(...args: string[]): Promise<string> {
    const { code, output } = await commandLine.pulumi(args, { cwd: project });
    assert.equal(code, 0, output);
    return output;
  }

  for (const { kind, settings, text } of PROGRAMS) {
    it(`takes the users of ${kind} up and down`, async () => {
      const manifest = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
      writeFileSync(join(project, "package.json"), JSON.stringify({ ...manifest, ...settings }));
      writeFileSync(join(project, settings.main), text);
      writeFileSync(join(project, "Pulumi.yaml"), "name: elsewhere\nruntime: nodejs\n");
      aws.reset();
      await new RekognitionClient(clientConfig(aws)).send(
        new CreateCollectionCommand({ CollectionId: "lobby" }),
      );

      await pulumi("stack", "init", settings.main.replace(".", "-"));
      await pulumi("up", "--yes", "--skip-preview");
      assert.deepEqual(idsAlive(aws).sort(), ["ann", "bob", "cid", "dan"]);
      assert.equal((await pulumi("stack", "output", "arn")).trim(), "arn:aws:iam::123456789012:user/ci/ann");
      await pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
      await pulumi("destroy", "--yes", "--skip-preview");
      assert.deepEqual(idsAlive(aws), []);
    });
  }

  it("plans a destroy for programs", async () => {
    const text =
      'require("pulumi-aws-users/plan").planDestroy().catch(({ message }) => console.log(message))';
    const { stdout } = await promisify(execFile)(process.execPath, ["--eval", text], {
      cwd: project,
      env: { ...process.env, PATH: "" },
    });
    assert.match(stdout, /^there is no pulumi on the PATH\./);
  });

  it("holds what users of it need, and nothing of its tests and tools", () => {
    const folder = join(project, "node_modules/pulumi-aws-users");
    const { main, types, bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    for (const file of [
      main,
      types,
      bin["pulumi-aws-users"],
      "LICENSE",
      "README.md",
      "dist/local/index.js",
    ]) {
      assert.ok(existsSync(join(folder, file)), file);
    }
    for (const file of ["dist/tests", "dist/tools", "examples", "sdk"]) {
      assert.ok(!existsSync(join(folder, file)), file);
    }
  });
});

/** Runs npm in a folder of its own: what npm has set for a script that started the tests is not meant for it. */
async function npm(folder: string, ...args: string[]): Promise<string> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(config_local_prefix|package_|lifecycle_)/.test(name),
    ),
  );
  const { stdout } = await promisify(execFile)("npm", args, {
    cwd: folder,
    env,
    shell: process.platform === "win32",
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}

function installedVersion(name: string): string {
  return JSON.parse(readFileSync(join(REPOSITORY, "node_modules", name, "package.json"), "utf8")).version;
}
