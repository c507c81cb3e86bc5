import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_FOLDER } from "../tools/project";
import { npm } from "./npm";

/** The package as it would be published. */
export interface Packed {
  readonly tarball: string;
  /** What npm says of it; sizes are bytes. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly string[];
}

interface PackReport {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

let packing: Promise<Packed> | undefined;

/** Where a release has the tarball that it will publish; it must be that one then which is tried. */
const RELEASED = process.env["PACKED_FOLDER"];

/** Packs this package, once in each process, or takes what a release has packed. */
export function packed(): Promise<Packed> {
  packing ??= RELEASED ? described(RELEASED) : pack();
  return packing;
}

/** Packs into a folder that goes with the process. */
async function pack(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-packed-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await npm(PROJECT_FOLDER, "pack", "--pack-destination", folder);
  return described(folder);
}

/** The one tarball of a folder. */
async function described(folder: string): Promise<Packed> {
  const [tarball, ...others] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  assert.ok(tarball !== undefined && others.length === 0, `${folder} holds just one tarball`);
  const path = join(folder, tarball);
  const [report] = JSON.parse(await npm(folder, "pack", path, "--dry-run", "--json")) as [PackReport];
  const { size, unpackedSize, files } = report;
  return { tarball: path, size, unpackedSize, files: files.map((file) => file.path) };
}
