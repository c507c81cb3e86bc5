import { runtime } from "@pulumi/pulumi";
import {
  type ConfigMap,
  type DestroyOptions,
  LocalWorkspace,
  type PreviewOptions,
  PulumiCommand,
  type RefreshOptions,
  type Stack,
  type UpOptions,
} from "@pulumi/pulumi/automation";
import { type Environment, type Isolation, isolate } from "./isolation";
import { type Listeners, type Outcome, observe, UnexpectedOutcome } from "./operation";
import { type CommandResult, runProcess } from "./process";
import { type ExportedState, resourceIn, resourcesIn, type StateResource } from "./state";
import { nameInUrn } from "./steps";

/** A Pulumi program; what it returns becomes the stack's outputs. */
export type Program = () => unknown;

/** Values by key; a plain text is not secret. A key without a colon belongs to the project. */
export type StackConfig = Readonly<
  Record<string, string | { readonly value: string; readonly secret: true }>
>;

export interface StackOptions {
  readonly program: Program;
  /** The stack's name; `test` by default. */
  readonly name?: string;
  /** The project's name; `users` by default. */
  readonly project?: string;
  /** For the engine and the providers, not for the program: it runs in the process of the tests. */
  readonly env: Environment;
  readonly config?: StackConfig;
}

/** The operations of a stack. */
interface Operations {
  up(options?: UpOptions): Promise<Outcome>;
  preview(options?: PreviewOptions): Promise<Outcome>;
  refresh(options?: RefreshOptions): Promise<Outcome>;
  destroy(options?: DestroyOptions): Promise<Outcome>;
}

/** A real stack, alone in a temporary folder. Its operations throw UnexpectedOutcome when they fail. */
export interface TestStack extends Operations {
  /** The operations, where the test wants them to fail: they throw UnexpectedOutcome when they succeed. */
  readonly failing: Operations;
  /** The operations, where the test looks at `failed` itself. */
  readonly either: Operations;
  /** The Automation API's own stack, for all else it can do; its results lack summary and outputs. */
  readonly stack: Stack;
  /** Runs the `pulumi` command on this stack: `command("state", "delete", urn, "--yes")`. */
  command(...args: string[]): Promise<CommandResult>;
  /** The program of the operations to come. */
  setProgram(program: Program): void;
  /** Variables for the operations to come, over those the stack was opened with. */
  setEnvironment(variables: Environment): void;
  setConfig(config: StackConfig): Promise<void>;
  rename(name: string): Promise<void>;
  export(): Promise<ExportedState>;
  importState(state: ExportedState): Promise<void>;
  /** The resource of this URN or name in the state, secrets decrypted; throws when there is none. */
  resource(urnOrName: string): Promise<StateResource>;
  /** The names of all resources that are in the state, the stack itself and default providers left out. */
  resourceNames(): Promise<string[]>;
  /** The state as it lies on disk, secrets encrypted. */
  stateText(): Promise<string>;
  /** All that any operation of this stack has shown so far. */
  output(): string;
  /** Removes the stack's folder. Does not destroy what the stack has made. */
  close(): Promise<void>;
}

/**
 * Inline programs of all stacks run in this process, each with connections to an engine of its own. Kept connections
 * are looked up by port: an engine that gets the port of an earlier one would be taken for dead, and Pulumi takes a
 * program that cannot reach its engine for one that declares nothing.
 */
Object.assign((runtime as unknown as { grpcClientOptions: object }).grpcClientOptions, {
  "grpc.use_local_subchannel_pool": 1,
});

/** Makes an empty stack; `close` it at the end. */
export async function openStack(options: StackOptions): Promise<TestStack> {
  const isolation = await isolate(options.env);
  try {
    const stack = await createStack(options, isolation);
    if (options.config !== undefined) await stack.setAllConfig(configMap(options.config));
    return testStack(stack, isolation, options.program);
  } catch (error) {
    isolation.remove();
    throw error;
  }
}

async function createStack(options: StackOptions, isolation: Isolation): Promise<Stack> {
  const projectName = options.project ?? "users";
  const stack = await LocalWorkspace.createStack(
    { stackName: options.name ?? "test", projectName, program: async () => {} },
    {
      workDir: isolation.workFolder,
      envVars: isolation.environment as Record<string, string>,
      pulumiCommand: await PulumiCommand.get({ root: isolation.engineRoot }),
      projectSettings: { name: projectName, runtime: "nodejs" },
    },
  );
  // The Automation API asks for both after every operation: a second each time, for what the events have told.
  return Object.assign(stack, { info: async () => undefined, outputs: async () => ({}) });
}

function testStack(stack: Stack, isolation: Isolation, first: Program): TestStack {
  const texts: string[] = [];
  const setProgram = (program: Program) => {
    stack.workspace.program = async () => (await program()) as Record<string, unknown> | undefined;
  };
  const exported = async () => (await stack.exportStack()) as ExportedState;
  const command = async (...args: string[]) => {
    const settings = { cwd: stack.workspace.workDir, env: stack.workspace.envVars };
    const result = await runProcess(
      "pulumi",
      [...args, "--stack", stack.name, "--non-interactive"],
      settings,
    );
    texts.push(result.output);
    return result;
  };
  setProgram(first);
  return {
    stack,
    ...operations(stack, texts, "succeeds"),
    failing: operations(stack, texts, "fails"),
    either: operations(stack, texts, "either"),
    command,
    setProgram,
    setEnvironment: (variables) => void Object.assign(stack.workspace.envVars, variables),
    setConfig: (config) => stack.setAllConfig(configMap(config)),
    rename: async (stackName) => void (await stack.rename({ stackName })),
    export: exported,
    importState: (state) => stack.importStack(state),
    resource: async (urnOrName) => resourceIn(await exported(), urnOrName),
    resourceNames: async () => resourcesIn(await exported()).map(({ urn }) => nameInUrn(urn)),
    stateText: async () => (await command("stack", "export")).stdout,
    output: () => texts.join("\n"),
    close: async () => isolation.remove(),
  };
}

function operations(stack: Stack, texts: string[], wanted: "succeeds" | "fails" | "either"): Operations {
  const operation =
    <Options extends Listeners>(name: string, start: (options: Options) => Promise<unknown>) =>
    async (options?: Options) => {
      const outcome = await observe(start, options ?? ({} as Options));
      texts.push(outcome.output);
      if (outcome.failed && wanted === "succeeds") throw new UnexpectedOutcome(`${name} failed`, outcome);
      if (!outcome.failed && wanted === "fails") throw new UnexpectedOutcome(`${name} succeeded`, outcome);
      return outcome;
    };
  return {
    up: operation("up", (options: UpOptions) => stack.up(options)),
    preview: operation("preview", (options: PreviewOptions) => stack.preview(options)),
    refresh: operation("refresh", (options: RefreshOptions) => stack.refresh(options)),
    destroy: operation("destroy", (options: DestroyOptions) => stack.destroy(options)),
  };
}

function configMap(config: StackConfig): ConfigMap {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? { value } : value]),
  );
}
