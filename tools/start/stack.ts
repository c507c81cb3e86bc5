import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { PROJECT_FOLDER } from "../project";
import type { Account } from "./account";
import { type Change, changesIn, errorsIn, eventReader, underWay } from "./events";
import { JobFailure } from "./failure";
import { pulumi, type Run } from "./pulumi";
import type { Report } from "./screen";

const EVENTS_GAP_MS = 100;

/** One stack of the root Pulumi.yaml, its state and the engine's home in a temporary folder. */
export interface Stack {
  /** Makes the stack with this configuration. Values may be secret. */
  create(plain: Readonly<Record<string, string>>, secrets: Readonly<Record<string, string>>): Promise<void>;
  /** What an up would do; with `refresh`, after a look at AWS. */
  preview(report: Report, options?: { readonly refresh: boolean }): Promise<Change[]>;
  up(report: Report, options?: { readonly refresh: boolean }): Promise<Change[]>;
  destroy(report: Report): Promise<Change[]>;
  /** The command by which somebody else can destroy what is left, as long as the folder is kept. */
  readonly destroyCommand: string;
  /** Removes the state and all else. */
  remove(): void;
}

/** Prepares a stack of this name; asks neither the engine nor AWS. */
export function openStack(name: string, engine: string, account: Account, signal: AbortSignal): Stack {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-"));
  const config = join(folder, "project", `Pulumi.${name}.yaml`);
  const settings = settingsIn(folder);
  const run = { env: environment(engine, account, settings), cwd: PROJECT_FOLDER, signal };
  const operation = (args: readonly string[], report: Report) =>
    operate([...args, "--stack", name, "--config-file", config], folder, run, report);
  const refreshing = (options?: { readonly refresh: boolean }) => (options?.refresh ? ["--refresh"] : []);
  return {
    create: (plain, secrets) => create({ name, folder, config }, run, plain, secrets),
    preview: (report, options) => operation(["preview", ...refreshing(options)], report),
    up: (report, options) => operation(["up", "--yes", "--skip-preview", ...refreshing(options)], report),
    destroy: (report) => operation(["destroy", "--yes", "--skip-preview"], report),
    destroyCommand: destroyCommand(settings, name, config),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Where the engine keeps what it keeps, and how secrets are encrypted. */
function settingsIn(folder: string): Record<string, string> {
  for (const part of ["home", "state", "project"]) mkdirSync(join(folder, part));
  const passphrase = join(folder, "passphrase");
  writeFileSync(passphrase, randomBytes(24).toString("base64url"), { mode: 0o600 });
  return {
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: passphrase,
  };
}

/** Nothing of the user's own Pulumi settings, no network but AWS's. */
function environment(engine: string, account: Account, settings: Record<string, string>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_"));
  return {
    ...Object.fromEntries(own),
    ...account.env,
    ...settings,
    PATH: [engine, process.env["PATH"]].join(delimiter),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    // Makes --event-log known, by which Pulumi's own Automation API listens too.
    PULUMI_DEBUG_COMMANDS: "true",
    // The program's types are checked when this project is; here it would only take time.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}

/** Made from a copy of Pulumi.yaml: the command writes the stack's configuration beside it, and nowhere else. */
async function create(
  { name, folder, config }: { readonly name: string; readonly folder: string; readonly config: string },
  run: Run,
  plain: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  const cwd = join(folder, "project");
  cpSync(join(PROJECT_FOLDER, "Pulumi.yaml"), join(cwd, "Pulumi.yaml"));
  writeFileSync(config, JSON.stringify({ config: plain }));
  await succeed(["stack", "init", name, "--no-select"], { ...run, cwd });
  for (const [key, input] of Object.entries(secrets)) {
    await succeed(["config", "set", "--secret", key, "--stack", name], { ...run, cwd, input });
  }
}

async function succeed(args: readonly string[], run: Run): Promise<void> {
  const { code, output } = await pulumi(args, run);
  if (code !== 0) throw new JobFailure(`\`pulumi ${args[0]} ${args[1]}\` failed:\n${output.trim()}`);
}

async function operate(args: readonly string[], folder: string, run: Run, report: Report): Promise<Change[]> {
  const log = join(folder, `events-${randomBytes(4).toString("hex")}.log`);
  const reader = eventReader(log);
  const running = pulumi([...args, "--suppress-permalink=true", "--event-log", log], run);
  const listening = new AbortController();
  const listener = listen(reader, report, listening.signal);
  const { code, output } = await running.finally(() => listening.abort());
  await listener;
  await reader.readMore();
  if (code === 0) return changesIn(reader.events);
  const errors = errorsIn(reader.events);
  throw new JobFailure(
    `\`pulumi ${args[0]}\` failed:\n${errors.length > 0 ? errors.join("\n") : output.trim()}`,
  );
}

async function listen(
  reader: ReturnType<typeof eventReader>,
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await reader.readMore();
    report.doing(underWay(reader.events) || "the engine is at work");
    await pause(EVENTS_GAP_MS, undefined, { signal }).catch(() => {});
  }
}

function destroyCommand(settings: Record<string, string>, name: string, config: string): string {
  const variables = Object.entries(settings).map(([key, value]) => `${key}='${value}'`);
  const command = `pulumi destroy --stack ${name} --config-file '${config}' --cwd '${PROJECT_FOLDER}'`;
  return [...variables, command].join(" ");
}
