import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { existingEngine } from "../../../tools/engine";
import { PROJECT_FOLDER } from "../../../tools/project";

/** Variables for a process; undefined takes away what the tests themselves were started with. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A folder of its own for one test: nothing of the machine's Pulumi or AWS settings gets in, and nothing gets out. */
export interface Isolation {
  /** Temporary; removed by `remove`. */
  readonly folder: string;
  /** Has a `node_modules` in which Pulumi and this package are found. */
  readonly workFolder: string;
  /** What every process of this test is given. */
  readonly environment: Environment;
  /** As `PulumiCommand.get` wants it: its `bin` holds the engine. */
  readonly engineRoot: string;
  remove(): void;
}

/** Makes the folder, with an own Pulumi home and state, and finds the engine that `npm run engine` has found. */
export async function isolate(variables: Environment): Promise<Isolation> {
  const engine = await existingEngine();
  const folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-"));
  for (const name of ["home", "state", "work"]) mkdirSync(join(folder, name));
  linkModules(join(folder, "work"));
  symlinkSync(engine.folder, join(folder, "bin"), "junction");
  return {
    folder,
    workFolder: join(folder, "work"),
    environment: {
      ...withoutOwnSettings(),
      ...offline(folder),
      ...coverage(),
      PATH: [join(folder, "bin"), process.env["PATH"]].join(delimiter),
      ...variables,
    },
    engineRoot: folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Lets programs in the folder find what this project has installed, and this project itself. */
function linkModules(folder: string): void {
  symlinkSync(join(PROJECT_FOLDER, "node_modules"), join(folder, "node_modules"), "junction");
}

/** The machine's AWS profile or Pulumi backend must never be what a test works on. */
function withoutOwnSettings(): Environment {
  const own = Object.keys(process.env).filter((name) => /^(AWS|PULUMI)_/.test(name));
  return Object.fromEntries(own.map((name) => [name, undefined]));
}

function offline(folder: string): Environment {
  return {
    HOME: join(folder, "home"),
    PULUMI_HOME: join(folder, "home", ".pulumi"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_SKIP_CONFIRMATIONS: "true",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: join(folder, "home", "no-aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "home", "no-aws-credentials"),
  };
}

/** The engine ends a dynamic provider by SIGINT, and Node.js then writes no coverage: coverage.ts writes it instead. */
function coverage(): Environment {
  const folder = process.env["NODE_V8_COVERAGE"];
  const recorder = join(__dirname, "coverage.js");
  if (!folder || !existsSync(recorder)) return {};
  return {
    NODE_V8_COVERAGE: "",
    PULUMI_AWS_USERS_COVERAGE: resolve(folder),
    NODE_OPTIONS: `${process.env["NODE_OPTIONS"] ?? ""} --require=${JSON.stringify(recorder)}`.trim(),
  };
}
