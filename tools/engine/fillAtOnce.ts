import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Fills a folder in one move: `fill` works in a folder beside it, which takes the target's place only when `fill` has
 * ended well. An interruption leaves no half-filled target; what it does leave is removed by the next call.
 */
export async function fillAtOnce(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  removeAbandoned(target);
  const partial = `${partialPrefix(target)}${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    await fill(partial);
    rmSync(target, { recursive: true, force: true });
    renameSync(partial, target);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function partialPrefix(target: string): string {
  return `${target}.partial-`;
}

function removeAbandoned(target: string): void {
  const parent = dirname(target);
  const prefix = basename(partialPrefix(target));
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix) || isRunning(Number(name.slice(prefix.length)))) continue;
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
