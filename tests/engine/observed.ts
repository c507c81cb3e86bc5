import type { Call } from "../../local";
import type { Step } from "./harness";

/** A call that changes something: its operation, and its parameters without the ARN. */
export type Write = readonly [operation: string, parameters: Readonly<Record<string, unknown>>];

/** The calls that were carried out and changed something, in order. */
export function writesAmong(calls: readonly Call[]): Write[] {
  return calls
    .filter(({ operation, error }) => error === undefined && !/^(Describe|List|Get)/.test(operation))
    .map(({ operation, parameters }) => {
      const { ResourceArn, ResourceName, ClientRequestToken, ...rest } = parameters;
      return [operation, rest] as const;
    });
}

/** The properties that differ in the first step that shows any, sorted, each once. */
export function differing(steps: readonly Step[]): string[] {
  const paths = steps.map(({ detailedDiff }) => Object.keys(detailedDiff)).find(({ length }) => length > 0);
  return [...new Set((paths ?? []).map((path) => path.split(/[.[]/)[0] ?? path))].sort();
}

/** Tags as AWS has them on the wire. */
export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
