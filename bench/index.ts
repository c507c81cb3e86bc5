import { parseArgs } from "node:util";
import { countCalls } from "./counts";
import {
  type Measured,
  measureLongDeletion,
  measureRekognition,
  measureSaving,
  measureSizes,
  nameOf,
  seconds,
} from "./measure";
import { FULL, type Plan, QUICK, WIDE } from "./plan";
import { publish } from "./publish";
import { keep, reportOf } from "./report";
import { asText, figuresTable, targetsTable } from "./tables";
import type { Results } from "./targets";

const say = (line: string) => void process.stderr.write(`${line}\n`);

const OPTIONS = {
  /** A first impression. */
  quick: { type: "boolean", default: false },
  /** Makes this run the one that the documentation shows. */
  publish: { type: "boolean", default: false },
} as const;

async function main(): Promise<void> {
  const { quick, publish: toPublish } = parseArgs({ options: OPTIONS }).values;
  if (quick && toPublish) throw new Error("a quick run is only a first impression, and not for publishing");
  const begin = performance.now();
  const results = await measure(quick ? QUICK : FULL);
  const report = await reportOf(results);
  process.stdout.write(`\n${asText(figuresTable([...results.sizes, ...results.rekognition]))}\n\n`);
  process.stdout.write(`${asText(targetsTable(report.targets))}\n\n`);
  const time = new Date().toISOString().slice(0, 19).replaceAll(":", "");
  const written = toPublish ? publish(report) : [keep(report, `${quick ? "quick-" : ""}${time}`)];
  process.stdout.write(`written: ${written.join(", ")}\n`);
  process.stdout.write(`measured in ${seconds(performance.now() - begin)}\n`);
}

async function measure({ behaviour, sizes, ...plan }: Plan): Promise<Results> {
  say("counting the calls of single users");
  const counts = await countCalls(behaviour);
  const measured = await measureSizes(behaviour, sizes, say);
  const rekognition: Measured[] = [];
  for (const size of plan.rekognition) {
    say(`${nameOf(size)}, 5 calls a second`);
    rekognition.push(await measureRekognition(behaviour, size));
  }
  if (plan.savingCounts.length > 0) say("the engine alone, saving its state at every step");
  const saving = await measureSaving(behaviour, plan.savingCounts, WIDE);
  const results = { behaviour, counts, sizes: measured, rekognition, saving };
  if (plan.longDeletion === undefined) return results;
  say(`deletions of ${seconds(plan.longDeletion.deleteMs)}`);
  return { ...results, longDeletion: await measureLongDeletion(plan.longDeletion) };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
