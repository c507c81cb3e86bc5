import assert from "node:assert/strict";
import { CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import {
  CreateUserCommand as CreateMemoryDbUser,
  DeleteUserCommand,
  MemoryDBClient,
} from "@aws-sdk/client-memorydb";
import type { LocalAws } from "../../local";
import type { StackUser } from "../../stack";
import { clientConfig } from "../local/start";
import { localAwsOfTheEnvironment } from "../provider/localGateway";
import { begun, inState, NOW, planOf, planOfOne } from "./states";

describe("a plan before destroying, for users", () => {
  const begin = localAwsOfTheEnvironment();
  const open = () => begin({ now: () => NOW });

  async function iamUser(aws: LocalAws, UserName: string, of: Partial<StackUser> = {}): Promise<StackUser> {
    const { User } = await new IAMClient(clientConfig(aws)).send(new CreateUserCommand({ UserName }));
    return inState("iam", UserName, { ...of, outputs: { uniqueId: User?.UserId, ...of.outputs } });
  }

  it("that are simply deleted names the call, and looks only", async () => {
    const aws = await open();
    const ann = await iamUser(aws, "ann");
    const before = aws.calls().length;
    const plan = await planOf([ann]);
    assert.deepEqual(plan.users[0], {
      urn: ann.urn,
      name: "ann",
      service: "iam",
      label: "IAM user",
      id: "ann",
      region: null,
      account: "123456789012",
      replaced: false,
      outcome: "deleted",
      reason: null,
      calls: [{ action: "iam:DeleteUser", times: 1 }],
      attachments: [],
    });
    assert.deepEqual(
      [plan.formatVersion, plan.project, plan.stack, plan.verdict, plan.warnings, plan.pending],
      [1, "shop", "dev", "clear", [], []],
    );
    assert.equal(plan.madeAt, "2026-01-01T00:00:00.000Z");
    const writes = aws
      .calls()
      .slice(before)
      .filter(({ operation }) => !/^(Get|List|Describe)/.test(operation));
    assert.deepEqual(writes, []);
  });

  it("that the engine does not touch asks AWS for nothing", async () => {
    const aws = await open();
    const plan = await planOf([
      inState("iam", "a", { protect: true }),
      inState("iam", "b", { retainOnDelete: true }),
      inState("rekognition", "lobby/c", { deletedWith: "lobby" }),
      inState("iam", "d", { awaitsReplacement: true }),
      inState("iam", "e", { outputs: { stateVersion: 99 } }),
    ]);
    assert.deepEqual(
      plan.users.map(({ id, outcome }) => `${id} ${outcome}`),
      ["a protected", "e blocked", "b retained", "d gone", "lobby/c retained"],
    );
    assert.match(plan.users[0]?.reason ?? "", /pulumi state unprotect/);
    assert.match(plan.users[1]?.reason ?? "", /its state has version 99.*Install the version/);
    assert.match(plan.users[4]?.reason ?? "", /leaves it to the deletion of lobby/);
    assert.equal(plan.verdict, "blocked");
    assert.deepEqual(aws.calls(), []);
  });

  it("beside something else that is protected says that destroy fails on that", async () => {
    const plan = await planOf([await iamUser(await open(), "ann")], [], ["bucket", "table"]);
    assert.equal(plan.verdict, "blocked");
    assert.deepEqual(
      plan.users.map(({ outcome }) => outcome),
      ["deleted"],
    );
    assert.deepEqual(plan.warnings, [
      {
        code: "otherProtected",
        urn: null,
        text:
          "Destroy fails on what is protected and no user of this package: bucket, table. Take the protection off by " +
          "pulumi state unprotect, or leave it out by --exclude-protected.",
      },
    ]);
  });

  it("that are not there, or are somebody else's, is clear", async () => {
    const aws = await open();
    await iamUser(aws, "ann");
    const plan = await planOf([
      inState("iam", "ann", { outputs: { uniqueId: "AIDAOLD" } }),
      inState("iam", "bob"),
      inState("memorydb", "cid"),
      inState("elasticache", "dan"),
      inState("rekognition", "nowhere/eve"),
    ]);
    assert.deepEqual(
      plan.users.map(({ id, outcome }) => `${id} ${outcome}`),
      ["dan gone", "ann somebodyElses", "bob gone", "cid gone", "nowhere/eve gone"],
    );
    assert.ok(plan.users.every(({ calls }) => calls.length === 0));
    assert.equal(plan.verdict, "clear");
  });

  it("that AWS is deleting already says that destroy waits for it", async () => {
    const aws = await begin({ transitions: { createMs: 0 } });
    const memorydb = new MemoryDBClient(clientConfig(aws));
    const AuthenticationMode = { Type: "iam" } as const;
    await memorydb.send(
      new CreateMemoryDbUser({ UserName: "bob", AccessString: "on ~*", AuthenticationMode }),
    );
    await memorydb.send(new DeleteUserCommand({ UserName: "bob" }));
    const { outcome, reason } = await planOfOne(inState("memorydb", "bob"));
    assert.deepEqual(
      [outcome, reason],
      ["gone", "AWS is deleting it already: destroy waits until it is gone"],
    );
  });

  it("of another account, or of one that the stack forbids, fails before the user is looked up", async () => {
    const aws = await open();
    const far = inState("iam", "far", { outputs: { accountId: "210987654321" } });
    const settings = { ...far.settings, forbiddenAccountIds: ["123456789012"] };
    const plan = await planOf([far, inState("iam", "forbidden", { settings })]);
    assert.deepEqual(
      plan.users.map(({ id, outcome }) => `${id} ${outcome}`),
      ["far otherAccount", "forbidden blocked"],
    );
    assert.match(
      plan.users[0]?.reason ?? "",
      /in account 210987654321, and .* account 123456789012; .*Run with/,
    );
    assert.match(plan.users[1]?.reason ?? "", /forbiddenAccountIds/);
    assert.ok(aws.calls().every(({ service }) => service === "sts"));
  });

  it("that have the copy of a replacement beside them tells which is which, protected or not", async () => {
    const aws = await open();
    const old = await iamUser(aws, "old", { replaced: true, protect: true, name: "ann" });
    const plan = await planOf([old, await iamUser(aws, "new", { name: "ann" })]);
    assert.deepEqual(
      plan.users.map(({ id, outcome, replaced }) => [id, outcome, replaced]),
      [
        ["new", "deleted", false],
        ["old", "deleted", true],
      ],
    );
  });

  it("of one list walks the list once, and asks for the absent by name", async () => {
    const aws = await open();
    const users = await Promise.all(Array.from({ length: 30 }, (_, number) => iamUser(aws, `user${number}`)));
    const before = aws.calls().length;
    await planOf([...users, inState("iam", "absent")]);
    const calls = aws.calls().slice(before);
    const count = (operation: string) => calls.filter((call) => call.operation === operation).length;
    assert.equal(count("ListUsers"), 1);
    assert.ok(count("GetUser") <= 3, `GetUser was called ${count("GetUser")} times`);
  });

  it("of several regions and accounts asks where each of them is, as whom destroy would", async () => {
    const aws = await open();
    const AuthenticationMode = { Type: "iam" } as const;
    const make = (accessKeyId: string, region: string) =>
      new MemoryDBClient(clientConfig(aws, accessKeyId, region)).send(
        new CreateMemoryDbUser({ UserName: "bob", AccessString: "on ~*", AuthenticationMode }),
      );
    const bob = (region: string, accountId: string, keys?: string) => {
      const user = inState("memorydb", "bob", {
        urn: `${region} ${accountId}`,
        outputs: { region, accountId },
      });
      if (keys === undefined) return user;
      const identity = { keys: { accessKeyId: keys, secretAccessKey: "test" }, roles: [] };
      return { ...user, settings: { ...user.settings, identity } };
    };
    await make("test", "eu-west-1");
    await make("111122223333", "us-east-1");
    const plan = await planOf([
      bob("eu-west-1", "123456789012"),
      bob("us-east-1", "123456789012"),
      bob("us-east-1", "111122223333", "111122223333"),
    ]);
    assert.deepEqual(
      plan.users.map(({ region, account, outcome }) => `${account} ${region} ${outcome}`).sort(),
      ["111122223333 us-east-1 deleted", "123456789012 eu-west-1 deleted", "123456789012 us-east-1 gone"],
    );
  });

  it("goes on when AWS throttles", async () => {
    const aws = await open();
    const ann = await iamUser(aws, "ann");
    aws.addFaults({ operation: "iam:*", calls: [1, 2], error: { code: "Throttling" } });
    assert.equal((await planOfOne(ann)).outcome, "deleted");
  });

  it("that a run was interrupted with says which of them nobody would delete, and how to recover them", async () => {
    const aws = await open();
    await iamUser(aws, "made");
    const known = await iamUser(aws, "known");
    const plan = await planOf(
      [known],
      [
        begun("iam", "creating", { userName: "made", region: "us-east-1" }),
        begun("iam", "creating", { userName: "unmade", region: "us-east-1" }),
        begun("iam", "creating", { userName: "known", region: "us-east-1" }),
        begun("iam", "deleting", { userName: "known", region: "us-east-1" }, "known"),
        { ...begun("iam", "creating", { userName: { ciphertext: "x" } }), name: "hidden" },
      ],
    );
    assert.equal(plan.verdict, "blocked");
    assert.deepEqual(
      plan.pending.map(({ id, type, existsInAws }) => [id, type, existsInAws]),
      [
        ["made", "creating", true],
        ["unmade", "creating", false],
        ["known", "creating", null],
        ["known", "deleting", null],
        ["hidden", "creating", null],
      ],
    );
    const [made, unmade, isKnown, deleting, hidden] = plan.pending.map(({ advice }) => advice);
    assert.match(
      made ?? "",
      /run pulumi up once with PULUMI_AWS_USERS_ADOPT_EXISTING=made, then pulumi refresh/,
    );
    assert.match(unmade ?? "", /^AWS has no such user\. Run pulumi refresh --clear-pending-creates/);
    assert.match(isKnown ?? "", /^It is in the state\./);
    assert.match(deleting ?? "", /destroy goes on with it/);
    assert.match(hidden ?? "", /^Its name is a secret, .* PULUMI_AWS_USERS_ADOPT_EXISTING=NAME, then/);
    for (const type of ["creating", "updating", "deleting"] as const) {
      const inputs = { userName: "known", region: "us-east-1" };
      assert.equal((await planOf([known], [begun("iam", type, inputs, "known")])).verdict, "clear", type);
    }
  });

  it("cannot be made without credentials, without permission, or with an endpoint that does not answer", async () => {
    const aws = await open();
    const ann = await iamUser(aws, "ann");
    aws.addFaults({ operation: "iam:GetUser", error: { code: "AccessDenied" } });
    await assert.rejects(planOf([ann]), {
      message: /^IAM users: access was denied to iam:GetUser \(.*\)\. Allow iam:GetUser to the credentials/,
    });
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9";
    await assert.rejects(planOf([ann]), {
      message:
        /^IAM users: the endpoint does not answer like AWS to sts:GetCallerIdentity .*AWS_ENDPOINT_URL/,
    });
    delete process.env["AWS_ACCESS_KEY_ID"];
    await assert.rejects(planOf([ann]), {
      message: /^IAM users: the AWS credentials cannot be used .*Check that this run has credentials/,
    });
  });
});
