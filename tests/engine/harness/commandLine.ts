import { cpSync } from "node:fs";
import { basename, join } from "node:path";
import { PROJECT_FOLDER } from "../../../tools/project";
import { type Environment, isolate } from "./isolation";
import { type CommandResult, runProcess } from "./process";

export interface CommandLineOptions {
  /** A Pulumi project of this repository, as `examples/iam-user`; it is copied, so that nothing is written into it. */
  readonly project?: string;
  readonly env: Environment;
}

/** The `pulumi` command with a home and a state of its own. */
export interface CommandLine {
  /** Where commands run: the copy of the project, else an empty folder in which this package is found. */
  readonly folder: string;
  /** What commands are given, for a test that starts a process of its own. */
  readonly env: Environment;
  /** Runs `pulumi` with these arguments, never interactively; a non-zero exit code is no exception. */
  pulumi(
    args: readonly string[],
    options?: { readonly cwd?: string; readonly env?: Environment },
  ): Promise<CommandResult>;
  /** All that any command has shown so far. */
  output(): string;
  /** Removes the folder. Does not destroy what stacks have made. */
  close(): Promise<void>;
}

/** Opens a place to run the `pulumi` command in; `close` it at the end. */
export async function openCommandLine(options: CommandLineOptions): Promise<CommandLine> {
  const isolation = await isolate(options.env);
  const texts: string[] = [];
  const folder =
    options.project === undefined ? isolation.workFolder : copyProject(options.project, isolation.workFolder);
  return {
    folder,
    env: isolation.environment,
    async pulumi(args, { cwd = folder, env = {} } = {}) {
      const settings = { cwd, env: { ...isolation.environment, ...env } };
      const result = await runProcess("pulumi", [...args, "--non-interactive", "--color", "never"], settings);
      texts.push(result.output);
      return result;
    },
    output: () => texts.join("\n"),
    close: async () => isolation.remove(),
  };
}

function copyProject(project: string, parent: string): string {
  const folder = join(parent, basename(project));
  cpSync(join(PROJECT_FOLDER, project), folder, {
    recursive: true,
    filter: (file) => basename(file) !== "node_modules",
  });
  return folder;
}
