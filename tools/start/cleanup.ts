import { persistently } from "./eventually";

/** What the job made past Pulumi, and how to take it away again. */
export interface Cleanup {
  /** Remembers how to undo something; call it before what is to be undone is done. */
  add(what: string, undo: () => Promise<unknown>): void;
  /** Undoes all, the last first; gives what could not be undone, with the reason. */
  run(): Promise<string[]>;
}

/** The names of the errors by which AWS says that a thing is not there. */
const ABSENT = ["NoSuchEntityException", "ResourceNotFoundException"];

/** IAM may not have heard yet that nobody uses a policy or a group any more. */
const IN_USE = ["DeleteConflictException"];

/** An empty list of things to undo. What is gone already is no failure. */
export function createCleanup(): Cleanup {
  const steps: { readonly what: string; readonly undo: () => Promise<unknown> }[] = [];
  return {
    add: (what, undo) => void steps.push({ what, undo }),
    async run() {
      const failed: string[] = [];
      const unstoppable = new AbortController().signal;
      for (const { what, undo } of steps.splice(0).reverse()) {
        try {
          await persistently(`${what} can be removed`, unstoppable, IN_USE, undo);
        } catch (error) {
          const { name, message } = error as Error;
          if (!ABSENT.includes(name)) failed.push(`${what} (${name}: ${message})`);
        }
      }
      return failed;
    },
  };
}
