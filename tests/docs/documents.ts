import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { PROJECT_FOLDER } from "../../tools/project";

/** A fenced block of code in a document. */
export interface Block {
  /** The document's path in the package, with slashes. */
  readonly document: string;
  /** The line of its first line of code, from 1. */
  readonly line: number;
  readonly code: string;
}

/** What is no document of this package, and what readers of the package do not read. */
const SKIPPED = new Set(["node_modules", "dist", ".git", "coverage", "reference"]);

/** The paths of all Markdown files of the package, with slashes, in order. */
export function markdownFiles(folder = PROJECT_FOLDER): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !SKIPPED.has(name));
  const paths = entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith(".md") ? [relative(PROJECT_FOLDER, path).split(sep).join("/")] : [];
  });
  return paths.sort();
}

/** The text of a file of the package. */
export function textOf(path: string): string {
  return readFileSync(join(PROJECT_FOLDER, path), "utf8");
}

/** The blocks of a language in a text, in Markdown or in comments of TypeScript, in order. */
export function blocksOf(document: string, language: string): Block[] {
  const lines = textOf(document)
    .split("\n")
    .map((line) => (document.endsWith(".ts") ? line.replace(/^\s*\* ?/, "") : line));
  const blocks: Block[] = [];
  for (let start = 0; start < lines.length; start += 1) {
    const [, indent = "", fence, info] = /^( *)(```+)(.*)$/.exec(lines[start] ?? "") ?? [];
    if (fence === undefined) continue;
    const length = lines.slice(start + 1).indexOf(indent + fence);
    if (length < 0) throw new Error(`${document}:${start + 1}: the block of code has no end`);
    const block = lines.slice(start + 1, start + 1 + length);
    const code = block.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join("\n");
    if (info === language) blocks.push({ document, line: start + 2, code });
    start += length + 1;
  }
  return blocks;
}

/** A document without its code, in which brackets and signs mean nothing, line by line. */
export function proseOf(document: string): string {
  const fenced = /^( *```+)[^\n]*\n[\s\S]*?^\1$/gm;
  const withoutBlocks = textOf(document).replaceAll(fenced, (block) => block.replaceAll(/[^\n]/g, ""));
  return withoutBlocks.replaceAll(/<!--[\s\S]*?-->/g, (comment) => comment.replaceAll(/[^\n]/g, ""));
}
