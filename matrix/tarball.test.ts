import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { NPM } from "./installers";
import { manifest } from "./manifest";
import { npm, say } from "./npm";
import { type Packed, packed } from "./packed";
import { type UserFolder, userFolder } from "./project";

const SERVICES = ["memorydb", "elasticache", "iam", "rekognition"] as const;

describe("The tarball", () => {
  let tarball: Packed;
  before(async () => {
    tarball = await packed();
  });

  it("holds what its users need, and nothing else", () => {
    const unneeded = tarball.files.filter(
      (file) =>
        !/^dist\/(sdk|provider|local|stack|plan|cli)\/.+\.(js|d\.ts)$/.test(file) &&
        !["package.json", "README.md", "CHANGELOG.md", "LICENSE"].includes(file),
    );
    assert.deepEqual(unneeded, []);
    for (const entry of ["sdk", "provider", "local", "plan", "cli"]) {
      assert.ok(tarball.files.includes(`dist/${entry}/index.js`), entry);
    }
    const [size, unpacked] = [tarball.size, tarball.unpackedSize].map((bytes) => Math.round(bytes / 1024));
    say(`${tarball.files.length} files, ${size} KiB packed, ${unpacked} KiB unpacked`);
  });

  it("has nothing that publint finds wrong", async () => {
    const [{ publint }, { formatMessage }] = await Promise.all([import("publint"), import("publint/utils")]);
    const data = readFileSync(tarball.tarball);
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(data).buffer }, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });

  it("has types that are right in every way of resolving them", async () => {
    const { checkPackage, createPackageFromTarballData } = await import("@arethetypeswrong/core");
    const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball.tarball)));
    assert.ok(analysis.types, "it has types");
    assert.deepEqual(analysis.problems, []);
  });
});

describe("The installed package", () => {
  let project: UserFolder;
  before(async () => {
    project = userFolder({ "package.json": await manifest() });
    await NPM.install(project.folder);
  });
  after(() => project?.remove());

  /** What a program of one line prints, in a new process. */
  async function evaluate(program: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, ["--eval", program], {
      cwd: project.folder,
      env,
    });
    return stdout;
  }

  for (const service of SERVICES) {
    it(`loads the client of ${service} alone when a user of it is worked on`, async () => {
      const { clients, ms } = JSON.parse(
        await evaluate(`
          const begin = performance.now();
          require("pulumi-aws-users/provider").${service}.check({}, {}).then(() => {
            const ms = Math.round(performance.now() - begin);
            const clients = new Set(Object.keys(require.cache).map((file) => /@aws-sdk.client-(\\w+)/.exec(file)?.[1]));
            console.log(JSON.stringify({ ms, clients: [...clients].filter(Boolean).sort() }));
          });
        `),
      );
      assert.deepEqual(
        clients.filter((client: string) => client !== "sts"),
        [service],
      );
      say(`${service}: loaded in ${ms} ms`);
    });
  }

  it("plans a destroy for programs", async () => {
    const program =
      'require("pulumi-aws-users/plan").planDestroy().catch(({ message }) => console.log(message))';
    assert.match(await evaluate(program, { ...process.env, PATH: "" }), /^there is no pulumi on the PATH\./);
  });

  it("has a command that runs", async () => {
    const shown = await npm(project.folder, "exec", "--", "pulumi-aws-users", "--help");
    assert.match(shown, /destroy-plan/);
  });
});
