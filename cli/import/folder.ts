import { existsSync, statSync } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";

const SILENTLY = { throwIfNoEntry: false } as const;

/** @throws Error in words when one of the files is there already, or the folder cannot be one. */
export function assertFree(folder: string, files: readonly string[]): void {
  const file = ancestors(folder).find((path) => statSync(path, SILENTLY)?.isFile());
  if (file !== undefined) throw new Error(`${relative(".", file)} is a file: name a folder with --out`);
  const taken = files.map((name) => join(folder, name)).find((path) => existsSync(path));
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
  const names = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
  return ancestors(folder).findLast((path) => names.some((name) => existsSync(join(path, name))));
}

/** A folder and all that it is in, the outermost first. */
function ancestors(folder: string): string[] {
  const path = resolve(folder);
  return dirname(path) === path ? [path] : [...ancestors(dirname(path)), path];
}
