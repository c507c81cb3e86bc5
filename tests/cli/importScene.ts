import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IAMClient, CreateUserCommand as NewIamUser } from "@aws-sdk/client-iam";
import { MemoryDBClient, CreateUserCommand as NewMemoryDbUser } from "@aws-sdk/client-memorydb";
import type { LocalAws, LocalAwsOptions } from "../../local";
import { type CommandResult, runProcess } from "../engine/harness/process";
import { clientConfig, localAwsForEachTest } from "../local/start";
import { PROGRAM } from "../program";

type Variables = Readonly<Record<string, string | undefined>>;

/** A local AWS, and the command in a folder of its own. */
interface ImportScene {
  readonly aws: LocalAws;
  readonly folder: string;
  run(args: readonly string[], env?: Variables): Promise<CommandResult>;
  /** The names of the files in a folder below. */
  files(below: string): string[];
  read(file: string): string;
  /** `service name` of the entries of the import file in a folder below. */
  imported(below: string): string[];
}

const QUICK = { createMs: 0, modifyMs: 0, deleteMs: 60_000, tagWindowMs: 0 };
/** What the machine's own settings would say. */
const NO_OTHERS: Variables = {
  AWS_PROFILE: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
};

/** Registers a hook that closes after each test what the test has opened with the function returned. */
export function importScenes(): (options?: LocalAwsOptions) => Promise<ImportScene> {
  const start = localAwsForEachTest();
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });
  return async (options) => {
    const aws = await start({ transitions: QUICK, ...options });
    const folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-import-"));
    folders.push(folder);
    const read = (file: string) => readFileSync(join(folder, file), "utf8");
    return {
      aws,
      folder,
      run: (args, env) =>
        runProcess(process.execPath, [PROGRAM, "import", ...args], {
          cwd: folder,
          env: { ...NO_OTHERS, ...aws.env, ...env },
        }),
      files: (below) => readdirSync(join(folder, below)).sort(),
      read,
      imported: (below) => {
        const { resources } = JSON.parse(read(join(below, "pulumi-aws-users.import.json"))) as {
          resources: { type: string; name: string }[];
        };
        return resources.map(({ type, name }) => `${/(\w+):User$/.exec(type)?.[1]} ${name}`);
      },
    };
  };
}

/** Makes an IAM user. */
export async function iamUser(aws: LocalAws, UserName: string, tags: Readonly<Record<string, string>> = {}) {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await new IAMClient(clientConfig(aws)).send(new NewIamUser({ UserName, Tags }));
}

/** Makes a MemoryDB user, with a password or without. */
export async function memoryDbUser(aws: LocalAws, UserName: string, ...Passwords: readonly string[]) {
  const AuthenticationMode =
    Passwords.length > 0
      ? { Type: "password" as const, Passwords: [...Passwords] }
      : { Type: "iam" as const };
  await new MemoryDBClient(clientConfig(aws)).send(
    new NewMemoryDbUser({ UserName, AccessString: "on ~app:* +@read", AuthenticationMode }),
  );
}
