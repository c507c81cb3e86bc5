import { createInterface } from "node:readline/promises";
import { Interrupted, JobFailure } from "./failure";
import type { Screen } from "./screen";

/** Asks whether to go on. Throws JobFailure unless the answer is yes, and where there is nobody to ask. */
export async function confirm(question: string, screen: Screen, signal: AbortSignal): Promise<void> {
  if (!screen.interactive || process.stdin.isTTY !== true) {
    throw new JobFailure("There is no terminal to ask for confirmation at.", [
      "Give --yes as well, if all of that shall be made in this account.",
    ]);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-C reaches the prompt, not the process.
  terminal.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal });
    if (!/^y(es)?$/i.test(answer.trim())) throw new JobFailure("Nothing was made.");
  } catch (error) {
    throw signal.aborted ? new Interrupted() : error;
  } finally {
    terminal.close();
  }
}
