import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ElastiCacheClient, CreateUserCommand as NewElastiCacheUser } from "@aws-sdk/client-elasticache";
import { CreatePolicyCommand, IAMClient, CreateUserCommand as NewIamUser } from "@aws-sdk/client-iam";
import { MemoryDBClient, CreateUserCommand as NewMemoryDbUser } from "@aws-sdk/client-memorydb";
import {
  CreateCollectionCommand,
  CreateUserCommand as NewRekognitionUser,
  RekognitionClient,
} from "@aws-sdk/client-rekognition";
import { type LocalAws, startLocalAws } from "../../local";
import { clientConfig } from "../local/start";
import { PROGRAM } from "../program";
import { skipBecause } from "../skip";
import { callsDuring, idsAlive, operationsOf } from "./fixtures";
import { type CommandLine, openCommandLine } from "./harness";
import { tooOldToImport } from "./importFiles";

const REGION = "eu-central-1";
const PASSWORDS = ["correct-horse-battery", "staple-correct-horse"];

describe("users taken over by pulumi-aws-users import", () => {
  let aws: LocalAws;
  let commandLine: CommandLine;
  let project: string;

  before(async function () {
    aws = await startLocalAws({
      pageSize: 2,
      transitions: { createMs: 0, modifyMs: 50, deleteMs: 50, tagWindowMs: 0 },
    });
    // The types are checked elsewhere; here they would be checked for each command.
    commandLine = await openCommandLine({ env: { ...aws.env, PULUMI_NODEJS_TRANSPILE_ONLY: "true" } });
    const tooOld = tooOldToImport((await commandLine.pulumi(["version"])).stdout);
    if (tooOld !== undefined) skipBecause(this, tooOld);
  });
  after(async () => {
    await commandLine?.close();
    await aws?.close();
  });

  async function newProject(name: string): Promise<void> {
    aws.reset();
    project = join(commandLine.folder, name);
    mkdirSync(project);
    writeFileSync(join(project, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
    await pulumi("stack", "init", "dev");
  }

  async function pulumi(...args: string[]): Promise<string> {
    const { code, output } = await commandLine.pulumi(args, { cwd: project });
    assert.equal(code, 0, output);
    return output;
  }

  /** Runs the command, and then what it says is next. */
  async function takeOver(...flags: string[]): Promise<string> {
    const env = { ...process.env, ...commandLine.env };
    const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, "import", ...flags], {
      cwd: project,
      env,
    });
    const [, file = ""] = /^ {2}pulumi (import .*)$/m.exec(stdout) ?? [];
    const calls = await callsDuring(aws, async () => {
      assert.doesNotMatch(await pulumi(...file.split(" "), "--yes"), /warning/);
    });
    assert.deepEqual(calls, []);
    return stdout;
  }

  /** How many resources stay as they are, the stack itself included, and what changes in which others. */
  async function preview(): Promise<{ same: number; changes: string[] }> {
    const { steps, changeSummary } = JSON.parse(await pulumi("preview", "--json")) as Preview;
    const changes = steps
      .filter(({ op }) => op !== "same")
      .map(({ op, urn, diffReasons = [] }) => `${op} ${userIn(urn)}: ${diffReasons.join()}`);
    return { same: changeSummary["same"] ?? 0, changes: changes.sort() };
  }

  it("are managed without a change when it is one", async () => {
    await newProject("one");
    await new IAMClient(clientConfig(aws)).send(new NewIamUser({ UserName: "Ann", Path: "/ci/" }));
    await takeOver("--service", "iam", "--out", ".");
    assert.deepEqual(await preview(), { same: 2, changes: [] });
    await pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
    await pulumi("destroy", "--yes", "--skip-preview");
    assert.deepEqual(idsAlive(aws), []);
  });

  it("are managed without a change when nobody knows the password and the program leaves it out", async () => {
    await newProject("unknown");
    const AuthenticationMode = { Type: "password" as const, Passwords: PASSWORDS };
    const reader = { UserName: "reader", AccessString: "on ~* +@read", AuthenticationMode };
    await new MemoryDBClient(clientConfig(aws)).send(new NewMemoryDbUser(reader));
    await takeOver("--service", "memorydb", "--out", ".");
    const program = readFileSync(join(project, "users.ts"), "utf8");
    writeFileSync(join(project, "users.ts"), program.replace(/ *passwords: \[[^\]]*\],\n/, ""));
    assert.deepEqual(await preview(), { same: 2, changes: [] });
    await pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
    await pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes");
    await pulumi("destroy", "--yes", "--skip-preview");
    assert.deepEqual(idsAlive(aws), []);
  });

  it("are managed without a change but to passwords when they are of all kinds and fill several pages", async () => {
    await newProject("many");
    const names = ["ann", "bob", "cid", "dan", "eve"];
    await makeUsers(aws, names);
    const services = "memorydb,elasticache,iam,rekognition";
    const told = await takeOver(
      "--service",
      services,
      "--region",
      REGION,
      "--collection",
      "lobby",
      "--out",
      "imported",
    );
    writeFileSync(join(project, "index.ts"), 'import "./imported";\n');
    const keys = [...told.matchAll(/config set --secret (\w+)$/gm)].map(([, key]) => key ?? "");
    assert.deepEqual(keys, [
      "memorydbAnnPassword",
      "memorydbBobPassword1",
      "memorydbBobPassword2",
      "elasticacheAnnPassword",
    ]);
    for (const [index, key] of keys.entries()) {
      await pulumi("config", "set", "--secret", key, PASSWORDS[index % 2] ?? "");
    }

    assert.deepEqual(await preview(), {
      same: 4 * names.length + 1 - 3,
      changes: [
        "update elasticache ann: authentication",
        "update memorydb ann: authentication",
        "update memorydb bob: authentication",
      ],
    });
    const calls = await callsDuring(aws, () => pulumi("up", "--yes", "--skip-preview"));
    const writes = operationsOf(calls).filter((operation) => !/^(Describe|List|Get)/.test(operation));
    assert.deepEqual(writes.sort(), ["ModifyUser", "UpdateUser", "UpdateUser"]);
    await pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
    await pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes");

    await pulumi("destroy", "--yes", "--skip-preview");
    assert.deepEqual(idsAlive(aws), []);
    for (const password of PASSWORDS) assert.ok(!commandLine.output().includes(password));
  });
});

