import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Files of a project by path: text, or what is to be written as JSON. */
export type Files = Readonly<Record<string, string | object>>;

/** A folder of somebody who uses the package: where they install and where their Pulumi project is. */
export interface UserFolder {
  readonly folder: string;
  write(files: Files): void;
  remove(): void;
}

/** A temporary folder with these files; `remove` it at the end. */
export function userFolder(files: Files): UserFolder {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-matrix-"));
  const write = (more: Files) => {
    for (const [path, content] of Object.entries(more)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content, undefined, 2));
    }
  };
  write(files);
  return { folder, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
