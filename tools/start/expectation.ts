import type { Change } from "./events";
import { JobFailure } from "./failure";

/**
 * Throws JobFailure unless the engine's changes are exactly the expected ones, in any order. Each is the operation and
 * the resource, and for an update the properties: `update deployer: tags.team`.
 */
export function expectChanges(whose: string, changes: readonly Change[], expected: readonly string[]): void {
  const found = changes.map(inShort).sort();
  const wanted = [...expected].sort();
  if (found.join("\n") === wanted.join("\n")) return;
  const list = (lines: readonly string[]) => (lines.length === 0 ? "  nothing" : `  ${lines.join("\n  ")}`);
  throw new JobFailure(`${whose} was to show exactly\n${list(wanted)}\nbut shows\n${list(found)}`);
}

/** What a person reads of a change. */
export function linesOf({ op, name, differences }: Change): string[] {
  if (op === "create") return [`+ ${name}: gone, will be made again`];
  return differences.map((difference) => `~ ${name}: ${difference}`);
}

function inShort({ op, name, differences }: Change): string {
  if (op !== "update") return `${op} ${name}`;
  return `${op} ${name}: ${differences.map((text) => text.split(" ")[0]).join(", ")}`;
}
