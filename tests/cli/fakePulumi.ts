import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** What a fake `pulumi` says of a stack; of any other name it says that there is none. */
export interface FakeStack {
  readonly name: string;
  readonly project: string;
  readonly resources?: readonly object[];
  readonly pending?: readonly object[];
  readonly config?: Readonly<Record<string, string>>;
}

/** A command `pulumi` that knows one stack, and only tells of it. */
export interface FakePulumi {
  /** What a process needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  /** What it says from now on; undefined: there is no stack any more. */
  tell(stack: FakeStack | undefined): void;
  remove(): void;
}

const SCRIPT = `#!${process.execPath}
const { stack } = JSON.parse(require("node:fs").readFileSync(__dirname + "/stack.json", "utf8"));
const [command, ...rest] = process.argv.slice(2);
const name = rest[rest.indexOf("--stack") + 1];
if (stack === undefined || name.split("/").pop() !== stack.name) {
  process.stderr.write("error: no stack named '" + name + "' found\\n");
  process.exit(255);
}
const deployment = { resources: stack.resources ?? [], pending_operations: stack.pending ?? [] };
const config = Object.entries(stack.config ?? {}).map(([key, value]) => [key, { value, secret: false }]);
const answers = {
  stack: { version: 3, deployment },
  config: Object.fromEntries(config),
  about: { currentStack: { fullyQualifiedName: "organization/" + stack.project + "/" + stack.name } },
};
process.stdout.write(JSON.stringify(answers[command]));
`;

export function fakePulumi(first: FakeStack | undefined): FakePulumi {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-"));
  const tell = (stack: FakeStack | undefined) =>
    writeFileSync(join(folder, "stack.json"), JSON.stringify({ stack }));
  writeFileSync(join(folder, "pulumi"), SCRIPT);
  chmodSync(join(folder, "pulumi"), 0o755);
  tell(first);
  return {
    env: { PATH: [folder, process.env["PATH"]].join(delimiter) },
    tell,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
