import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PROJECT_FOLDER } from "../tests/engine/harness/isolation";
import { countCalls } from "./counts";
import { measureLongDeletion, measureRekognition, measureSaving, measureSizes, seconds } from "./measure";
import { pictureOf } from "./picture";
import { FULL, type Plan, QUICK, WIDE } from "./plan";
import { figuresTable, targetsTable } from "./tables";
import { type Results, type Target, targetsOf } from "./targets";

const say = (line: string) => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
  const begin = performance.now();
  const results = await measure(values.quick ? QUICK : FULL);
  const targets = targetsOf(results);
  process.stdout.write(`\n${figuresTable([...results.sizes, results.rekognition])}\n\n`);
  process.stdout.write(`${targetsTable(targets)}\n\n`);
  keep(results, targets, values.quick);
  process.stdout.write(`measured in ${seconds(performance.now() - begin)}\n`);
}

async function measure({ behaviour, sizes, ...plan }: Plan): Promise<Results> {
  say("counting the calls of single users");
  const counts = await countCalls(behaviour);
  const measured = await measureSizes(behaviour, sizes, say);
  say(`${plan.rekognitionCount} Rekognition users at 5 calls a second`);
  const rekognition = await measureRekognition(behaviour, plan.rekognitionCount);
  if (plan.savingCounts.length > 0) say("the engine alone, saving its state at every step");
  const saving = await measureSaving(behaviour, plan.savingCounts, WIDE);
  const results = { behaviour, counts, sizes: measured, rekognition, saving };
  if (plan.longDeletion === undefined) return results;
  say(`deletions of ${seconds(plan.longDeletion.deleteMs)}`);
  return { ...results, longDeletion: await measureLongDeletion(plan.longDeletion) };
}

/** A full run becomes the baseline, and its picture that of the documentation, by hand. */
function keep(results: Results, targets: readonly Target[], quick: boolean): void {
  const folder = join(PROJECT_FOLDER, "bench", "results");
  mkdirSync(folder, { recursive: true });
  const name = `${quick ? "quick-" : ""}${new Date().toISOString().slice(0, 19).replaceAll(":", "")}`;
  const machine = { node: process.version, processors: availableParallelism(), platform: process.platform };
  const text = JSON.stringify({ machine, targets, ...results }, withoutLogs, 2);
  writeFileSync(join(folder, `${name}.json`), `${text}\n`);
  writeFileSync(join(folder, `${name}.svg`), pictureOf(results.sizes));
  process.stdout.write(`kept as bench/results/${name}.json and .svg\n`);
}

/** Call logs of thousands of users are looked at while they are there. */
function withoutLogs(key: string, value: unknown): unknown {
  if (key === "log" || key === "endedAt") return undefined;
  return typeof value === "number" ? Math.round(value * 100) / 100 : value;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
