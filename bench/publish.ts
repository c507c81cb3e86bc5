import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_FOLDER } from "../tools/project";
import { seconds } from "./measure";
import { pictureOf } from "./picture";
import { keep, type Report } from "./report";
import { asMarkdown, figuresTable, targetsTable } from "./tables";

const PICTURE = "docs/performance.svg";

/**
 * Makes a report the one that the documentation shows: the dated baseline, the picture, and the sections between
 * `<!-- measured:begin -->` and `<!-- measured:end -->`. Returns the paths written, within the project.
 *
 * @throws Error when a page lacks its marks.
 */
export function publish(report: Report, root = PROJECT_FOLDER): string[] {
  const baseline = keep(report, `baseline-${report.date}`, root);
  writeFileSync(join(root, PICTURE), pictureOf(report.results.sizes));
  fill(join(root, "README.md"), summary(report));
  fill(join(root, "docs/performance.md"), everything(report));
  return [baseline, PICTURE, "README.md", "docs/performance.md"];
}

function summary(report: Report): string {
  const rows = targetsTable(report.targets.filter(({ headline }) => headline)).map((row) => row.slice(0, 3));
  return `![Time of a destroy against the number of users](${PICTURE})\n\n${asMarkdown(rows)}\n\n${conditions(report)}`;
}

function everything(report: Report): string {
  const { sizes, rekognition } = report.results;
  return [
    conditions(report),
    asMarkdown(targetsTable(report.targets)),
    "![Time of a destroy against the number of users](performance.svg)",
    "Seconds, and calls to AWS in brackets:",
    asMarkdown(figuresTable([...sizes, ...rekognition])),
  ].join("\n\n");
}

function conditions({ date, machine, results }: Report): string {
  const { latencyMs, deleteMs } = results.behaviour;
  return (
    `Measured on ${date}: Node.js ${machine.node}, Pulumi ${machine.engine}, ${machine.processors} processors, ` +
    `${machine.platform}; a local AWS with ${latencyMs} ms a call and deletions of ${seconds(deleteMs)}.`
  );
}

const SECTION = /(<!-- measured:begin -->\n)[\s\S]*?(<!-- measured:end -->)/;

function fill(page: string, text: string): void {
  const before = readFileSync(page, "utf8");
  if (!SECTION.test(before))
    throw new Error(`${page} has no section between measured:begin and measured:end`);
  writeFileSync(
    page,
    before.replace(SECTION, (_, begin: string, end: string) => `${begin}${text}\n${end}`),
  );
}
