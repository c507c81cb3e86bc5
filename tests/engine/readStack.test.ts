import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { iam, memorydb, Provider } from "../../sdk";
import { readStack, type StackOptions } from "../../stack";
import { scenes } from "./fixtures";
import type { TestStack } from "./harness";

const PASSWORD = "a-password-that-is-a-marker";
const KEY = "a-secret-key-that-is-a-marker";
const ROLE = "arn:aws:iam::111122223333:role/deploy";

describe("reading a stack", () => {
  const begin = scenes();
  const at = ({ stack }: TestStack, more: StackOptions = {}): StackOptions => ({
    ...more,
    cwd: stack.workspace.workDir,
    env: { ...stack.workspace.envVars, ...more.env },
  });
  const noPassphrase = { PULUMI_CONFIG_PASSPHRASE: undefined };

  it("shows its users with what destroy will work with, without a passphrase and without secrets", async () => {
    const program = () => {
      const provider = new Provider("ireland", { region: "eu-west-1", assumeRoles: [{ roleArn: ROLE }] });
      new iam.User("deployer", { userName: "ann", forceDestroy: { accessKeys: true } }, { protect: true });
      const authentication = { type: "password" as const, passwords: [PASSWORD] };
      const args = { userName: "bob", accessString: "on ~* +@all", authentication };
      new memorydb.User("reader", args, { provider, retainOnDelete: true });
    };
    const { stack } = await begin({ program, config: { "aws:region": "us-west-2" }, name: "dev" });
    await stack.up();
    const state = await readStack(at(stack, { env: noPassphrase }));
    assert.deepEqual([state.project, state.stack, state.pending], ["users", "dev", []]);
    // The engine notes users in the order in which they were made.
    const [ann, bob] = state.users.toSorted((one, other) => one.id.localeCompare(other.id));
    assert.deepEqual(
      [ann?.name, ann?.id, ann?.service, ann?.protect, ann?.retainOnDelete, ann?.replaced],
      ["deployer", "ann", "iam", true, false, false],
    );
    assert.deepEqual(ann?.outputs["forceDestroy"], { accessKeys: true });
    assert.match(
      ann?.urn ?? "",
      /^urn:pulumi:dev::users::pulumi-nodejs:dynamic\/aws-users\/iam:User::deployer$/,
    );
    assert.deepEqual(ann?.settings.region, "us-west-2");
    assert.deepEqual([bob?.id, bob?.protect, bob?.retainOnDelete], ["bob", false, true]);
    assert.equal(bob?.outputs["region"], "eu-west-1");
    assert.deepEqual(bob?.settings.identity.roles, [{ roleArn: ROLE }]);
    assert.ok(!JSON.stringify(state).includes(PASSWORD));
  });

  it("decrypts the credentials of its provider and what steers a destroy, and nothing else", async () => {
    const program = () => {
      const authentication = { type: "password" as const, passwords: [PASSWORD] };
      new memorydb.User("reader", {
        userName: "bob",
        region: pulumi.secret("eu-west-1"),
        accessString: "on ~* +@all",
        authentication,
      });
    };
    const secretKey = { value: KEY, secret: true } as const;
    const config = { "aws:region": "us-east-1", "aws:accessKey": "AKIATEST", "aws:secretKey": secretKey };
    const { stack } = await begin({ program, config });
    await stack.up();
    const state = await readStack(at(stack));
    assert.deepEqual(state.users[0]?.settings.identity.keys, {
      accessKeyId: "AKIATEST",
      secretAccessKey: KEY,
    });
    assert.equal(state.users[0]?.outputs["region"], "eu-west-1");
    assert.ok(!JSON.stringify(state).includes(PASSWORD));
    await assert.rejects(readStack(at(stack, { env: noPassphrase })), ({ message }: Error) => {
      assert.match(message, /^the settings of the stack's provider are encrypted and could not be read: /);
      assert.match(
        message,
        /Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE, as for pulumi destroy\.$/,
      );
      return true;
    });
  });

  it("finds nothing in an empty stack, and says in words what it cannot find", async () => {
    const { stack } = await begin({ program: () => {}, name: "dev" });
    assert.deepEqual(await readStack(at(stack)), {
      project: "users",
      stack: "dev",
      users: [],
      pending: [],
      protectedOthers: [],
    });
    const elsewhere = mkdtempSync(join(tmpdir(), "pulumi-aws-users-"));
    const failures: readonly (readonly [options: StackOptions, message: RegExp])[] = [
      [
        at(stack, { stack: "prod" }),
        /no stack named 'prod' found\. pulumi stack ls shows which there are\.$/,
      ],
      [
        { ...at(stack), cwd: elsewhere },
        /no Pulumi\.yaml .*Run it in the folder of the Pulumi project, or name/,
      ],
      [
        { ...at(stack, { stack: "dev" }), cwd: elsewhere },
        /give the stack as organization\/project\/stack\.$/,
      ],
      [{ ...at(stack), cwd: join(elsewhere, "none") }, /^the folder .*none does not exist$/],
      [at(stack, { env: { PATH: elsewhere } }), /^there is no pulumi on the PATH\. Install Pulumi/],
      [at(stack, { env: { PULUMI_BACKEND_URL: undefined } }), /Run pulumi login, or set PULUMI_BACKEND_URL/],
    ];
    try {
      for (const [options, message] of failures) await assert.rejects(readStack(options), { message });
      assert.equal(
        (await readStack({ ...at(stack, { stack: "organization/users/dev" }), cwd: elsewhere })).stack,
        "dev",
      );
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
    await stack.command("stack", "unselect");
    await assert.rejects(readStack(at(stack)), { message: /no stack selected.*Name one with --stack/ });
  });
});
