import { existsSync } from "node:fs";
import { join } from "node:path";
import { intersects, maxSatisfying } from "semver";
import { cacheFolder } from "../tools/engine/files";
import { fillAtOnce } from "../tools/engine/fillAtOnce";
import { npm } from "./npm";

/** The newest published version of a package in a range such as `22` or `>=1 <3`. */
export async function newestOf(name: string, range = "*"): Promise<string> {
  const shown = JSON.parse(await npm(".", "view", name, "versions", "--json")) as string | string[];
  return newestIn([shown].flat(), range, `${name} has no version in ${range}`);
}

/** The newest published version of a package in a range such as `3` that runs on a major version of Node.js. */
export async function newestThatRunsOn(node: number, name: string, range: string): Promise<string> {
  const shown = JSON.parse(await npm(".", "view", `${name}@${range}`, "version", "engines.node", "--json"));
  const each = [shown].flat() as readonly { version: string; "engines.node"?: string }[];
  const fitting = each.filter((one) => intersects(one["engines.node"] ?? "*", String(node)));
  const versions = fitting.map(({ version }) => version);
  return newestIn(versions, range, `${name} has no version in ${range} that runs on Node.js ${node}`);
}

function newestIn(versions: readonly string[], range: string, otherwise: string): string {
  const version = maxSatisfying(versions, range);
  if (version === null) throw new Error(otherwise);
  return version;
}

/** The folder that holds the `node` of the newest release of a major version, such as 22. */
export async function nodeOf(major: number): Promise<string> {
  const platform = process.platform === "win32" ? "win" : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = await installed(name, await newestOf(name, String(major)));
  return join(folder, "bin");
}

/** The folder of a package that is kept in the cache folder, apart from all projects. */
export async function installed(name: string, version: string): Promise<string> {
  const kept = join(cacheFolder(), "matrix", `${name.replaceAll("/", "+")}-${version}`);
  if (!existsSync(kept)) {
    await fillAtOnce(kept, async (folder) => {
      await npm(folder, "install", "--prefix", folder, "--no-audit", "--no-fund", `${name}@${version}`);
    });
  }
  return join(kept, "node_modules", name);
}
