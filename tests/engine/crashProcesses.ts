import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** All processes that one run of the engine has started, the engine itself among them. */
export interface RunProcesses {
  /** What the engine is to be given: its children inherit it, and carry it on when it is dead. */
  readonly env: Readonly<Record<string, string>>;
  signalEngine(signal: NodeJS.Signals): void;
  /** The hosts of dynamic providers that are alive. */
  hosts(): readonly number[];
  killHosts(): void;
  /** Kills the engine, and stops the hosts before they can notice it; returns what lets them go on. */
  freezeOrphans(): () => void;
  /** Ends all that is left. */
  sweep(): void;
}

const MARK = "PULUMI_AWS_USERS_TEST_RUN";

/** Gives a mark by which the processes of a run are known, and acts on those that carry it. */
export function runProcesses(): RunProcesses {
  const id = randomUUID();
  const marked = () => processes().filter((pid) => fileOf(pid, "environ").includes(`${MARK}=${id}`));
  const hosts = () => marked().filter((pid) => fileOf(pid, "cmdline").some((arg) => HOST.test(arg)));
  const engine = () => {
    const found = marked().find((pid) => basename(fileOf(pid, "cmdline")[0] ?? "") === "pulumi");
    if (found === undefined) throw new Error("the engine is not running");
    return found;
  };
  return {
    env: { [MARK]: id },
    signalEngine: (signal) => sendAll([engine()], signal),
    hosts,
    killHosts: () => sendAll(hosts(), "SIGKILL"),
    freezeOrphans: () => {
      const [killed, orphans] = [engine(), hosts()];
      sendAll([killed], "SIGKILL");
      // The system hangs up on processes that are stopped when the one that started them ends; so only after its end.
      while (!hasEnded(killed));
      sendAll(orphans, "SIGSTOP");
      return () => sendAll(orphans, "SIGCONT");
    },
    sweep: () => sendAll(marked(), "SIGKILL"),
  };
}

const HOST = /@pulumi\/pulumi\/cmd\/dynamic-provider/;

const PATIENCE_MS = 60_000;
const GAP_MS = 25;

/** Returns as soon as something is so. @throws Error after a minute, with what is told then */
export async function eventually(what: string, isSo: () => boolean, tell: () => string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`Waited a minute in vain until ${what}.\n${tell()}`);
    await pause(GAP_MS);
  }
}

function processes(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** True when a process, with all its threads, is nothing but an exit code that its parent has not fetched yet. */
function hasEnded(pid: number): boolean {
  const [stat = ""] = fileOf(pid, "stat");
  return stat === "" || (/\) Z /.test(stat) && threadsOf(pid) <= 1);
}

function threadsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0;
  }
}

/** Empty for a process that has ended or is somebody else's. */
function fileOf(pid: number, file: "environ" | "cmdline" | "stat"): string[] {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8").split("\0");
  } catch {
    return [];
  }
}

/** Processes that have ended since they were found are left out. */
function sendAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}
