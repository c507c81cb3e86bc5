import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** A type of a service, as botocore's `service-2.json` has it; what nothing here asks for is left out. */
export interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, ShapeReference>>;
  readonly member?: ShapeReference;
  readonly key?: ShapeReference;
  readonly value?: ShapeReference;
  readonly enum?: readonly string[];
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number };
}

export interface ShapeReference {
  readonly shape: string;
  /** The name on the wire, where it is another one. */
  readonly locationName?: string;
}

export interface ServiceModel {
  readonly operations: Readonly<
    Record<
      string,
      {
        readonly output?: ShapeReference & { resultWrapper?: string };
        readonly errors?: readonly ShapeReference[];
      }
    >
  >;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** Reads AWS's own models of services from the botocore of a Python; of several versions the newest. */
export function serviceModels(python: string): (service: string) => ServiceModel {
  const locate = "import botocore, os; print(os.path.dirname(botocore.__file__))";
  const data = join(execFileSync(python, ["-c", locate], { encoding: "utf8" }).trim(), "data");
  const read = new Map<string, ServiceModel>();
  return (service) => {
    const model = read.get(service) ?? readModel(join(data, service));
    read.set(service, model);
    return model;
  };
}

function readModel(folder: string): ServiceModel {
  const newest = readdirSync(folder).toSorted().at(-1) ?? "";
  return JSON.parse(gunzipSync(readFileSync(join(folder, newest, "service-2.json.gz"))).toString("utf8"));
}
