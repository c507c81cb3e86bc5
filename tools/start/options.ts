import { parseArgs } from "node:util";
import { JobFailure } from "./failure";

/** What the job was started with. */
export interface Options {
  /** On the account of the environment's credentials instead of the local AWS. */
  readonly aws: boolean;
  /** Without asking. */
  readonly yes: boolean;
  readonly help: boolean;
}

/** What can be given. */
export const USAGE = `Takes one user of each kind through the life of a Pulumi stack, and proves that none is left.

npm start                      on a local AWS that runs in memory
npm start -- --aws             on the account of the environment's credentials; asks before it makes anything
npm start -- --aws --yes       the same without asking`;

/** Reads the arguments behind the command's name. Throws JobFailure for one that does not exist. */
export function readOptions(args: readonly string[]): Options {
  try {
    const flag = { type: "boolean", default: false } as const;
    const options = { aws: flag, yes: flag, help: flag };
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new JobFailure((error as Error).message, ["", ...USAGE.split("\n")], { cause: error });
  }
}
