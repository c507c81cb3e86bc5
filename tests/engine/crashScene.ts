import type { LocalAws } from "../../local";
import { eventually, type RunProcesses, runProcesses } from "./crashProcesses";
import { type Scene, scenes } from "./fixtures";
import type { Environment, Outcome, Program, TestStack } from "./harness";

/** A stack whose runs can be cut off while AWS is at work. */
export interface CrashScene extends Scene {
  /** From now on AWS accepts changes, and does not finish them. */
  holdAws(): void;
  /** AWS finishes what it has begun, and from now on each change at once. */
  releaseAws(): void;
  /** Starts an operation, and returns once AWS has carried out these calls: `iam:CreateUser`. */
  start(operation: "up" | "destroy", calls: readonly string[], env?: Environment): Promise<CutOff>;
}

/** An operation that is under way. */
export interface CutOff extends RunProcesses {
  /** What the engine has shown so far. */
  output(): string;
  /** Interrupts the engine as Ctrl-C does, and returns when it has heard of it. */
  interrupt(): Promise<void>;
  readonly ended: Promise<Outcome>;
}

/** So long that it never ends while AWS is held. */
const CHANGE_MS = 3_600_000;

/** Registers a hook that leaves nothing of a test behind, no process either, and gives what opens a scene. */
export function crashScenes(): (program: Program) => Promise<CrashScene> {
  const begun: RunProcesses[] = [];
  // Before the hook of the scenes: a host that is alive would go on asking an AWS that is closed.
  afterEach(() => begun.splice(0).forEach(({ sweep }) => void sweep()));
  const begin = scenes();
  return async (program) => {
    const clock = awsClock();
    const transitions = { createMs: CHANGE_MS, modifyMs: CHANGE_MS, deleteMs: CHANGE_MS };
    const { aws, stack } = await begin({
      program,
      aws: { transitions, iamLagMs: CHANGE_MS, now: clock.now },
    });
    return {
      aws,
      stack,
      holdAws: clock.hold,
      releaseAws: clock.release,
      async start(operation, calls, env = {}) {
        const processes = runProcesses();
        begun.push(processes);
        const isDone = carriedOut(aws, calls);
        stack.setEnvironment({ ...env, ...processes.env });
        const run = cutOff(stack, operation, processes);
        await eventually(`AWS had carried out ${calls}`, isDone, run.output);
        return run;
      },
    };
  };
}

/** Time that stands still while AWS is held, and else has moved on by a whole change at each look. */
function awsClock() {
  let time = Date.UTC(2026, 0, 1);
  let held = false;
  return {
    now: () => {
      if (!held) time += CHANGE_MS;
      return time;
    },
    hold: () => {
      held = true;
    },
    release: () => {
      held = false;
    },
  };
}

function carriedOut(aws: LocalAws, wanted: readonly string[]): () => boolean {
  const before = aws.calls().length;
  return () => {
    const calls = aws.calls().slice(before);
    const names = new Set(
      calls.filter(({ error }) => !error).map((call) => `${call.service}:${call.operation}`),
    );
    return wanted.every((name) => names.has(name));
  };
}

function cutOff(stack: TestStack, operation: "up" | "destroy", processes: RunProcesses): CutOff {
  let output = "";
  const listen = (text: string) => {
    output += text;
  };
  const ended = stack.either[operation]({ onOutput: listen, onError: listen });
  return {
    ...processes,
    output: () => output,
    async interrupt() {
      processes.signalEngine("SIGINT");
      await eventually(
        "the engine had heard of the interrupt",
        () => /\^C received/.test(output),
        () => output,
      );
    },
    ended,
  };
}
