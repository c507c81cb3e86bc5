import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import type { EngineEvent, OpType } from "@pulumi/pulumi/automation";

/** What the engine did to one user, or in a preview would do. */
export interface Change {
  /** `create`, `update`, `delete`, ... */
  readonly op: OpType;
  /** The name of the resource in the program. */
  readonly name: string;
  /** The service, as in the resource's type: `memorydb`. */
  readonly service: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Which properties differ, in words, with their values where these are short and not secret. */
  readonly differences: readonly string[];
}

type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

const USER_TYPE = /^pulumi-nodejs:dynamic\/aws-users\/(\w+):User$/;
const QUIET: readonly OpType[] = ["same", "refresh", "read"];
const GERUNDS: Partial<Record<OpType, string>> = {
  create: "creating",
  update: "updating",
  delete: "deleting",
  refresh: "looking at",
  same: "looking at",
};

/** The steps that changed a user, or in a preview would, in the order in which the engine began them. */
export function changesIn(events: readonly EngineEvent[]): Change[] {
  return events.flatMap(({ resourcePreEvent }) => {
    const metadata = resourcePreEvent?.metadata;
    const service = metadata && USER_TYPE.exec(metadata.type)?.[1];
    if (metadata === undefined || service === undefined || QUIET.includes(metadata.op)) return [];
    const inputs = metadata.new?.inputs ?? metadata.old?.inputs ?? {};
    const differences = differencesIn(metadata);
    return [{ op: metadata.op, name: nameIn(metadata.urn), service, inputs, differences }];
  });
}

/** The engine's errors, in its own words. */
export function errorsIn(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === "error"
      ? [diagnosticEvent.message.replaceAll(/<\{%.*?%\}>/g, "").trim()]
      : [],
  );
}

/** What the engine waits for: `deleting reader, visitor`; empty before the first step and after the last. */
export function underWay(events: readonly EngineEvent[]): string {
  const begun = new Map<string, string>();
  for (const { resourcePreEvent, resOutputsEvent, resOpFailedEvent } of events) {
    const ended = resOutputsEvent?.metadata ?? resOpFailedEvent?.metadata;
    if (ended !== undefined) begun.delete(ended.urn);
    const metadata = resourcePreEvent?.metadata;
    if (metadata === undefined || !USER_TYPE.test(metadata.type)) continue;
    begun.set(metadata.urn, GERUNDS[metadata.op] ?? metadata.op);
  }
  const gerunds = [...new Set(begun.values())];
  return gerunds.map((gerund) => `${gerund} ${namesWith(gerund, begun).join(", ")}`).join("; ");
}

/** Reads a log of events, one a line, as far as it has been written; the file may not exist yet. */
export function eventReader(file: string): { readonly events: EngineEvent[]; readMore(): Promise<void> } {
  const events: EngineEvent[] = [];
  let position = 0;
  let rest = Buffer.alloc(0);
  return {
    events,
    async readMore() {
      if (!existsSync(file)) return;
      const handle = await open(file);
      try {
        const { size } = await handle.stat();
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - position), 0, null, position);
        position += bytesRead;
        rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      } finally {
        await handle.close();
      }
      const end = rest.lastIndexOf("\n") + 1;
      const lines = rest.toString("utf8", 0, end).split("\n");
      rest = rest.subarray(end);
      events.push(...lines.filter((line) => line !== "").map((line) => JSON.parse(line) as EngineEvent));
    },
  };
}

function namesWith(gerund: string, begun: ReadonlyMap<string, string>): string[] {
  return [...begun].filter(([, each]) => each === gerund).map(([urn]) => nameIn(urn));
}

function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Tags show twice, for tagsAll repeats them with the default tags of the stack. */
function differencesIn({ detailedDiff, old, new: wanted }: Metadata): string[] {
  return Object.keys(detailedDiff ?? {})
    .filter((path) => !path.startsWith("tagsAll"))
    .map((path) => `${path}${values(valueAt(old?.inputs, path), valueAt(wanted?.inputs, path))}`);
}

function values(before: unknown, after: unknown): string {
  const readable = [before, after].every(
    (value) => typeof value === "string" && value.length < 40 && value !== "[secret]",
  );
  return readable ? ` "${before}" -> "${after}"` : "";
}

function valueAt(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce((at: unknown, key) => (at as Record<string, unknown> | undefined)?.[key], value);
}
