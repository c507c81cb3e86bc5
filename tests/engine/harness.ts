/** What the engine tests are written with: real stacks in the real engine, apart from all else on the machine. */
export { type CommandLine, openCommandLine } from "./harness/commandLine";
export type { Environment } from "./harness/isolation";
export { type Outcome, UnexpectedOutcome } from "./harness/operation";
export { openStack, type Program, type StackConfig, type TestStack } from "./harness/stack";
export type { ExportedState, StateResource } from "./harness/state";
export type { Step } from "./harness/steps";
