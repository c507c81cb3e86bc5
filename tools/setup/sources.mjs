import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capture, head, SetupError, say } from "./step.mjs";

const SOURCE_FOLDERS = [
  "sdk",
  "provider",
  "local",
  "stack",
  "plan",
  "cli",
  "tools",
  "bench",
  "tests",
  "matrix",
];
const SETTINGS = ["tsconfig.json", "package-lock.json"];
/** When the last compilation began that ended well, and what there was to compile. */
const STAMP = "dist/compiled.json";

/** Compiles all sources into dist unless that has been done since the last of them changed. */
export async function compileSources(project) {
  const began = Date.now();
  const sources = listSources(project);
  const todo = whatToCompile(readStamp(project), sources);
  if (todo === "nothing") return;
  say("Compiling (a few seconds; half a minute the first time)");
  // Compiled tests whose source is gone would still be run.
  if (todo === "everything") rmSync(join(project, "dist"), { recursive: true, force: true });
  // Should this fail or be cut off, then all of these are still to be compiled, and what one of them left is known.
  writeStamp(project, 0, sources);
  const compiler = join(project, "node_modules/typescript/bin/tsc");
  const { code, output } = await capture(process.execPath, [compiler, "-p", "tsconfig.json"], {
    cwd: project,
  });
  if (code !== 0) {
    throw new SetupError(
      `The sources do not compile:\n${head(output, 40)}`,
      "Correct them and run this again.",
    );
  }
  writeStamp(project, began, sources);
}

/**
 * What a stamp leaves to do: `nothing`, `changes` (the compiler finds out which), or `everything` when no stamp tells
 * what dist was made from or a source has gone since.
 */
export function whatToCompile(stamp, sources) {
  if (stamp === undefined) return "everything";
  const paths = new Set(sources.map(({ path }) => path));
  if (stamp.sources.some((path) => !paths.has(path))) return "everything";
  const isNew = ({ path, changed }) => changed >= stamp.began || !stamp.sources.includes(path);
  return sources.some(isNew) ? "changes" : "nothing";
}

function listSources(project) {
  const files = SOURCE_FOLDERS.flatMap((folder) => filesIn(project, folder)).filter((path) =>
    path.endsWith(".ts"),
  );
  return [...files, ...SETTINGS].map((path) => ({ path, changed: statSync(join(project, path)).mtimeMs }));
}

function filesIn(project, folder) {
  if (!existsSync(join(project, folder))) return [];
  return readdirSync(join(project, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "node_modules") return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(project, path) : [path];
  });
}

function readStamp(project) {
  try {
    return JSON.parse(readFileSync(join(project, STAMP), "utf8"));
  } catch {
    return undefined;
  }
}

function writeStamp(project, began, sources) {
  mkdirSync(join(project, "dist"), { recursive: true });
  writeFileSync(join(project, STAMP), JSON.stringify({ began, sources: sources.map(({ path }) => path) }));
}
