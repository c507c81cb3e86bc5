import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT_FOLDER } from "../tools/engine/files";
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
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

let packing: Promise<Packed> | undefined;

/** Packs this package, once in each process; the folder of the tarball goes with the process. */
export function packed(): Promise<Packed> {
  packing ??= pack();
  return packing;
}

async function pack(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-packed-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const report: PackReport[] = JSON.parse(
    await npm(PROJECT_FOLDER, "pack", "--json", "--pack-destination", folder),
  );
  const [{ filename, size, unpackedSize, files } = missing()] = report;
  return { tarball: join(folder, filename), size, unpackedSize, files: files.map(({ path }) => path) };
}

function missing(): never {
  throw new Error("npm has packed nothing");
}
