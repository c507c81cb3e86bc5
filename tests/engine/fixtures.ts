import type { Call, LocalAws, LocalAwsOptions } from "../../local";
import { startAws } from "../aws";
import { type Environment, openStack, type Program, type StackConfig, type TestStack } from "./harness";

/** What a test begins with. */
export interface Beginning {
  readonly program: Program;
  /** How the local AWS behaves; changes take 50 ms unless said otherwise. */
  readonly aws?: LocalAwsOptions;
  readonly config?: StackConfig;
  /** Over the variables that make the local AWS the one that is used. */
  readonly env?: Environment;
  /** The stack's name; `test` by default. */
  readonly name?: string;
}

/** An empty stack and the AWS that it works on. */
export interface Scene {
  readonly aws: LocalAws;
  readonly stack: TestStack;
}

const QUICK = { createMs: 50, modifyMs: 50, deleteMs: 50, groupMs: 50 };

/** An AWS in which all was made an hour ago: what is new there is looked for longer before it counts as gone. */
export const AN_HOUR_AGO: LocalAwsOptions = { now: () => Date.now() - 3_600_000 };

/** Registers a hook that closes after each test what the test has opened with the function returned. */
export function scenes(): (beginning: Beginning) => Promise<Scene> {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  return async ({ aws: behaviour, env, ...beginning }) => {
    const aws = await startAws({ transitions: QUICK, ...behaviour });
    closing.push(() => aws.close());
    const stack = await openStack({ ...beginning, env: { ...aws.env, ...env } });
    closing.push(() => stack.close());
    return { aws, stack };
  };
}

/** The calls that AWS got while something ran, those to STS left out. */
export async function callsDuring(aws: LocalAws, act: () => Promise<unknown>): Promise<readonly Call[]> {
  const before = aws.calls().length;
  await act();
  return aws
    .calls()
    .slice(before)
    .filter(({ service }) => service !== "sts");
}

/** The operations of calls, refused ones with their error: `GetUser`, `GetUser NoSuchEntity`. */
export function operationsOf(calls: readonly Call[]): string[] {
  return calls.map(({ operation, error }) => (error === undefined ? operation : `${operation} ${error}`));
}

/** The ids of all users that are alive in AWS, in any account and region. */
export function idsAlive(aws: LocalAws): string[] {
  return aws.users().map(({ id }) => id);
}

/** Whether the output of an operation holds what a user should never see: lines of a stack. */
export function showsStack(output: string): boolean {
  return /^\s+at .+[:(]\d+/m.test(output);
}
