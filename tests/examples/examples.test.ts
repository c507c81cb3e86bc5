import assert from "node:assert/strict";
import { CreateCollectionCommand, RekognitionClient } from "@aws-sdk/client-rekognition";
import { type LocalAws, startLocalAws } from "../../local";
import { type CommandLine, openCommandLine } from "../engine/harness";

const COLLECTION = "lobby";
const PASSWORDS = ["correct-horse-battery", "staple-correct-horse"];

/** An example, what it wants configured, and the users that it makes. */
interface Example {
  readonly project: string;
  readonly plain?: Readonly<Record<string, string>>;
  readonly secret?: Readonly<Record<string, string>>;
  readonly services: readonly string[];
}

const EXAMPLES: readonly Example[] = [
  {
    project: "four-users",
    plain: { collectionId: COLLECTION },
    secret: { readerPassword: PASSWORDS[0] ?? "", sessionPassword: PASSWORDS[1] ?? "" },
    services: ["elasticache", "iam", "memorydb", "rekognition"],
  },
  {
    project: "memorydb-user",
    secret: { passwords: JSON.stringify(PASSWORDS) },
    services: ["memorydb"],
  },
  {
    project: "elasticache-user",
    secret: { nobodyPassword: PASSWORDS[0] ?? "" },
    services: ["elasticache", "elasticache"],
  },
  { project: "iam-user", services: ["iam"] },
  {
    project: "rekognition-user",
    plain: { collectionId: COLLECTION, visitors: JSON.stringify(["ann", "bob"]) },
    services: ["rekognition", "rekognition"],
  },
];

describe("the examples", function () {
  this.timeout(300_000);
  let aws: LocalAws;
  let commandLine: CommandLine | undefined;

  beforeEach(async () => {
    aws = await startLocalAws({ transitions: { createMs: 100, modifyMs: 100, deleteMs: 100 } });
    await makeCollection(aws);
  });

  afterEach(async () => {
    await commandLine?.close();
    await aws.close();
  });

  for (const { project, plain = {}, secret = {}, services } of EXAMPLES) {
    it(`${project} goes up, up again without a change, and down to nothing`, async () => {
      // The types are checked with all others; here they would be checked for each command.
      const env = { ...aws.env, PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
      commandLine = await openCommandLine({ project: `examples/${project}`, env });
      await succeed(commandLine, ["stack", "init", "dev"]);
      for (const [key, value] of Object.entries(plain)) {
        await succeed(commandLine, ["config", "set", key, value]);
      }
      for (const [key, value] of Object.entries(secret)) {
        await succeed(commandLine, ["config", "set", "--secret", key, value]);
      }

      await succeed(commandLine, ["up", "--yes", "--skip-preview"]);
      assert.deepEqual(servicesWithUsers(aws), services);
      await succeed(commandLine, ["up", "--yes", "--skip-preview", "--expect-no-changes"]);

      await succeed(commandLine, ["destroy", "--yes", "--skip-preview"]);
      assert.deepEqual(servicesWithUsers(aws), []);
      for (const password of PASSWORDS) assert.ok(!commandLine.output().includes(password));
    });
  }
});

async function succeed(commandLine: CommandLine, args: readonly string[]): Promise<void> {
  const { code, output } = await commandLine.pulumi(args);
  assert.equal(code, 0, `pulumi ${args.slice(0, 2).join(" ")}:\n${output}`);
}

async function makeCollection({ endpoint }: LocalAws): Promise<void> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const rekognition = new RekognitionClient({ endpoint, region: "us-east-1", credentials });
  await rekognition.send(new CreateCollectionCommand({ CollectionId: COLLECTION }));
  rekognition.destroy();
}

function servicesWithUsers(aws: LocalAws): string[] {
  return aws
    .users()
    .map(({ service }) => service)
    .sort();
}
