import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ElastiCacheClient, CreateUserCommand as NewElastiCacheUser } from "@aws-sdk/client-elasticache";
import {
  CreateAccessKeyCommand,
  IAMClient,
  CreateUserCommand as NewIamUser,
  TagUserCommand,
} from "@aws-sdk/client-iam";
import { MemoryDBClient, CreateUserCommand as NewMemoryDbUser } from "@aws-sdk/client-memorydb";
import { CreateCollectionCommand, RekognitionClient } from "@aws-sdk/client-rekognition";
import { type LocalAws, startLocalAws } from "../../local";
import { PROJECT_FOLDER } from "../../tools/project";
import { type CommandLine, openCommandLine } from "../engine/harness";
import { type CommandResult, runProcess } from "../engine/harness/process";
import { tooOldToImport } from "../engine/importFiles";
import { clientConfig } from "../local/start";
import { withoutNpmScript } from "../npmScript";
import { skipBecause } from "../skip";
import { type Command, commandsInBlocks, commandsInProse } from "./commands";
import { blocksOf } from "./documents";

const README = "README.md";
const REGION = "eu-central-1";
const PASSWORD = "correct-horse-battery";
const PROJECT = "name: shop\nruntime: nodejs\n";
const TAGS = [{ Key: "team", Value: "build" }];

/** What is not run here, why, and where it is run instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "npm start": "is run in a clone, by .ci/run and in the workflow",
  "npm test": "is what runs this test, by .ci/run and in the workflow",
  "npm run matrix": "is run by .ci/run and in the workflow",
  "npm start -- --aws": "needs an AWS account; tests/tools/start runs it up to there",
};

/** The exit code that the README promises, where it is not 0. */
const CODES: Readonly<Record<string, number>> = { "npx pulumi-aws-users destroy-plan --stack dev": 2 };

