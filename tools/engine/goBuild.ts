import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { coerce, lt } from "semver";
import { PROJECT_FOLDER } from "../project";
import { addCompanions } from "./companions";
import { cachedEngineFolder } from "./existing";
import { executableName, folderWith, searchPath } from "./files";
import { fillAtOnce } from "./fillAtOnce";
import type { EngineSource } from "./source";
import { ENGINE_VERSION } from "./version";

const run = promisify(execFile);
/** What the engine's go.mod asks for. */
const OLDEST_GO_VERSION = "1.25.11";
const ENGINE_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const MODULE_FOLDER = join(PROJECT_FOLDER, "tools/engine");

/** An engine built from its public Go module into the cache, with this project's language host. */
export function engineFromGo(say: (line: string) => void): EngineSource {
  return {
    name: "building it with Go",
    async find() {
      if (process.platform === "win32") return { reason: "not supported on Windows" };
      const unusable = await whyGoIsUnusable();
      if (unusable !== undefined) return { reason: unusable };
      say(`Building the Pulumi engine ${ENGINE_VERSION.version} with Go (4 to 10 minutes, only this once)`);
      try {
        await fillAtOnce(cachedEngineFolder(), build);
      } catch (error) {
        return { reason: `it failed:\n${indented((error as { stderr?: string }).stderr || String(error))}` };
      }
      return { folder: join(cachedEngineFolder(), "bin"), version: ENGINE_VERSION.version };
    },
  };
}

async function whyGoIsUnusable(): Promise<string | undefined> {
  if (folderWith("go", searchPath()) === undefined) return "Go is not installed";
  const version = (await goSetting("GOVERSION")).replace(/^go/, "");
  const release = coerce(version);
  if (release === null) return `\`go env GOVERSION\` says "${version}"`;
  return lt(release, OLDEST_GO_VERSION)
    ? `Go is ${version}, at least ${OLDEST_GO_VERSION} is needed`
    : undefined;
}

async function build(folder: string): Promise<void> {
  const scratch = join(folder, "scratch");
  const bin = join(folder, "bin");
  await run(
    "go",
    [
      "build",
      "-trimpath",
      "-tags=osusergo,grpcnotrace",
      `-ldflags=-w -s -X ${VERSION_VARIABLE}=v${ENGINE_VERSION.version}`,
      "-o",
      join(bin, executableName("pulumi")),
      ENGINE_PACKAGE,
    ],
    { cwd: MODULE_FOLDER, env: await buildEnvironment(scratch), maxBuffer: 64 * 1024 * 1024 },
  );
  addCompanions(bin);
  await rm(scratch, { recursive: true, force: true });
}

/**
 * Go keeps what it downloads and compiles. Where it has the engine's modules already, that is used; else it is made
 * to use a scratch folder, because two gigabytes outside this project are no way to leave a machine.
 */
async function buildEnvironment(scratch: string): Promise<NodeJS.ProcessEnv> {
  const plain = {
    ...process.env,
    CGO_ENABLED: "0",
    GOWORK: "off",
    GOFLAGS: "-mod=readonly -modcacherw -buildvcs=false",
  };
  const modules = await goSetting("GOMODCACHE");
  if (existsSync(join(modules, `github.com/pulumi/pulumi/pkg/v3@v${ENGINE_VERSION.version}`))) return plain;
  return { ...plain, GOMODCACHE: join(scratch, "modules"), GOCACHE: join(scratch, "compiled") };
}

async function goSetting(name: string): Promise<string> {
  const { stdout } = await run("go", ["env", name], { cwd: MODULE_FOLDER });
  return stdout.trim();
}

function indented(text: string): string {
  return text
    .trim()
    .split("\n")
    .slice(-8)
    .map((line) => `      ${line}`)
    .join("\n");
}
