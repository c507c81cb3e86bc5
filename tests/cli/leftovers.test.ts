import assert from "node:assert/strict";
import { CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { clientConfig } from "../local/start";
import { ACCOUNT, commandScenes, inState, pendingCreation, providerInState } from "./commandScene";

const DEV = ["--stack", "dev"];

describe("the command pulumi-aws-users leftovers", () => {
  const begin = commandScenes("leftovers");

  it("lists what carries the mark of the stack and is not in its state, and how to be rid of it", async () => {
    const { aws, run, make } = await begin({ resources: [providerInState(), inState("iam", "kept")] });
    for (const id of ["kept", "lost"]) await make("iam", id);
    await make("memorydb", "bob");
    await make("elasticache", "eve");
    await make("iam", "banker", { project: "bank" });
    await make("iam", "prodder", { stack: "prod" });
    await new IAMClient(clientConfig(aws)).send(new CreateUserCommand({ UserName: "nobodys" }));

    const { code, stdout, stderr } = await run(DEV);
    assert.equal(code, 2, stderr);
    assert.match(stdout, /^3 users carry the mark of stack dev of project shop and are not in its state:\n/);
    assert.match(stdout, new RegExp(`│ MemoryDB user bob +│ ${ACCOUNT} │ us-east-1 │ active +│ - +│ bob +│`));
    assert.match(
      stdout,
      new RegExp(`│ IAM user lost +│ ${ACCOUNT} │ - +│ present +│ \\d{4}-\\S+Z │ lost +│`),
    );
    assert.match(stdout, /\n {2}PULUMI_AWS_USERS_ADOPT_EXISTING=eve,lost,bob pulumi up --stack dev\n/);
    assert.match(stdout, /\n {2}aws memorydb delete-user --user-name bob --region us-east-1\n/);
    assert.match(stdout, /\n {2}aws elasticache delete-user --user-id eve --region us-east-1\n/);
    assert.match(stdout, /\n {2}aws iam delete-user --user-name lost\n/);
    assert.match(stdout, /IAM users of account 123456789012: 5, of them 2 with the mark\./);
    assert.doesNotMatch(stdout, /kept|banker|prodder|nobodys/);
  });

  it("ends with 0 when there is none, and says how wide it has looked", async () => {
    const { run, make } = await begin({ resources: [providerInState(), inState("iam", "kept")] });
    await make("iam", "kept");
    const { code, stdout, stderr } = await run(DEV);
    assert.equal(code, 0, stderr);
    assert.match(
      stdout,
      /^No user carries the mark of stack dev of project shop without being in its state\.\n/,
    );
    for (const list of [
      "MemoryDB users of account 123456789012 in us-east-1: 0",
      "IAM users of account 123456789012: 1",
    ]) {
      assert.match(stdout, new RegExp(`Looked at all ${list}, of them \\d with the mark`));
    }
    assert.match(stdout, /Rekognition\nusers, which cannot carry tags/);
    assert.doesNotMatch(stdout, /aws iam/);
  });

  it("takes the same name in another region or account for another user", async () => {
    const { run, make } = await begin({
      resources: [providerInState(), inState("memorydb", "bob", "eu-west-1")],
    });
    await make("memorydb", "bob", { region: "eu-west-1" });
    await make("memorydb", "bob");
    const { leftovers } = JSON.parse((await run([...DEV, "--json"])).stdout);
    assert.deepEqual(
      leftovers.map(({ id, region }: Record<string, string>) => [id, region]),
      [["bob", "us-east-1"]],
    );
    const AWS_ACCESS_KEY_ID = "222222222222";
    await make("memorydb", "bob", { region: "eu-west-1", accessKeyId: AWS_ACCESS_KEY_ID });
    const elsewhere = JSON.parse((await run([...DEV, "--json"], { AWS_ACCESS_KEY_ID })).stdout).leftovers;
    assert.deepEqual(
      elsewhere.map(({ account, region }: Record<string, string>) => [account, region]),
      [["222222222222", "eu-west-1"]],
    );
  });

  it("looks in the regions of the state, of its providers, of the configuration, and in those that are named", async () => {
    const { run, make } = await begin({
      resources: [
        providerInState({ "aws:region": "eu-west-2" }, "explicit"),
        inState("memorydb", "kept", "eu-west-1", "explicit"),
      ],
      config: { "aws-users:region": "eu-west-3" },
    });
    const regions = ["ap-south-1", "eu-west-1", "eu-west-2", "eu-west-3"];
    for (const region of [...regions, "sa-east-1"]) await make("memorydb", "bob", { region });
    const { stdout } = await run([...DEV, "--service", "memorydb", "--region", "ap-south-1", "--json"]);
    const { leftovers, looked } = JSON.parse(stdout);
    for (const found of [leftovers, looked]) {
      assert.deepEqual(
        found.map(({ region }: { region: string }) => region),
        regions,
      );
    }
  });

  it("prints one document for machines, with what a crash has left pending", async () => {
    const { run, make } = await begin({
      resources: [providerInState()],
      pending: [pendingCreation("memorydb", "bob")],
    });
    await make("memorydb", "bob");
    const { code, stdout, stderr } = await run([...DEV, "--json", "--service", "memorydb"]);
    assert.equal(code, 2, stderr);
    const list = { service: "memorydb", label: "MemoryDB user", account: ACCOUNT, region: "us-east-1" };
    assert.deepEqual(JSON.parse(stdout), {
      project: "shop",
      stack: "dev",
      stackExists: true,
      leftovers: [
        {
          ...list,
          id: "bob",
          status: "active",
          madeAt: null,
          resource: "pulumi-nodejs:dynamic/aws-users/memorydb:User::bob",
          pending: true,
          deletion: "aws memorydb delete-user --user-name bob --region us-east-1",
        },
      ],
      looked: [{ ...list, users: 1, marked: 1 }],
      failures: [],
    });
    assert.match((await run(DEV)).stdout, /bob \(its creation was interrupted\)/);
  });

  it("walks all pages, and rides out throttling", async () => {
    const { aws, run, make } = await begin({}, { pageSize: 2 });
    for (let index = 0; index < 7; index++) await make("iam", `user-${index}`);
    aws.addFaults(
      { operation: "iam:ListUsers", calls: [2], error: { code: "Throttling" } },
      { operation: "iam:GetUser", calls: [1, 3, 4], error: { code: "Throttling" } },
    );
    const { code, stdout } = await run([...DEV, "--service", "iam", "--json"]);
    const { leftovers } = JSON.parse(stdout);
    assert.deepEqual([code, leftovers.length], [2, 7]);
  });
});

describe("a stack that has been removed", () => {
  const begin = commandScenes("leftovers");

  it("still has its leftovers found, by its project or its full name", async () => {
    const { run, make } = await begin(undefined);
    await make("iam", "lost");
    for (const args of [
      [...DEV, "--project", "shop"],
      ["--stack", "acme/shop/dev"],
    ]) {
      const { code, stdout } = await run(args);
      assert.equal(code, 2);
      assert.match(
        stdout,
        /^1 user carries the mark of stack dev of project shop\. .* knows no such stack\.\n/,
      );
      assert.match(stdout, /Is this the right backend, .*\n {2}aws iam delete-user --user-name lost\n/);
      assert.doesNotMatch(stdout, /pulumi up/);
    }
    assert.equal((await run([...DEV, "--project", "bank"])).code, 0);
  });

  it("needs its project", async () => {
    const { run } = await begin(undefined);
    const { code, stdout, stderr } = await run(DEV);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.match(
      stderr,
      /no stack named 'dev' found\..* If it has been removed, name the project that it was of by --project\.\n$/,
    );
  });
});

describe("what keeps leftovers from being looked for", () => {
  const begin = commandScenes("leftovers");

  it("is said for the list that it concerns, beside what the others have shown, and ends with 1", async () => {
    const { aws, run, make } = await begin({});
    await make("iam", "lost");
    await make("memorydb", "bob");
    aws.addFaults({ operation: "memorydb:ListTags", error: { code: "AccessDeniedException" } });
    const { code, stdout } = await run(DEV);
    assert.equal(code, 1);
    assert.match(stdout, /^Not everything could be looked at, see below\.\n1 user carries /);
    assert.match(stdout, /IAM user lost/);
    assert.match(
      stdout,
      /\nNOT looked at in us-east-1: MemoryDB users: .*Allow memorydb:ListTags to the credentials of this run\.\n/,
    );
  });

  it("is not that a user goes while one looks", async () => {
    const { aws, run, make } = await begin({});
    await make("elasticache", "eve");
    aws.addFaults({ operation: "elasticache:ListTagsForResource", error: { code: "UserNotFound" } });
    aws.addFaults({
      operation: "elasticache:DescribeUsers",
      where: { UserId: "eve" },
      error: { code: "UserNotFound" },
    });
    const { code, stdout } = await run([...DEV, "--service", "elasticache"]);
    assert.equal(code, 0, stdout);
  });

  it("is said in words: no credentials, no AWS, no region, another project, nothing that could carry a mark", async () => {
    const { run } = await begin({});
    const none = {
      AWS_ACCESS_KEY_ID: undefined,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SHARED_CREDENTIALS_FILE: "/none",
      AWS_CONFIG_FILE: "/none",
    };
    const cases: [args: string[], said: RegExp, env?: Record<string, string | undefined>][] = [
      [DEV, /NOT looked at: IAM users: the AWS credentials cannot be used/, none],
      [
        DEV,
        /^Nothing could be looked at: .* is not known\.\nNOT looked at.*: the endpoint does not answer like AWS/,
        { AWS_ENDPOINT_URL: "http://127.0.0.1:1" },
      ],
      [
        DEV,
        /^neither the stack nor the environment says in which region to look\. Name one by --region\.\n$/,
        { ...none, AWS_REGION: undefined, AWS_DEFAULT_REGION: undefined },
      ],
      [[...DEV, "--project", "bank"], /^stack dev belongs to project shop, not bank\n$/],
      [[...DEV, "--service", "rekognition"], /^Rekognition users cannot carry tags/],
      [[...DEV, "--service", "s3"], /There is no service "s3"/],
      [[], /required option '--stack <name>' not specified/],
    ];
    for (const [args, said, env] of cases) {
      const { code, stdout, stderr } = await run(args, env);
      assert.equal(code, 1);
      assert.match(stdout + stderr, said);
    }
  });
});
