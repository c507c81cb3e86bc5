import { deepEqual } from "node:assert/strict";
import type { Service } from "../../provider/service";
import { SERVICES } from "../../provider/services";
import { textOf } from "./documents";

describe("The page of a kind", () => {
  for (const service of Object.keys(SERVICES) as Service[]) {
    it(`has a row for each argument of ${service}.User, and for nothing else`, async () => {
      const { inputs } = await SERVICES[service]();
      deepEqual(argumentsOn(service), Object.keys(inputs.shape).sort());
    });

    it(`names each output of ${service}.User`, async () => {
      const kind = await SERVICES[service]();
      const outputs = sectionOf(service, "Outputs");
      const missing = Object.keys(kind.outputs({})).filter((output) => !outputs.includes(`\`${output}\``));
      deepEqual(missing, []);
    });

    it(`says which arguments of ${service}.User replace it`, async () => {
      const { replaces } = await SERVICES[service]();
      const rows = rowsOf(service).filter((row) => row.split(" | ").at(-1)?.startsWith("replaces"));
      deepEqual(rows.map(argumentOf).sort(), [...replaces].sort());
    });
  }
});

function argumentsOn(service: Service): string[] {
  return [...new Set(rowsOf(service).map(argumentOf))].sort();
}

/** `authentication.type` is of the argument `authentication`. */
function argumentOf(row: string): string {
  return /^\| `(\w+)/.exec(row)?.[1] ?? "";
}

function rowsOf(service: Service): string[] {
  const lines = sectionOf(service, "Arguments").split("\n");
  return lines.filter((line) => line.startsWith("| `"));
}

function sectionOf(service: Service, heading: string): string {
  return textOf(`docs/kinds/${service}.md`).split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
}
