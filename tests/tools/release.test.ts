import { deepEqual, equal, match, ok } from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gt } from "semver";
import { PROJECT_FOLDER } from "../../tools/project";
import { type CommandResult, runProcess } from "../engine/harness/process";

const CHANGESET = join(PROJECT_FOLDER, "node_modules/@changesets/cli/bin.js");
const CHECK = join(PROJECT_FOLDER, "tools/release/check.mjs");
const DIST_TAG = join(PROJECT_FOLDER, "tools/release/distTag.mjs");
const EXAMPLES = readdirSync(join(PROJECT_FOLDER, "examples")).filter((name) => !name.endsWith(".json"));

describe("A release", function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-release-"));
    for (const path of ["package.json", "CHANGELOG.md", ".changeset"]) copy(path);
    for (const example of EXAMPLES) copy(`examples/${example}/package.json`);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function copy(path: string): void {
    cpSync(join(PROJECT_FOLDER, path), join(folder, path), { recursive: true });
  }

  const textOf = (path: string) => readFileSync(join(folder, path), "utf8");
  const version = (): string => JSON.parse(textOf("package.json")).version;
  const run = (...args: string[]) => runProcess(process.execPath, args, { cwd: folder, env: {} });

  it("turns all changes into the changelog and the version, and touches no example", async () => {
    const examples = EXAMPLES.map((name) => textOf(`examples/${name}/package.json`));
    const before = version();
    addChange("a-test", "pulumi-aws-users", "Users of `moons`.");
    const summaries = changes().map(firstLineOf);
    succeeds(await run(CHANGESET, "version"));
    ok(gt(version(), before), `${version()} after ${before}`);
    deepEqual(changes(), []);
    const changelog = textOf("CHANGELOG.md");
    match(changelog, new RegExp(`^# Changelog\n\n## ${version()}\n\n### (Major|Minor) Changes\n\n- `));
    deepEqual(
      summaries.filter((summary) => !changelog.includes(summary)),
      [],
    );
    deepEqual(
      EXAMPLES.map((name) => textOf(`examples/${name}/package.json`)),
      examples,
    );

    const { stdout } = succeeds(await run(CHECK, `v${version()}`));
    match(stdout, /^### /);
    match(stdout, /- Users of `moons`\.\n/);
  });

  it("is refused while changes are left, and from a tag that is not the version", async () => {
    addChange("a-test", "pulumi-aws-users", "Users of `moons`.");
    const early = await run(CHECK, `v${version()}`);
    equal(early.code, 1);
    match(early.stderr, /^changes are not in CHANGELOG\.md yet: \.changeset\/.*\ba-test\.md/m);
    succeeds(await run(CHANGESET, "version"));
    const wrong = await run(CHECK, "v99.0.0");
    deepEqual([wrong.code, wrong.stdout], [1, ""]);
    match(wrong.stderr, /^the tag is "v99\.0\.0", and package\.json has version \d/);
  });

  it("is refused without a word in the changelog", async () => {
    writeFileSync(join(folder, "CHANGELOG.md"), "# Changelog\n");
    const { code, stderr } = await run(CHECK, `v${version()}`);
    equal(code, 1);
    match(stderr, /^CHANGELOG\.md has no part "## \d+\.\d+\.\d+"$/m);
  });

  it("is refused by a change of a package that is not there", async () => {
    addChange("a-test", "pulumi-aws-moons", "Users of `moons`.");
    const { code, output } = await run(CHANGESET, "version");
    equal(code, 1);
    match(output, /a-test for package pulumi-aws-moons which is not in the workspace/);
  });

  const published: [version: string, latest: string | undefined, tag: string][] = [
    ["0.1.0", undefined, "latest"],
    ["1.10.0", "1.9.0", "latest"],
    ["1.0.0", "1.0.0-rc.1", "latest"],
    ["1.9.1", "1.10.0", "release-1.9"],
    ["2.0.0-rc.1", "1.10.0", "next"],
  ];
  for (const [version, latest, tag] of published) {
    it(`of ${version} after ${latest ?? "nothing"} is published as ${tag}`, async () => {
      writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "moons", version }));
      const { code, stdout, output } = await tagWhere(latest === undefined ? 404 : 200, latest);
      deepEqual([code, stdout], [0, `${tag}\n`], output);
    });
  }

  it("is not published without a word of what is latest", async () => {
    const { code, output } = await tagWhere(503, undefined);
    equal(code, 1);
    match(output, /the registry does not tell the latest version of pulumi-aws-users/);
  });

  /** Asks for the tag where a registry has the package with this latest version. */
  async function tagWhere(status: number, latest: string | undefined): Promise<CommandResult> {
    const versions = latest === undefined ? {} : { [latest]: { name: "moons", version: latest } };
    const registry = createServer((_request, response) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ name: "moons", "dist-tags": { latest }, versions }));
    });
    await new Promise<void>((listening) => registry.listen(0, "127.0.0.1", listening));
    const env = {
      npm_config_registry: `http://127.0.0.1:${(registry.address() as AddressInfo).port}`,
      npm_config_cache: join(folder, "cache"),
      npm_config_fetch_retries: "0",
    };
    try {
      return await runProcess(process.execPath, [DIST_TAG], { cwd: folder, env });
    } finally {
      registry.close();
    }
  }

  function addChange(name: string, of: string, summary: string): void {
    mkdirSync(join(folder, ".changeset"), { recursive: true });
    writeFileSync(join(folder, `.changeset/${name}.md`), `---\n"${of}": minor\n---\n\n${summary}\n`);
  }

  function firstLineOf(change: string): string {
    return /\n---\n+(.+)/.exec(textOf(`.changeset/${change}`))?.[1] ?? `${change} says nothing`;
  }

  function changes(): string[] {
    return readdirSync(join(folder, ".changeset")).filter(
      (name) => /\.md$/.test(name) && name !== "README.md",
    );
  }
});

function succeeds(result: CommandResult): CommandResult {
  equal(result.code, 0, result.output);
  return result;
}
