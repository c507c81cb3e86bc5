import { setTimeout as pause } from "node:timers/promises";
import { Interrupted, JobFailure } from "./failure";

const GAP_MS = 250;
const PATIENCE_MS = 5 * 60_000;

/** Asks again until the answer is yes. Throws JobFailure when it has not been after five minutes. */
export async function eventually(
  what: string,
  signal: AbortSignal,
  ask: () => Promise<boolean>,
): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await ask())) {
    if (signal.aborted) throw new Interrupted();
    if (performance.now() > end) throw new JobFailure(`Waited five minutes in vain until ${what}.`);
    await pause(GAP_MS);
  }
}

/** Calls AWS again as long as it answers with one of these errors: a change that not all of IAM has heard of. */
export async function persistently<T>(
  what: string,
  signal: AbortSignal,
  passing: readonly string[],
  call: () => Promise<T>,
): Promise<T> {
  let result: { readonly value: T } | undefined;
  await eventually(what, signal, async () => {
    try {
      result = { value: await call() };
      return true;
    } catch (error) {
      if (passing.includes((error as Error).name)) return false;
      throw error;
    }
  });
  return (result as { readonly value: T }).value;
}
