import { type Figure, STAGES } from "./figures";
import { type Measured, nameOf } from "./measure";
import type { Target } from "./targets";

/** Cells by row; the first row is the heading. */
export type Table = readonly (readonly string[])[];

/** Every size and stage: seconds and calls of each way. */
export function figuresTable(sizes: readonly Measured[]): Table {
  const rows = sizes.flatMap(({ size, product, floor, engine, usual }) =>
    STAGES.map((stage) => [
      stage === "create" ? nameOf(size) : "",
      stage,
      cell(product[stage]),
      cell(floor[stage]),
      usual ? cell(usual[stage]) : "-",
      seconds(engine[stage]),
      (product[stage].ms / floor[stage].ms).toFixed(2),
      ((product[stage].ms - engine[stage].ms) / floor[stage].ms).toFixed(2),
    ]),
  );
  const heading = [
    "users",
    "",
    "s (calls)",
    "floor",
    "usual way",
    "engine alone",
    "over floor",
    "engine apart",
  ];
  return [heading, ...rows];
}

/** What is to be reached, what was, and whether it is. */
export function targetsTable(targets: readonly Target[]): Table {
  const verdict = ({ met }: Target) => (met === undefined ? "" : met ? "met" : "MISSED");
  return [
    ["measure", "target", "measured", ""],
    ...targets.map((each) => [each.measure, each.target, each.measured, verdict(each)]),
  ];
}

function cell(figure: Figure): string {
  return `${seconds(figure)} (${figure.calls})`;
}

function seconds({ ms }: Figure): string {
  return (ms / 1_000).toFixed(1);
}

/** Columns aligned by spaces, for a terminal. */
export function asText(rows: Table): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const [heading = [], ...rest] = rows;
  return [line(heading), widths.map((width) => "-".repeat(width)).join("  "), ...rest.map(line)].join("\n");
}

/** For a page of the documentation. */
export function asMarkdown(rows: Table): string {
  const line = (row: readonly string[]) =>
    `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const [heading = [], ...rest] = rows;
  return [line(heading), `|${"---|".repeat(heading.length)}`, ...rest.map(line)].join("\n");
}
