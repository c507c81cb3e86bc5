/** What the engine tests are written with: real stacks in the real engine, apart from all else on the machine. */
export { type CommandLine, type CommandLineOptions, openCommandLine } from "./harness/commandLine";
export type { Environment } from "./harness/isolation";
export { type Outcome, UnexpectedOutcome } from "./harness/operation";
export type { CommandResult } from "./harness/process";
export {
  type Operations,
  openStack,
  type Program,
  type StackConfig,
  type StackOptions,
  type TestStack,
} from "./harness/stack";
export type { ExportedState, State, StateResource } from "./harness/state";
export { type Message, nameInUrn, type Step } from "./harness/steps";
