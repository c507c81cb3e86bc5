import { existsSync, statSync } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** @throws Error in words when one of the files is there already, or the folder cannot be one. */
export function assertFree(folder: string, files: readonly string[]): void {
  const present = statSync(folder, { throwIfNoEntry: false });
  if (present !== undefined && !present.isDirectory()) {
    throw new Error(`${folder} is a file: name a folder with --out`);
  }
  const taken = files.map((file) => join(folder, file)).find((file) => existsSync(file));
  if (taken !== undefined)
    throw new Error(`${taken} exists and is not overwritten: name another folder with --out`);
}

/**
 * Makes the folder and writes all files, or leaves none.
 *
 * @throws Error in words.
 */
export async function writeAll(folder: string, texts: Readonly<Record<string, string>>): Promise<void> {
  const written: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const [file, text] of Object.entries(texts)) {
      const path = join(folder, file);
      const opened = await open(path, "wx");
      written.push(path);
      await opened.writeFile(text).finally(() => opened.close());
    }
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    throw new Error(`nothing was written: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/** The folder of the Pulumi project that a folder is in, or is; undefined where there is none. */
export function projectFolderOf(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].some((file) => existsSync(join(at, file)))) return at;
    if (dirname(at) === at) return undefined;
  }
}
