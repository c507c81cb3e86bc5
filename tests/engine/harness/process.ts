import { spawn } from "node:child_process";
import type { Environment } from "./isolation";

/** How a process ended and what it said. */
export interface CommandResult {
  /** Its exit code; -1 when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order in which they came. */
  readonly output: string;
}

/** Where a process runs and with what. */
export interface CommandSettings {
  readonly cwd: string;
  readonly env: Environment;
  /** What it reads; nothing unless given. */
  readonly input?: string;
  /** Sends SIGINT, as Ctrl-C does. */
  readonly signal?: AbortSignal;
  /** Called for each piece of output as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** Runs a program to its end; a non-zero exit code is no exception. */
export function runProcess(
  command: string,
  args: readonly string[],
  settings: CommandSettings,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: settings.cwd,
      env: { ...process.env, ...settings.env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    // A program that ends without reading is no error: how it ended is told by its exit code.
    child.stdin.on("error", () => {});
    child.stdin.end(settings.input);
    const texts = { stdout: "", stderr: "", output: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        texts[stream] += text;
        texts.output += text;
        settings.onOutput?.(text);
      });
    }
    settings.signal?.addEventListener("abort", () => child.kill("SIGINT"), { once: true });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? -1, ...texts }));
  });
}
