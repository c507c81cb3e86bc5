import { type Command, InvalidArgumentError } from "commander";
import { type CallLimit, type LocalAws, startLocalAws } from "../local";

interface LocalFlags {
  readonly host: string;
  readonly port: number;
  readonly latency?: number;
  readonly createMs?: number;
  readonly modifyMs?: number;
  readonly deleteMs?: number;
  readonly groupMs?: number;
  readonly pageSize?: number;
  readonly iamLag?: number;
  readonly limit: readonly CallLimit[];
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  $ pulumi-aws-users local                        listen on port 4570 and print what to set
  $ pulumi-aws-users local --delete-ms 5000       deleted users stay "deleting" for five seconds
  $ pulumi-aws-users local --port 0 --json        pick a free port and print JSON, for programs
  $ pulumi-aws-users local --limit rekognition:DeleteUser=5
  $ curl http://127.0.0.1:4570/_local/users       all users alive, and what hangs on them
  $ curl http://127.0.0.1:4570/_local/calls       all calls so far
  $ curl -d '[{"operation":"iam:DeleteUser","calls":[1],"error":{"code":"Throttling"}}]' \\
      http://127.0.0.1:4570/_local/faults         make the next DeleteUser fail
  $ curl -d '[{"userName":"ann","at":"2026-01-31T12:00:00Z"}]' \\
      http://127.0.0.1:4570/_local/last-used    when the password of ann was last used
  $ curl -X POST http://127.0.0.1:4570/_local/reset`;

/** Adds the command `local`, which runs a local AWS until it is told to stop. */
export function addLocalCommand(program: Command): void {
  program
    .command("local")
    .description("Run an AWS in memory on loopback: MemoryDB, ElastiCache, IAM, Rekognition and STS.")
    .option("--host <address>", "loopback address to listen on", "127.0.0.1")
    .option("--port <number>", "port to listen on, 0 for a free one", wholeNumber, 4570)
    .option("--latency <ms>", "time that every call takes", wholeNumber)
    .option("--create-ms <ms>", "time that a new user is creating", wholeNumber)
    .option("--modify-ms <ms>", "time that a changed user is modifying", wholeNumber)
    .option("--delete-ms <ms>", "time that a deleted user is deleting", wholeNumber)
    .option("--group-ms <ms>", "time that an ACL or user group is modifying", wholeNumber)
    .option("--page-size <items>", "items that a page holds at most", wholeNumber)
    .option("--iam-lag <ms>", "time that IAM reads lag behind writes", wholeNumber)
    .option("--limit <operation=rate>", "calls a second before throttling; may be repeated", callLimit, [])
    .option("--json", "print the endpoint and environment as one line of JSON")
    .addHelpText("after", EXAMPLES)
    .action(runLocal);
}

async function runLocal(flags: LocalFlags): Promise<void> {
  const aws = await start(flags);
  const stop = () => void aws.close();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  process.stdout.write(flags.json ? jsonOf(aws) : linesOf(aws));
}

async function start(flags: LocalFlags): Promise<LocalAws> {
  const { host, port, latency, createMs, modifyMs, deleteMs, groupMs, pageSize, iamLag, limit } = flags;
  try {
    return await startLocalAws({
      host,
      port,
      limits: limit,
      transitions: given({ createMs, modifyMs, deleteMs, groupMs }),
      ...given({ latency, pageSize, iamLagMs: iamLag }),
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === "EADDRINUSE"
      ? new Error(`port ${port} on ${host} is taken: name another with --port, or --port 0 for a free one`)
      : error;
  }
}

/** Without the flags that were not given, so that their defaults hold. */
function given<K extends string>(flags: Record<K, number | undefined>): Partial<Record<K, number>> {
  const set = Object.entries(flags).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as Partial<Record<K, number>>;
}

function jsonOf({ endpoint, env }: LocalAws): string {
  return `${JSON.stringify({ endpoint, env })}\n`;
}

/** Whole lines for a shell to evaluate; what is for people is a comment. */
function linesOf({ endpoint, env }: LocalAws): string {
  const exports = Object.entries(env).map(([name, value]) => `export ${name}=${value}`);
  const lines = [
    `# local AWS at ${endpoint}; set this where it is to be used:`,
    ...exports,
    "# Ctrl-C stops it",
  ];
  return `${lines.join("\n")}\n`;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) {
    throw new InvalidArgumentError("It needs a whole number, 0 or more.");
  }
  return Number(text);
}

function callLimit(text: string, before: readonly CallLimit[]): readonly CallLimit[] {
  const [, operation, rate] = /^([\w:*]+)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (!operation || Number(rate) === 0) {
    throw new InvalidArgumentError("It needs an operation and calls a second: iam:DeleteUser=5.");
  }
  return [...before, { operation, perSecond: Number(rate) }];
}
