import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Call } from "../local";
import { PROGRAM } from "../tests/program";

/** How AWS behaves while it is measured against, in milliseconds. */
export interface Behaviour {
  readonly latencyMs: number;
  readonly createMs: number;
  readonly deleteMs: number;
  /** Calls a second, by operation. */
  readonly limits?: Readonly<Record<string, number>>;
  /** The most users that a page of a list holds. */
  readonly pageSize?: number | undefined;
}

/** What everything is measured against unless said otherwise. */
export const USUAL_BEHAVIOUR: Behaviour = { latencyMs: 50, createMs: 300, deleteMs: 5_000 };

/** A local AWS in a process of its own: it shares no event loop with what is measured. */
export interface MeasuredAws {
  readonly behaviour: Behaviour;
  readonly endpoint: string;
  readonly env: Readonly<Record<string, string>>;
  /** The calls so far, those to STS left out unless wanted. */
  calls(): Promise<readonly Call[]>;
  /** Forgets all users and calls. */
  reset(): Promise<void>;
  /** @throws Error when a user is left. */
  assertEmpty(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a local AWS by the package's own command. */
export async function startAws(behaviour: Behaviour): Promise<MeasuredAws> {
  const child = spawn(process.execPath, [PROGRAM, "local", "--port", "0", "--json", ...flagsOf(behaviour)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { endpoint, env } = JSON.parse(line) as Pick<MeasuredAws, "endpoint" | "env">;
  const ask = async (path: string, method = "GET"): Promise<unknown> =>
    (await fetch(`${endpoint}/_local/${path}`, { method })).json();
  return {
    behaviour,
    endpoint,
    env,
    calls: async () => ((await ask("calls")) as Call[]).filter(({ service }) => service !== "sts"),
    reset: async () => void (await ask("reset", "POST")),
    assertEmpty: async () => {
      const left = (await ask("users")) as unknown[];
      if (left.length > 0)
        throw new Error(`${left.length} users were left in AWS by a destroy that succeeded`);
    },
    close: async () => {
      const closed = once(child, "close");
      child.kill("SIGTERM");
      await closed;
    },
  };
}

function flagsOf({ latencyMs, createMs, deleteMs, limits = {}, pageSize }: Behaviour): string[] {
  return [
    ...["--latency", String(latencyMs)],
    ...["--create-ms", String(createMs)],
    ...["--delete-ms", String(deleteMs)],
    ...(pageSize === undefined ? [] : ["--page-size", String(pageSize)]),
    ...Object.entries(limits).flatMap(([operation, rate]) => ["--limit", `${operation}=${rate}`]),
  ];
}
