import type { EngineEvent, OpType, PropertyDiff, StepEventMetadata } from "@pulumi/pulumi/automation";

const STACK_TYPE = "pulumi:pulumi:Stack";

/** What the engine did, or in a preview would do, to one resource. */
export interface Step {
  readonly op: OpType;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** The properties that make the step a replacement. */
  readonly replaceKeys: readonly string[];
  /** The properties that differ. */
  readonly diffs: readonly string[];
  readonly detailedDiff: Readonly<Record<string, PropertyDiff>>;
  readonly old: StepEventMetadata["old"];
  readonly new: StepEventMetadata["new"];
  readonly failed: boolean;
}

/** A message that the engine shows, without colours. */
export interface Message {
  readonly severity: "info" | "info#err" | "warning" | "error";
  readonly urn: string | undefined;
  readonly text: string;
}

/** The name in a URN: all behind its third `::`. */
export function nameInUrn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** Whether a resource is the engine's own: the stack, or a provider that no program has made. */
export function isBackground(type: string, name: string): boolean {
  return type === STACK_TYPE || (type.startsWith("pulumi:providers:") && name.startsWith("default"));
}

/** The steps in the order in which the engine began them; the stack itself and default providers are left out. */
export function stepsOf(events: readonly EngineEvent[]): Step[] {
  const steps: Step[] = [];
  for (const event of events) {
    const begun = event.resourcePreEvent?.metadata;
    const ended = event.resOutputsEvent?.metadata ?? event.resOpFailedEvent?.metadata;
    if (begun !== undefined) steps.push(toStep(begun, false));
    if (ended !== undefined) end(steps, ended, event.resOpFailedEvent !== undefined);
  }
  return steps.filter(({ type, name }) => !isBackground(type, name));
}

/** The steps that change something, one line each: `create ann`, `delete bob (failed)`. */
export function changesOf(steps: readonly Step[]): string[] {
  const quiet: readonly OpType[] = ["same", "refresh", "read"];
  return steps
    .filter(({ op, failed }) => failed || !quiet.includes(op))
    .map(({ op, name, failed }) => `${op} ${name}${failed ? " (failed)" : ""}`);
}

/** The outputs of the stack itself, secrets masked; empty where the program did not come to its end. */
export function stackOutputsOf(events: readonly EngineEvent[]): Record<string, unknown> {
  const ended = events.findLast(({ resOutputsEvent }) => resOutputsEvent?.metadata.type === STACK_TYPE);
  return ended?.resOutputsEvent?.metadata.new?.outputs ?? {};
}

/** What the engine told the user, warnings and errors included. */
export function messagesOf(events: readonly EngineEvent[]): Message[] {
  return events.flatMap(({ diagnosticEvent }) => {
    if (diagnosticEvent === undefined) return [];
    const { severity, urn, message } = diagnosticEvent;
    return [{ severity, urn, text: message.replaceAll(/<\{%.*?%\}>/g, "").trim() }];
  });
}

/** A refresh is known for an update, a deletion or nothing only when it has ended. */
function end(steps: Step[], metadata: StepEventMetadata, failed: boolean): void {
  const begun = steps.findLastIndex(
    ({ urn, op }) => urn === metadata.urn && (op === metadata.op || op === "refresh"),
  );
  if (begun >= 0) steps.splice(begun, 1, toStep(metadata, failed));
}

function toStep(metadata: StepEventMetadata, failed: boolean): Step {
  return {
    op: metadata.op,
    urn: metadata.urn,
    type: metadata.type,
    name: nameInUrn(metadata.urn),
    replaceKeys: (metadata.keys ?? []).toSorted(),
    diffs: metadata.diffs ?? [],
    detailedDiff: metadata.detailedDiff ?? {},
    old: metadata.old,
    new: metadata.new,
    failed,
  };
}
