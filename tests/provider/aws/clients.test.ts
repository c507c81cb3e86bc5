import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { accountLookup } from "../../../provider/aws/account";
import { connected, defaultRegion } from "../../../provider/aws/clients";
import { operationOf } from "../../../provider/aws/faults";
import type { Identity } from "../../../provider/aws/scope";
import { localAwsOfTheEnvironment } from "../localGateway";

const region = "us-east-1";
const role = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

async function caller(identity: Identity): Promise<string | undefined> {
  return (await connected(STSClient, { region, identity }).send(new GetCallerIdentityCommand({}))).Arn;
}

describe("An AWS client", () => {
  const open = localAwsOfTheEnvironment();

  it("uses the credentials of the environment unless something else is configured", async () => {
    await open();
    assert.equal(await caller({ roles: [] }), "arn:aws:iam::123456789012:root");
  });

  it("uses configured keys before those of the environment", async () => {
    await open();
    const keys = { accessKeyId: "222222222222", secretAccessKey: "test" };
    assert.equal(await caller({ keys, roles: [] }), "arn:aws:iam::222222222222:root");
    assert.match(
      (await caller({ keys: { ...keys, sessionToken: "session" }, roles: [] })) ?? "",
      /222222222222/,
    );
  });

  it("assumes a role with the name, the id and the duration that are configured", async () => {
    const aws = await open({ now: Date.now });
    const roleArn = role("333333333333", "users");
    const one = { roleArn, sessionName: "me", externalId: "secret-id", durationSeconds: 900 };
    assert.equal(await caller({ roles: [one] }), "arn:aws:sts::333333333333:assumed-role/users/me");
    const { RoleSessionName, ExternalId, DurationSeconds } = aws.callsOf("AssumeRole")[0]?.parameters ?? {};
    assert.deepEqual([RoleSessionName, ExternalId, String(DurationSeconds)], ["me", "secret-id", "900"]);
  });

  it("assumes several roles one after the other, each with the credentials of the one before", async () => {
    const aws = await open({ now: Date.now });
    const roles = [{ roleArn: role("444444444444", "hub") }, { roleArn: role("555555555555", "spoke") }];
    assert.equal(await caller({ roles }), "arn:aws:sts::555555555555:assumed-role/spoke/pulumi-aws-users");
    assert.deepEqual(
      aws.callsOf("AssumeRole").map(({ account }) => account),
      ["123456789012", "444444444444"],
    );
  });

  it("assumes a role once for many calls", async () => {
    const aws = await open({ now: Date.now });
    const sts = connected(STSClient, {
      region,
      identity: { roles: [{ roleArn: role("333333333333", "users") }] },
    });
    for (let call = 0; call < 3; call++) await sts.send(new GetCallerIdentityCommand({}));
    assert.equal(aws.callsOf("AssumeRole").length, 1);
  });

  it("remembers which operation an error answered, also of the role that could not be assumed", async () => {
    const aws = await open();
    aws.addFaults({ operation: "AssumeRole", error: { code: "AccessDenied" } });
    const iam = connected(IAMClient, { region, identity: { roles: [] } });
    const named = (operation: string) => (error: unknown) => operationOf(error) === operation;
    await assert.rejects(iam.send(new GetUserCommand({ UserName: "nobody" })), named("GetUser"));
    const roles = [{ roleArn: role("333333333333", "users") }];
    await assert.rejects(caller({ roles }), named("AssumeRole"));
  });

  it("leaves repeating to the operation that asks", async () => {
    const aws = await open({ faults: [{ operation: "GetUser", error: { code: "ServiceUnavailable" } }] });
    const iam = connected(IAMClient, { region, identity: { roles: [] } });
    await assert.rejects(iam.send(new GetUserCommand({ UserName: "ann" })));
    assert.equal(aws.callsOf("GetUser").length, 1);
  });
});

describe("The account of the credentials", () => {
  const open = localAwsOfTheEnvironment();

  it("is asked for once for each identity, whatever the region and however many ask", async () => {
    const aws = await open();
    const account = accountLookup();
    const own = { region, identity: { roles: [] } };
    const other = { region, identity: { roles: [{ roleArn: role("333333333333", "users") }] } };
    const answers = await Promise.all([
      account(own),
      account(own),
      account({ ...own, region: "eu-west-1" }),
      account(other),
    ]);
    assert.deepEqual(answers, ["123456789012", "123456789012", "123456789012", "333333333333"]);
    assert.equal(aws.callsOf("GetCallerIdentity").length, 2);
  });

  it("is asked for again after an error", async () => {
    const aws = await open();
    aws.addFaults({ operation: "GetCallerIdentity", calls: [1], error: { code: "ServiceUnavailable" } });
    const account = accountLookup();
    const own = { region, identity: { roles: [] } };
    await assert.rejects(account(own));
    assert.equal(await account(own), "123456789012");
  });
});

describe("The default region", () => {
  const open = localAwsOfTheEnvironment();
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "aws-config-"));
    const config = "[default]\nregion = eu-north-1\n[profile build]\nregion = eu-south-1\n[profile bare]\n";
    writeFileSync(join(folder, "config"), config);
    delete process.env["AWS_DEFAULT_REGION"];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is that of the environment, then of the shared AWS configuration and its profile", async () => {
    await open();
    delete process.env["AWS_REGION"];
    process.env["AWS_CONFIG_FILE"] = join(folder, "config");
    assert.equal(await defaultRegion({ roles: [], profile: "build" }), "eu-south-1");
    assert.equal(await defaultRegion({ roles: [] }), "eu-north-1");
    process.env["AWS_REGION"] = "sa-east-1";
    assert.equal(await defaultRegion({ roles: [], profile: "build" }), "sa-east-1");
  });

  it("is none where nothing says one", async () => {
    process.env["AWS_CONFIG_FILE"] = "/dev/null";
    delete process.env["AWS_REGION"];
    assert.equal(await defaultRegion({ roles: [] }), undefined);
  });
});
