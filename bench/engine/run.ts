import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import type { Call } from "../../local";
import { openStack, type TestStack } from "../../tests/engine/harness";
import type { MeasuredAws } from "../aws";
import type { Figure, Figures } from "../figures";
import type { WantedUser } from "../users";
import { DECLARE, type Variant } from "./variants";

/** What the process of the provider showed. */
interface HostRecord {
  /** From its start to the first answer of AWS. */
  readonly firstAnswerMs?: number;
  readonly maxRssMb: number;
  /** The packages of AWS clients that it loaded. */
  readonly clients: readonly string[];
}

/** One operation of the engine, and what can be learnt from it. */
interface EngineFigure extends Figure {
  readonly log: readonly Call[];
  /** When the engine said that a resource is done, by its name; milliseconds since the epoch. */
  readonly endedAt: ReadonlyMap<string, number>;
  readonly host: HostRecord | undefined;
}

/** The life of a stack in the real engine. */
export interface EngineFigures extends Figures {
  readonly create: EngineFigure;
  readonly refresh: EngineFigure;
  readonly destroy: EngineFigure;
  /** The state file after the create. */
  readonly stateBytes: number;
}

/** What is measured. */
export interface Life {
  readonly variant: Variant;
  readonly users: readonly WantedUser[];
  /** The engine's default when absent. */
  readonly parallel?: number;
  /** Whether the engine saves its state at every step, as it does for users, or at the end alone. */
  readonly saves: "every step" | "at the end";
  /** Done to AWS between create and refresh. */
  readonly meanwhile?: () => Promise<void>;
}

/** Takes a stack up, refreshes it and takes it down, in the real engine. @throws Error when users are left. */
export async function measureEngine(aws: MeasuredAws, life: Life): Promise<EngineFigures> {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-bench-"));
  const record = join(folder, "host.json");
  const stack = await openStack({
    program: () => life.users.forEach(DECLARE[life.variant]),
    env: { ...aws.env, ...hostOptions(record), ...SAVING[life.saves] },
  });
  try {
    const run = (operation: "up" | "refresh" | "destroy") =>
      figureOf(aws, stack, operation, life.parallel, record);
    const create = await run("up");
    const stateBytes = stateSize(stack);
    await life.meanwhile?.();
    const refresh = await run("refresh");
    const destroy = await run("destroy");
    await aws.assertEmpty();
    return { create, refresh, destroy, stateBytes };
  } finally {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In a file, each save writes the whole state: that grows with the square of the users, and hides all else. */
const SAVING = { "every step": {}, "at the end": { PULUMI_SKIP_CHECKPOINTS: "true" } } as const;

function hostOptions(record: string): Record<string, string> {
  const recorder = JSON.stringify(join(__dirname, "hostRecorder.js"));
  const own = process.env["NODE_OPTIONS"] ?? "";
  return { BENCH_HOST_RECORD: record, NODE_OPTIONS: `${own} --require=${recorder}`.trim() };
}

async function figureOf(
  aws: MeasuredAws,
  stack: TestStack,
  operation: "up" | "refresh" | "destroy",
  parallel: number | undefined,
  record: string,
): Promise<EngineFigure> {
  rmSync(record, { force: true });
  const before = (await aws.calls()).length;
  const endedAt = new Map<string, number>();
  const { duration } = await stack[operation]({
    ...(parallel !== undefined && { parallel }),
    onEvent: (event) => noteEnd(event, endedAt),
  });
  const log = (await aws.calls()).slice(before);
  return { ms: duration, calls: log.length, log, endedAt, host: hostRecord(record) };
}

function noteEnd({ resOutputsEvent }: EngineEvent, endedAt: Map<string, number>): void {
  const name = resOutputsEvent?.metadata.urn.split("::").at(-1);
  if (name !== undefined) endedAt.set(name, Date.now());
}

function hostRecord(file: string): HostRecord | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as HostRecord) : undefined;
}

function stateSize({ stack }: TestStack): number {
  const backend = stack.workspace.envVars["PULUMI_BACKEND_URL"] ?? "";
  const folder = join(backend.replace("file://", ""), ".pulumi", "stacks", "users");
  return statSync(join(folder, `${stack.name}.json`)).size;
}
