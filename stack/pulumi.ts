import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { resolve } from "node:path";

/** Which stack, and where the `pulumi` command is run. */
export interface StackOptions {
  /** A name, or `organization/project/name`; the selected stack by default. */
  readonly stack?: string | undefined;
  /** The folder of the Pulumi project, or one below it; the current folder by default. */
  readonly cwd?: string | undefined;
  /** Variables for the `pulumi` command, over those of this process: `PULUMI_BACKEND_URL`, a passphrase. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** The backend has no stack of that name: it was removed, or never made. */
export class NoSuchStack extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "NoSuchStack";
  }
}

/**
 * Runs `pulumi` on the stack, never interactively, and returns what it wrote on standard output.
 *
 * @throws Error in words, with what to do about it; NoSuchStack among them.
 */
export function pulumi(args: readonly string[], { stack, cwd, env }: StackOptions): Promise<string> {
  const folder = resolve(cwd ?? ".");
  if (!isFolder(folder)) throw new Error(`the folder ${folder} does not exist`);
  const all = [...args, ...(stack === undefined ? [] : ["--stack", stack]), "--non-interactive"];
  return new Promise((done, fail) => {
    execFile(
      "pulumi",
      all,
      { cwd: folder, env: { ...process.env, ...env }, maxBuffer: Number.POSITIVE_INFINITY },
      (error, stdout, stderr) => {
        if (error === null) done(stdout);
        else fail(failure(error, stderr, folder));
      },
    );
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

const NO_STACK = /no stack named/;

const ADVICE: readonly (readonly [said: RegExp, advice: string])[] = [
  [
    /no Pulumi\.yaml project file found/,
    "Run it in the folder of the Pulumi project, or name that with --cwd.",
  ],
  [
    /pass the fully qualified name/,
    "Run it in the folder of the Pulumi project, name that with --cwd, or give the stack as organization/project/stack.",
  ],
  [/no stack selected/, "Name one with --stack, or choose one by pulumi stack select."],
  [NO_STACK, "pulumi stack ls shows which there are."],
  [
    /must be set for login/,
    "Run pulumi login, or set PULUMI_BACKEND_URL to where the stack's state is kept.",
  ],
  [
    /passphrase must be set|incorrect passphrase/,
    "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE, as for pulumi destroy.",
  ],
];

function failure(cause: Error, stderr: string, folder: string): Error {
  if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
    return new Error(
      "there is no pulumi on the PATH. Install Pulumi, or add the folder that holds it to the PATH.",
      { cause },
    );
  }
  const said = sentence(cause, stderr);
  const advice = ADVICE.find(([pattern]) => pattern.test(said))?.[1];
  const message = `pulumi says in ${folder}: ${said.replace(/\.$/, "")}.${advice === undefined ? "" : ` ${advice}`}`;
  return NO_STACK.test(said) ? new NoSuchStack(message, { cause }) : new Error(message, { cause });
}

/** The command's own; hints and warnings that it prints beside are left out. */
function sentence(error: Error, stderr: string): string {
  return /^error: (.*)$/m.exec(stderr)?.[1] ?? (stderr.trim() || error.message);
}
