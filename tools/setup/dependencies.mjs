import { readFileSync } from "node:fs";
import { join } from "node:path";
import { capture, head, SetupError, say } from "./step.mjs";

/** Installs the dependencies with `npm ci` unless node_modules already holds what package-lock.json asks for. */
export async function installDependencies(project) {
  const wanted = readLock(join(project, "package-lock.json"));
  if (wanted === undefined) {
    throw new SetupError(
      "package-lock.json cannot be read.",
      "Restore it with `git checkout package-lock.json`.",
    );
  }
  if (holds(readLock(join(project, "node_modules", ".package-lock.json")), wanted)) return;
  say("Installing dependencies with npm ci (usually less than a minute)");
  const { code, output } = await npm(project, ["ci", "--loglevel=error"]);
  if (code === 0) return;
  throw new SetupError(
    `The dependencies could not be installed:\n${head(output)}`,
    "They come from the npm registry: check the network, or npm's settings with `npm config list`, and run this again.",
  );
}

/**
 * Whether an installation has every package that is wanted, in the same version. Both are the `packages` of a lock
 * file; npm keeps that of the installation in node_modules. Optional packages may be for another system.
 */
export function holds(installed, wanted) {
  if (installed === undefined) return false;
  return Object.entries(wanted).every(([path, { version, resolved, integrity, link, optional }]) => {
    if (!path.includes("node_modules/")) return true;
    const found = installed[path];
    if (found === undefined) return optional === true;
    return (
      found.version === version && found.integrity === integrity && (!link || found.resolved === resolved)
    );
  });
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** npm itself is started by the Node.js that runs this, where npm has told where it is: there may be several. */
export function npm(project, args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith("npm-cli.js")) return capture(process.execPath, [script, ...args], { cwd: project });
  return capture("npm", args, { cwd: project, shell: process.platform === "win32" });
}
