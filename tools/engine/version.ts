import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { gte, parse, SemVer } from "semver";

/** The engine that is installed or built when there is none; tools/engine/go.mod names the same. */
export const ENGINE_VERSION = new SemVer("3.259.0");

/** The oldest engine whose dynamic providers may answer a read with inputs. */
export const OLDEST_ENGINE_VERSION = new SemVer("3.216.0");

/** Whether an engine that calls itself `text` (with or without a leading `v`) can be used. */
export function isSupported(text: string): boolean {
  const version = parse(text.trim());
  return version !== null && gte(version, OLDEST_ENGINE_VERSION);
}

/** What the executable says its version is, without a leading `v`; undefined when it does not run or does not say. */
export async function versionOf(executable: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(executable, ["version"], {
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeout: 30_000,
    });
    return parse(stdout.trim())?.version;
  } catch {
    return undefined;
  }
}
