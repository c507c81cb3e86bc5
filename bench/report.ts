import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { existingEngine } from "../tools/engine";
import { PROJECT_FOLDER } from "../tools/project";
import { type Results, type Target, targetsOf } from "./targets";

/** What is kept of a run. */
export interface Report {
  /** The day: `2026-11-24`. */
  readonly date: string;
  readonly machine: Machine;
  readonly targets: readonly Target[];
  readonly results: Results;
}

/** Where it was measured, without what would tell whose machine it is. */
interface Machine {
  readonly node: string;
  readonly engine: string;
  readonly processors: number;
  readonly platform: string;
}

/** Holds results against the targets, and notes where and when they were had. */
export async function reportOf(results: Results): Promise<Report> {
  const { version } = await existingEngine();
  const machine = {
    node: process.version,
    engine: version,
    processors: availableParallelism(),
    platform: process.platform,
  };
  return { date: new Date().toISOString().slice(0, 10), machine, targets: targetsOf(results), results };
}

/** Writes a report as JSON into `bench/results`; returns the file's path within the project. */
export function keep({ results, ...report }: Report, name: string, root = PROJECT_FOLDER): string {
  const path = join("bench", "results", `${name}.json`);
  mkdirSync(join(root, "bench", "results"), { recursive: true });
  writeFileSync(join(root, path), `${JSON.stringify({ ...report, ...results }, withoutLogs, 2)}\n`);
  return path;
}

/** Call logs of thousands of users are looked at while they are there. */
function withoutLogs(key: string, value: unknown): unknown {
  if (key === "log" || key === "endedAt") return undefined;
  return typeof value === "number" ? Math.round(value * 100) / 100 : value;
}
