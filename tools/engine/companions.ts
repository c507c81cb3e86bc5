import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_FOLDER } from "../project";
import { executableName, folderWith, realFolder } from "./files";

const LANGUAGE_HOST = "pulumi-language-nodejs";
const DYNAMIC_PROVIDER = "pulumi-resource-pulumi-nodejs";

/** Whether the engine finds a Node.js language host: on PATH or beside the executable itself. */
export function hasLanguageHost(engine: string, path: readonly string[]): boolean {
  return folderWith(LANGUAGE_HOST, [...path, realFolder(engine)]) !== undefined;
}

/**
 * Puts beside an engine what it needs to run Node.js programs with dynamic providers: a language host and the script
 * that starts dynamic providers. Leaves alone what an official engine came with.
 */
export function addCompanions(folder: string): void {
  if (existsSync(join(folder, executableName(LANGUAGE_HOST))) && !isOurs(join(folder, LANGUAGE_HOST))) return;
  place(join(PROJECT_FOLDER, "tools/engine/languageHost.cjs"), join(folder, LANGUAGE_HOST));
  place(
    join(PROJECT_FOLDER, "node_modules/@pulumi/pulumi", DYNAMIC_PROVIDER),
    join(folder, DYNAMIC_PROVIDER),
  );
}

function isOurs(file: string): boolean {
  return existsSync(file) && readFileSync(file).includes("pulumi-aws-users");
}

/** Renamed into place, so that an engine starting at the same moment never meets half a file. */
function place(source: string, target: string): void {
  const content = readFileSync(source);
  if (existsSync(target) && readFileSync(target).equals(content)) return;
  const temporary = `${target}.${process.pid}`;
  writeFileSync(temporary, content);
  chmodSync(temporary, 0o755);
  renameSync(temporary, target);
}