/** What `pulumi preview --json` prints, as far as it matters here. */
interface Preview {
  readonly steps: readonly { readonly op: string; readonly urn: string; readonly diffReasons?: string[] }[];
  readonly changeSummary: Readonly<Record<string, number>>;
}

/** The service and name within a URN. */
function userIn(urn: string): string {
  const [, service, name] = /aws-users\/(\w+):User::(.*)$/.exec(urn) ?? [];
  return `${service} ${name}`;
}

/** A user of each kind with each name: with one password, with two, and with none; with what else a user can have. */
async function makeUsers(aws: LocalAws, names: readonly string[]): Promise<void> {
  const config = clientConfig(aws, "test", REGION);
  const [memorydb, elasticache] = [new MemoryDBClient(config), new ElastiCacheClient(config)];
  const [iam, rekognition] = [new IAMClient(config), new RekognitionClient(config)];
  const Tags = [
    { Key: "team", Value: "build" },
    { Key: "cost center", Value: "" },
  ];
  await rekognition.send(new CreateCollectionCommand({ CollectionId: "lobby" }));
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }],
  });
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "most", PolicyDocument }));
  for (const [index, name] of names.entries()) {
    const Passwords = PASSWORDS.slice(0, index + 1);
    const byPassword = { AuthenticationMode: { Type: "password" as const, Passwords } };
    const byIam = { AuthenticationMode: { Type: "iam" as const } };
    const AccessString = "on ~app:* +@read";
    const memorydbMode = index < 2 ? byPassword : byIam;
    await memorydb.send(new NewMemoryDbUser({ UserName: name, AccessString, Tags, ...memorydbMode }));
    const ofCache = index === 0 ? { Engine: "redis", ...byPassword } : { Engine: "valkey", ...byIam };
    await elasticache.send(
      new NewElastiCacheUser({ UserId: name, UserName: name, AccessString, ...ofCache }),
    );
    const bounded = index === 0 ? { Path: "/ci/", PermissionsBoundary: Policy?.Arn, Tags } : {};
    await iam.send(new NewIamUser({ UserName: name, ...bounded }));
    await rekognition.send(new NewRekognitionUser({ CollectionId: "lobby", UserId: name }));
  }
}
