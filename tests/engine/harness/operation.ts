import type { EngineEvent } from "@pulumi/pulumi/automation";
import { changesOf, type Message, messagesOf, type Step, stackOutputsOf, stepsOf } from "./steps";

/** What an operation of the engine did and said. */
export interface Outcome {
  readonly failed: boolean;
  /** In the order in which the engine began them. */
  readonly steps: readonly Step[];
  /** The steps that change something: `create ann`, `update bob`, `delete cid (failed)`. */
  readonly changes: readonly string[];
  readonly messages: readonly Message[];
  /** All that a user would have seen, on stdout and stderr. */
  readonly output: string;
  /** What the program returned, as an up shows it: a secret is the text `[secret]`. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Milliseconds. */
  readonly duration: number;
}

/** An operation of the engine failed where the test wants success, or the other way round. */
export class UnexpectedOutcome extends Error {
  override readonly name = "UnexpectedOutcome";
  constructor(
    message: string,
    readonly outcome: Outcome,
  ) {
    super(`${message}\n${outcome.output}`);
  }
}

/** What every operation of the Automation API can be listened to with. */
export interface Listeners {
  readonly color?: "always" | "never" | "raw" | "auto";
  readonly onOutput?: (text: string) => void;
  readonly onError?: (text: string) => void;
  readonly onEvent?: (event: EngineEvent) => void;
}

/** Runs one operation and gathers what it did; never throws for a failure of the operation itself. */
export async function observe<Options extends Listeners>(
  start: (options: Options) => Promise<unknown>,
  options: Options,
): Promise<Outcome> {
  const events: EngineEvent[] = [];
  const texts: string[] = [];
  const begin = performance.now();
  const error = await errorOf(start({ ...options, ...listeners(events, texts, options) }));
  const steps = stepsOf(events);
  // Where the engine has not even begun, only the error tells why.
  if (error !== undefined && texts.length === 0) texts.push(String(error));
  return {
    failed: error !== undefined,
    steps,
    changes: changesOf(steps),
    messages: messagesOf(events),
    output: texts.join(""),
    outputs: stackOutputsOf(events),
    duration: performance.now() - begin,
  };
}

function listeners(events: EngineEvent[], texts: string[], further: Listeners): Listeners {
  return {
    color: "never",
    onOutput: (text) => {
      texts.push(text);
      further.onOutput?.(text);
    },
    onError: (text) => {
      texts.push(text);
      further.onError?.(text);
    },
    onEvent: (event) => {
      events.push(event);
      further.onEvent?.(event);
    },
  };
}

async function errorOf(operation: Promise<unknown>): Promise<unknown> {
  try {
    await operation;
    return undefined;
  } catch (error) {
    return error;
  }
}
