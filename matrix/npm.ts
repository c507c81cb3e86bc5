import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { withoutNpmScript } from "../tests/npmScript";

/** Runs npm in a folder and gives what it printed; what npm has set for a script that started this is not handed on. */
export function npm(folder: string, ...args: readonly string[]): Promise<string> {
  return run(folder, "npm", args);
}

/** Runs a program in a folder, with variables over those of this process, and gives what it printed. */
export async function run(
  folder: string,
  command: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const env = { ...process.env, ...withoutNpmScript(), ...variables };
  const options = { cwd: folder, env, maxBuffer: 64 * 1024 * 1024, shell: process.platform === "win32" };
  try {
    const { stdout } = await promisify(execFile)(command, [...args], options);
    return stdout;
  } catch (error) {
    const { message, stdout = "", stderr = "" } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${message}\n${stdout}\n${stderr}`);
  }
}

/** Reports a fact among the results of tests. */
export function say(line: string): void {
  process.stdout.write(`    ${line}\n`);
}