describe("The commands in the README", function () {
  this.timeout(300_000);
  const blocks = commandsInBlocks(README);
  const prose = commandsInProse(README);
  const running = ({ text }: Command) => !(text in ELSEWHERE);
  let folder: string;
  let tarball: string;
  let aws: LocalAws;
  let commandLine: CommandLine;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-readme-"));
    aws = await startLocalAws({ transitions: { createMs: 50, modifyMs: 50, deleteMs: 50, tagWindowMs: 0 } });
    const env = {
      ...aws.env,
      ...withoutNpmScript(),
      AWS_REGION: REGION,
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    };
    // What is under home is named by variables; npm finds its cache there.
    commandLine = await openCommandLine({ env: { ...env, HOME: process.env["HOME"] } });
    const packed = await shell(`npm pack --json --pack-destination "${folder}"`, PROJECT_FOLDER);
    tarball = JSON.parse(packed.stdout)[0].filename;
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "shop", private: true }));
    writeFileSync(join(folder, "Pulumi.yaml"), PROJECT);
  });

  after(async () => {
    await commandLine?.close();
    await aws?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  describe("in its blocks", () => {
    for (const command of blocks.filter(running)) {
      it(`do what it says: ${command.text} (${command.place})`, async function () {
        const tooOld = command.text.startsWith("pulumi import") ? await tooOldAnEngine() : undefined;
        if (tooOld !== undefined) skipBecause(this, tooOld);
        await situations[command.text]?.();
        if (command.text.includes("pulumi-aws-users local")) await listens(command);
        else await succeeds(command);
      });
    }
  });

  describe("within its sentences", () => {
    before(() => newStack());
    for (const command of prose.filter(running)) {
      it(`end well: ${command.text}`, () => succeeds(command));
    }
  });

  it("are all run, but for those that are said to be run elsewhere", () => {
    const texts = [...blocks, ...prose].map(({ text }) => text);
    const gone = [...Object.keys(ELSEWHERE), ...Object.keys(CODES), ...Object.keys(situations)];
    assert.deepEqual(
      gone.filter((text) => !texts.includes(text)),
      [],
    );
    assert.ok(blocks.length >= 10 && prose.length >= 10, texts.join("\n"));
  });

  /** What a command needs that the README's reader has at that point. */
  const situations: Readonly<Record<string, () => Promise<void>>> = {
    "pulumi preview --refresh --diff": async () => {
      await newStack('new iam.User("auditor", { userName: "auditor" });');
      const [deployer = ""] = aws.users().flatMap(({ id }) => (id.startsWith("deployer") ? [id] : []));
      const Tags = [{ Key: "team", Value: "sales" }];
      await iam().send(new TagUserCommand({ UserName: deployer, Tags }));
    },
    "npx pulumi-aws-users destroy-plan --stack dev": async () => {
      await iam().send(new CreateAccessKeyCommand({ UserName: "auditor" }));
    },
    "npx pulumi-aws-users leftovers --stack dev": async () => aws.reset(),
    "npx pulumi-aws-users import --service memorydb,elasticache,iam --region eu-central-1 --tag team=build --out .":
      async () => {
        await emptyProject();
        await makeUsers();
      },
  };

  async function succeeds({ text, shown }: Command): Promise<void> {
    const { code, stdout, output } = await shell(text, folder, PASSWORD);
    assert.equal(code, CODES[text] ?? 0, output);
    // What others show depends on the day, and on ids that AWS makes up.
    if (shown !== undefined && /pulumi-aws-users (leftovers|import)/.test(text))
      assert.match(stdout, patternOf(shown));
  }

  /** Runs until it is stopped, and answers until then. */
  async function listens({ text }: Command): Promise<void> {
    const env = { ...process.env, ...commandLine.env };
    const child = spawn(mapped(text), {
      shell: true,
      detached: true,
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      let endpoint: string | undefined;
      for await (const line of createInterface(child.stdout)) {
        endpoint = /^export AWS_ENDPOINT_URL=(.*)$/.exec(line)?.[1];
        if (endpoint !== undefined) break;
      }
      const { status } = await fetch(`${endpoint}/_local/users`);
      assert.equal(status, 200);
    } finally {
      const ended = once(child, "exit");
      // npm, its shell and the command: as Ctrl-C in a terminal.
      if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
      await ended;
    }
  }

  function shell(text: string, cwd: string, input = ""): Promise<CommandResult> {
    return runProcess("sh", ["-c", mapped(text)], { cwd, env: commandLine.env, input });
  }

  /** The package comes from here and not from npm, Pulumi in the version that is installed, and any port will do. */
  function mapped(text: string): string {
    return text
      .replace(
        "npm install pulumi-aws-users @pulumi/pulumi",
        `npm install ./${tarball} @pulumi/pulumi@${pulumiVersion()}`,
      )
      .replace(/^npm (install|ci)\b/, "npm $1 --prefer-offline --no-audit --no-fund")
      .replace("--port 4570", "--port 0");
  }

  async function pulumi(...args: string[]): Promise<void> {
    const { code, output } = await commandLine.pulumi(args, { cwd: folder });
    assert.equal(code, 0, output);
  }

  async function tooOldAnEngine(): Promise<string | undefined> {
    return tooOldToImport((await commandLine.pulumi(["version"])).stdout);
  }

  /** The stack `dev` of the README's own program, up. */
  async function newStack(more = ""): Promise<void> {
    await emptyProject();
    await new RekognitionClient(clientConfig(aws, "test", REGION)).send(
      new CreateCollectionCommand({ CollectionId: "lobby" }),
    );
    const [program] = blocksOf(README, "ts");
    writeFileSync(join(folder, "index.ts"), `${program?.code}\n${more}\n`);
    await pulumi("config", "set", "--secret", "readerPassword", PASSWORD);
    await pulumi("up", "--yes", "--skip-preview");
  }

  /** No program, no user in AWS, and nothing in the stack `dev`. */
  async function emptyProject(): Promise<void> {
    aws.reset();
    const written = readdirSync(folder).filter((name) => /\.ts$|import\.json$/.test(name));
    for (const name of written) rmSync(join(folder, name));
    await commandLine.pulumi(["stack", "rm", "dev", "--force", "--yes"], { cwd: folder });
    await pulumi("stack", "init", "dev");
  }

  const iam = () => new IAMClient(clientConfig(aws));

  /** One of each that the README takes over, and one that it does not. */
  async function makeUsers(): Promise<void> {
    const config = clientConfig(aws, "test", REGION);
    const AccessString = "on ~app:* +@read";
    const AuthenticationMode = { Type: "password" as const, Passwords: [PASSWORD] };
    const reader = { UserName: "reader", AccessString, AuthenticationMode, Tags: TAGS };
    await new MemoryDBClient(config).send(new NewMemoryDbUser(reader));
    const session = { UserId: "session", UserName: "session", Engine: "valkey", AccessString, Tags: TAGS };
    await new ElastiCacheClient(config).send(
      new NewElastiCacheUser({ ...session, AuthenticationMode: { Type: "iam" } }),
    );
    await iam().send(new NewIamUser({ UserName: "deployer", Path: "/ci/", Tags: TAGS }));
    await iam().send(new NewIamUser({ UserName: "somebody" }));
  }
});

/** Output as a document shows it, where a line of three dots stands for anything. */
function patternOf(shown: string): RegExp {
  const pieces = shown.split(/^\.\.\.$/m).map((piece) => piece.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${pieces.join("[\\s\\S]*")}\\s*$`);
}

function pulumiVersion(): string {
  return JSON.parse(readFileSync(join(PROJECT_FOLDER, "node_modules/@pulumi/pulumi/package.json"), "utf8"))
    .version;
}
