import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join } from "node:path";

/** The file name of a program on this system. */
export function executableName(program: string): string {
  return process.platform === "win32" ? `${program}.exe` : program;
}

/** The folder that keeps what this project sets up outside its own folder. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const declared = environment["XDG_CACHE_HOME"];
  // The XDG base directory specification has relative paths ignored.
  const base = declared !== undefined && isAbsolute(declared) ? declared : join(homedir(), ".cache");
  return join(base, "pulumi-aws-users");
}

/** The folders of PATH, in order. */
export function searchPath(environment: NodeJS.ProcessEnv = process.env): string[] {
  return (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
}

/** The first of the folders with an executable file of this program, or undefined. */
export function folderWith(program: string, folders: readonly string[]): string | undefined {
  return folders.find((folder) => isExecutable(join(folder, executableName(program))));
}

/** Where a file really is, behind all links: the engine looks for its plugins there. */
export function realFolder(file: string): string {
  return dirname(realpathSync(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
