import * as pulumi from "@pulumi/pulumi";
import type { Step } from "./harness";

/** What is or would be done to a resource, in words: `update of tags`, `replace for region`, `create`, `same`. */
export function stepOf(steps: readonly Step[], name: string): string {
  const own = steps.filter((step) => step.name === name);
  const replace = own.find(({ op }) => op === "replace");
  if (replace !== undefined) {
    const [first] = own.filter(({ op }) => op !== "replace");
    return `replace for ${replace.replaceKeys.join()}${first?.op === "delete-replaced" ? ", old first" : ""}`;
  }
  const [step] = own;
  if (step?.op === "update") return `update of ${step.diffs.toSorted().join()}`;
  return step?.op ?? "nothing";
}

/** A resource that makes values known only when it has been made. */
export class Source extends pulumi.CustomResource {
  declare private readonly made: pulumi.Output<boolean>;

  constructor(name: string) {
    const provider = `exports.handler = () => ({ create: async () => ({ id: "source", outs: { made: true } }) });`;
    super("pulumi-nodejs:dynamic/tests:Source", name, { made: undefined, __provider: provider });
  }

  /** A value that a preview does not know as long as the resource is still to be made. */
  later<T>(value: T): pulumi.Output<T> {
    return this.made.apply(() => value) as pulumi.Output<T>;
  }
}
