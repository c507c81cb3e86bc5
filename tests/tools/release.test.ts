import { deepEqual, equal, match, ok } from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gt } from "semver";
import { PROJECT_FOLDER } from "../engine/harness/isolation";
import { type CommandResult, runProcess } from "../engine/harness/process";

const CHANGESET = join(PROJECT_FOLDER, "node_modules/@changesets/cli/bin.js");
const CHECK = join(PROJECT_FOLDER, "tools/release/check.mjs");
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
