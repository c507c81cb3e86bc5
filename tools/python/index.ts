import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { coerce, gte } from "semver";
import { cacheFolder, executableName } from "../engine/files";
import { fillAtOnce } from "../engine/fillAtOnce";
import { PROJECT_FOLDER } from "../project";

const run = promisify(execFile);

const OLDEST = "3.9.0";
const REQUIREMENTS = join(PROJECT_FOLDER, "tools/python/requirements.txt");

/** There is no Python with moto and botocore, and why. */
export class PythonNotReady extends Error {
  override readonly name = "PythonNotReady";
}

/**
 * The Python of a virtual environment in the cache folder that has what requirements.txt asks for; makes it where there
 * is none that works, which takes about a minute.
 *
 * @throws PythonNotReady where there is no Python 3.9 or later, or the packages cannot be installed
 */
export async function readyPython(say: (line: string) => void): Promise<string> {
  const digest = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 12);
  const folder = join(cacheFolder(), `python-${digest}`);
  const python = pythonIn(folder);
  if (await hasPackages(python)) return python;
  const base = await pythonOnPath();
  say("Installing moto and botocore into a virtual environment (about a minute)");
  await fillAtOnce(folder, async (partial) => {
    await step(base, ["-m", "venv", partial]);
    await step(pythonIn(partial), ["-m", "pip", "install", "--quiet", "-r", REQUIREMENTS]);
  });
  return python;
}

/** Whether they can be imported: an environment does no more when the Python that it was made from has gone. */
async function hasPackages(python: string): Promise<boolean> {
  try {
    await run(python, ["-c", "import moto, botocore"]);
    return true;
  } catch {
    return false;
  }
}

function pythonIn(folder: string): string {
  return join(folder, process.platform === "win32" ? "Scripts" : "bin", executableName("python"));
}

async function pythonOnPath(): Promise<string> {
  const found: string[] = [];
  for (const command of ["python3", "python"]) {
    const version = await versionOf(command);
    if (version === undefined) continue;
    if (isSupported(version)) return command;
    found.push(`${command} is ${version}`);
  }
  const seen = found.length === 0 ? "there is none on PATH" : found.join(", ");
  throw new PythonNotReady(`Python ${OLDEST} or later is needed; ${seen}.`);
}

async function versionOf(command: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, ["-c", "import platform; print(platform.python_version())"]);
    return stdout.trim();
  } catch {
    // Not there, or one that does not run: either way no Python to use.
    return undefined;
  }
}

/** Whether a version such as `3.11.7` will do. */
export function isSupported(version: string): boolean {
  const release = coerce(version);
  return release !== null && gte(release, OLDEST);
}

async function step(command: string, args: readonly string[]): Promise<void> {
  try {
    await run(command, args, { maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    const { stderr = "", stdout = "", message } = error as Error & { stderr?: string; stdout?: string };
    const said = `${stderr}${stdout}`.trim().split("\n").slice(-5).join("\n  ");
    throw new PythonNotReady(`${message.split("\n")[0]}\n  ${said}`);
  }
}
