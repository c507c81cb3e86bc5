import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ElastiCacheClient, CreateUserCommand as NewElastiCacheUser } from "@aws-sdk/client-elasticache";
import { DeleteUserCommand, MemoryDBClient } from "@aws-sdk/client-memorydb";
import {
  CreateCollectionCommand,
  CreateUserCommand as NewRekognitionUser,
  RekognitionClient,
} from "@aws-sdk/client-rekognition";
import { ownerTags } from "../../provider/aws/ownerTag";
import { clientConfig } from "../local/start";
import { iamUser, importScenes, memoryDbUser } from "./importScene";

const FILES = ["index.ts", "pulumi-aws-users.import.json", "users.ts"];
const PASSWORD = "correct-horse-battery";

describe("the command pulumi-aws-users import", () => {
  const begin = importScenes();

  it("writes an import file and a program for the users of all pages, and says what to run next", async () => {
    const { aws, run, files, read, imported } = await begin({ pageSize: 1 });
    for (const name of ["reader", "writer"]) await memoryDbUser(aws, name);
    await memoryDbUser(aws, "admin", PASSWORD, `${PASSWORD}2`);
    const elasticache = new ElastiCacheClient(clientConfig(aws));
    const AuthenticationMode = { Type: "iam" as const };
    await elasticache.send(
      new NewElastiCacheUser({
        UserId: "cache",
        UserName: "cache",
        Engine: "valkey",
        AccessString: "on ~* +@all",
        AuthenticationMode,
      }),
    );
    await iamUser(aws, "default");
    const { code, stdout, stderr } = await run(["--service", "iam,memorydb,elasticache", "--out", "a/b"]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.deepEqual(files("a/b"), FILES);
    const all = ["memorydb admin", "memorydb reader", "memorydb writer", "elasticache cache", "iam default"];
    assert.deepEqual(imported("a/b"), all);
    assert.match(read("a/b/users.ts"), /^export const defaultUser = new iam\.User\("default", \{$/m);
    assert.match(
      stdout,
      /^3 MemoryDB users, 1 ElastiCache user, 1 IAM user of account 123456789012, region us-east-1\n/,
    );
    assert.deepEqual(nextSteps(stdout), [
      "cd a/b",
      "printf 'name: b\\nruntime: nodejs\\n' > Pulumi.yaml",
      "npm install --prefix . pulumi-aws-users @pulumi/pulumi typescript ts-node",
      "pulumi stack init dev",
      "pulumi import --file pulumi-aws-users.import.json --generate-code=false --protect=false",
      "pulumi config set --secret adminPassword1",
      "pulumi config set --secret adminPassword2",
      "pulumi preview",
    ]);
    assert.match(stdout, /Without --protect=false the users would be protected from destroy/);
    assert.match(stdout, /no change but the authentication of 1 user: AWS never shows passwords/);
    assert.match(stdout, /aws:defaultTags .* are not known here/);
    for (const file of FILES) assert.ok(!read(join("a/b", file)).includes(PASSWORD));
    assert.ok(!stdout.includes(PASSWORD));
  });

  it("takes only users with all the tags and with a name that matches", async () => {
    const { aws, run, imported } = await begin();
    await iamUser(aws, "ci-ann", { team: "build", stage: "a=b" });
    await iamUser(aws, "ci-bob", { team: "build" });
    await iamUser(aws, ".ci-cid", { team: "build", stage: "a=b" });
    await iamUser(aws, "dan", { team: "build", stage: "a=b" });
    const flags = ["--match", "*ci-*", "--tag", "team=build", "--tag", "stage=a=b", "--service", "iam"];
    assert.equal((await run([...flags, "--out", "."])).code, 0);
    assert.deepEqual(imported("."), ["iam .ci-cid", "iam ci-ann"]);
  });

  it("leaves out users that are being deleted, and warns of those that another stack has marked", async () => {
    const { aws, run, imported } = await begin();
    for (const name of ["ann", "bob"]) await memoryDbUser(aws, name);
    await new MemoryDBClient(clientConfig(aws)).send(new DeleteUserCommand({ UserName: "ann" }));
    await iamUser(
      aws,
      "cid",
      ownerTags("urn:pulumi:prod::shop::pulumi-nodejs:dynamic/aws-users/iam:User::cid"),
    );
    const { stdout } = await run(["--service", "memorydb,iam", "--out", "."]);
    assert.deepEqual(imported("."), ["memorydb bob", "iam cid"]);
    assert.match(stdout, /\nLeft out:\n {2}MemoryDB user "ann" is being deleted\n/);
    assert.match(
      stdout,
      /\nMind:\n {2}IAM user "cid" carries the mark of stack prod of project shop: only one stack/,
    );
  });

  it("takes the Rekognition users of a collection, which must exist", async () => {
    const { aws, run, imported, files } = await begin();
    const rekognition = new RekognitionClient(clientConfig(aws));
    await rekognition.send(new CreateCollectionCommand({ CollectionId: "lobby" }));
    for (const UserId of ["ann", "Ann"]) {
      await rekognition.send(new NewRekognitionUser({ CollectionId: "lobby", UserId }));
    }
    const flags = ["--service", "rekognition", "--out", "."];
    const missing = await run([...flags, "--collection", "attic"]);
    assert.deepEqual([missing.code, missing.stdout], [1, ""]);
    assert.match(missing.stderr, /^there is no collection "attic" in us-east-1 of account 123456789012\. /);
    assert.deepEqual(files("."), []);
    assert.equal((await run([...flags, "--collection", "lobby"])).code, 0);
    assert.deepEqual(imported("."), ["rekognition Ann", "rekognition ann"]);
  });

  it("writes nothing when there is nobody but built-in users, and that is no failure", async () => {
    const { run, files } = await begin();
    const { code, stdout } = await run(["--service", "memorydb,elasticache", "--out", "imported"]);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^No user was found that matches, in account 123456789012, region us-east-1; nothing was/,
    );
    assert.doesNotMatch(stdout, /default/);
    assert.deepEqual(files("."), []);
  });

  it("overwrites no file: it names it before anything is asked of AWS", async () => {
    const { aws, folder, run, files } = await begin();
    mkdirSync(join(folder, "taken"));
    writeFileSync(join(folder, "taken/users.ts"), "// mine");
    writeFileSync(join(folder, "file"), "");
    const { code, stdout, stderr } = await run(["--service", "iam", "--out", "taken"]);
    assert.deepEqual([code, stdout], [1, ""]);
    assert.equal(stderr, "taken/users.ts exists and is not overwritten: name another folder with --out\n");
    const below = await run(["--service", "iam", "--out", "file/below"]);
    assert.equal(below.stderr, "file is a file: name a folder with --out\n");
    assert.deepEqual(files("taken"), ["users.ts"]);
    assert.deepEqual(aws.calls(), []);
  });

  it("finds the project that the folder is in, and says what its program needs", async () => {
    const { aws, folder, run } = await begin();
    await iamUser(aws, "ann");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    const below = await run(["--service", "iam", "--out", "taken over/users"]);
    assert.deepEqual(nextSteps(below.stdout), [
      "pulumi import --file 'taken over/users/pulumi-aws-users.import.json' --generate-code=false --protect=false",
      "pulumi preview",
    ]);
    assert.match(below.stdout, /^- The program .* must have the line: import "\.\/taken over\/users";$/m);
    assert.match(below.stdout, /^- The preview shows no change\.$/m);
    const itself = await run(["--service", "iam", "--out", "."]);
    assert.equal(
      nextSteps(itself.stdout)[0]?.startsWith("pulumi import --file pulumi-aws-users.import.json "),
      true,
    );
    assert.doesNotMatch(itself.stdout, /must have the line/);
  });

  it("refuses what it cannot understand, before anything is asked of AWS", async () => {
    const { aws, run } = await begin();
    const refusals: readonly [flags: string[], message: RegExp][] = [
      [
        ["--service", "iam,s3"],
        /There is no service "s3"; there are memorydb, elasticache, iam, rekognition\./,
      ],
      [["--service", "rekognition"], /^Rekognition users are in collections: name one with --collection$/m],
      [["--service", "iam", "--collection", "lobby"], /^--collection is for Rekognition users: /],
      [
        ["--service", "rekognition", "--collection", "lobby", "--tag", "a=b"],
        /^Rekognition users have no tags: /,
      ],
      [["--service", "iam", "--tag", "team"], /It needs a key and a value, such as team=build\./],
      [["--service", "iam", "--match", ""], /It needs a pattern such as 'ci-\*'\./],
      [["--service", "iam", "--region", "mars"], /It needs an AWS region such as eu-central-1\./],
      [[], /required option '--service <names>' not specified/],
    ];
    for (const [flags, message] of refusals) {
      const { code, stdout, stderr } = await run([...flags, "--out", "."]);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, message);
    }
    assert.match((await run(["--service", "iam"])).stderr, /required option '--out <folder>' not specified/);
    assert.deepEqual(aws.calls(), []);
  });

  it("says in words that it has no credentials, no region, or cannot reach AWS", async () => {
    const { run } = await begin();
    const flags = ["--service", "memorydb", "--out", "."];
    const nobody = await run(flags, { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    assert.match(
      nobody.stderr,
      /^MemoryDB users: the AWS credentials cannot be used \(.*\)\. Check that this run has/,
    );
    const nowhere = await run(flags, { AWS_REGION: undefined });
    assert.match(
      nowhere.stderr,
      /^no region was given, and none was found in AWS_REGION, .* Give one with --region\.$/m,
    );
    const unreachable = await run(flags, { AWS_ENDPOINT_URL: "http://127.0.0.1:1" });
    assert.match(unreachable.stderr, /^MemoryDB users: the endpoint does not answer like AWS .*ECONNREFUSED/);
    for (const { code, stdout, stderr } of [nobody, nowhere, unreachable]) {
      assert.deepEqual([code, stdout, stderr.trim().split("\n").length], [1, "", 1], stderr);
    }
  });

  it("needs no region for IAM users, and hands the profile on", async () => {
    const { aws, folder, run, read } = await begin();
    await iamUser(aws, "ann");
    const config = join(folder, "config");
    writeFileSync(config, "[profile ci]\naws_access_key_id = test\naws_secret_access_key = test\n");
    const flags = ["--service", "iam", "--profile", "ci", "--out", "."];
    const env = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_CONFIG_FILE: config };
    const { stdout, stderr } = await run(flags, { ...env, AWS_REGION: undefined });
    assert.equal(stderr, "");
    assert.ok(nextSteps(stdout).includes("pulumi config set aws:profile ci"));
    assert.match(read("pulumi-aws-users.import.json"), /"region": "us-east-1"/);
    assert.doesNotMatch(read("users.ts"), /region/);
  });

  it("says what it is doing when that takes longer than two seconds", async () => {
    const { aws, run } = await begin({ latency: 1_100 });
    await iamUser(aws, "ann");
    const { code, stderr } = await run(["--service", "iam", "--out", "."]);
    assert.equal(code, 0);
    assert.match(stderr, /^(listing|reading) IAM users.* \.\.\.\n$/);
  });

  it("explains itself with examples", async () => {
    const { run } = await begin();
    const { code, stdout } = await run(["--help"]);
    assert.equal(code, 0);
    assert.match(stdout, /Examples:\n {2}\$ pulumi-aws-users import --service iam --out imported\n/);
    assert.match(stdout, /It changes nothing in AWS and in no stack/);
  });
});

/** The commands that are to be run next. */
function nextSteps(stdout: string): string[] {
  const [, block = ""] = /\nNext:\n((?: {2}.*\n)+)/.exec(stdout) ?? [];
  return block
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
