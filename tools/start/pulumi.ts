import { type ChildProcess, spawn } from "node:child_process";
import { Interrupted } from "./failure";

/** How a run of the `pulumi` command ended. */
export interface Ended {
  readonly code: number | null;
  /** stdout and stderr, in the order in which they came. */
  readonly output: string;
}

/** How the `pulumi` command is run. */
export interface Run {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** What it reads from stdin: a secret that the command line must not show. */
  readonly input?: string;
  readonly signal: AbortSignal;
}

/** Runs `pulumi` to its end. An interruption is handed on to it, and it ends what it is doing. Throws Interrupted. */
export async function pulumi(args: readonly string[], { env, cwd, input, signal }: Run): Promise<Ended> {
  if (signal.aborted) throw new Interrupted();
  // In a group of its own: Ctrl-C reaches it once, through us. It takes a second one as an order to drop everything.
  const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
    env,
    cwd,
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const stop = () => child.kill("SIGINT");
  const interrupt = () => {
    stop();
    process.once("SIGINT", stop);
  };
  signal.addEventListener("abort", interrupt, { once: true });
  process.once("exit", stop);
  try {
    child.stdin.on("error", () => {}).end(input ?? "");
    const result = await ended(child);
    // Read again: it may have been aborted meanwhile.
    if ((signal as AbortSignal).aborted) throw new Interrupted();
    return result;
  } finally {
    process.off("exit", stop).off("SIGINT", stop);
    signal.removeEventListener("abort", interrupt);
  }
}

function ended(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}
