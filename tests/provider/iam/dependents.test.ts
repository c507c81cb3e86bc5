import assert from "node:assert/strict";
import {
  CreateVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  IAMClient,
  ListVirtualMFADevicesCommand,
} from "@aws-sdk/client-iam";
import type { Blocker } from "../../../provider/gateway";
import { DEPENDENT_KINDS } from "../../../provider/iam/dependents";
import { iamUser } from "../../../provider/iam/kind";
import { codes, KINDS, UserName } from "../../local/nineKinds";
import { clientConfig } from "../../local/start";
import { localAwsOfTheEnvironment, type OpenAws, SCOPE } from "../localGateway";

describe("What blocks the deletion of an IAM user", () => {
  const open = localAwsOfTheEnvironment();

  async function loaded(options?: Parameters<typeof open>[0]) {
    const aws = await open(options);
    const gateway = iamUser.connect(SCOPE);
    await gateway.create({ region: "us-east-1", userName: UserName, path: "/" }, "token");
    const iam = new IAMClient(clientConfig(aws));
    for (const { hang } of KINDS) await hang(iam);
    const dependents = gateway.dependents;
    assert.ok(dependents?.purge);
    return { aws, iam, gateway, list: () => dependents.list(UserName), purge: dependents.purge };
  }

  it("is found in all nine kinds, each by its name in forceDestroy", async () => {
    const { list } = await loaded();
    const found = await list();
    assert.deepEqual(found.map(({ kind }) => kind).sort(), [...DEPENDENT_KINDS].sort());
    assert.deepEqual(found.map(({ noun }) => noun).sort(), [
      "MFA device",
      "SSH public key",
      "access key",
      "attached policy",
      "group membership",
      "inline policy",
      "login profile",
      "service-specific credential",
      "signing certificate",
    ]);
  });

  it("is dated where AWS tells since when it is there", async () => {
    const { list } = await loaded();
    const dated = (await list()).filter(({ detail }) => detail !== undefined);
    assert.equal(dated.length, 6);
    for (const { detail } of dated) assert.equal(detail, "since 2026-01-01");
  });

  it("is found on every page of each list", async () => {
    const { aws, iam, list } = await loaded({ pageSize: 1 });
    for (const { kind, hang } of KINDS) {
      if (["accessKeys", "signingCertificates", "sshPublicKeys"].includes(kind)) await hang(iam);
    }
    await anotherDevice(iam);
    const kinds = (await list()).map(({ kind }) => kind);
    for (const kind of ["accessKeys", "signingCertificates", "sshPublicKeys", "mfaDevices"]) {
      assert.equal(kinds.filter((each) => each === kind).length, 2, kind);
    }
    assert.equal(
      aws.callsOf("ListAccessKeys").filter(({ parameters }) => "Marker" in parameters).length >= 1,
      true,
    );
  });

  it("is asked for by the name of the user alone: nothing lists the account", async () => {
    const { aws, list } = await loaded();
    const before = aws.calls().length;
    await list();
    const asked = aws.calls().slice(before);
    assert.equal(asked.length, 9);
    for (const { parameters } of asked) assert.equal(parameters["UserName"], UserName);
  });

  it("goes when it is purged, kind by kind, until the user can be deleted", async () => {
    const { aws, gateway, list, purge } = await loaded();
    for (const blocker of await list()) {
      await purge(UserName, blocker);
      assert.equal(names(await list()).includes(`${blocker.kind} ${blocker.id}`), false);
    }
    assert.deepEqual(await list(), []);
    await gateway.remove(UserName);
    assert.deepEqual(ids(aws), []);
  });

  it("counts as purged when it is gone already", async () => {
    const { list, purge } = await loaded();
    const blockers = await list();
    for (const blocker of blockers) await purge(UserName, blocker);
    for (const blocker of blockers) await purge(UserName, blocker);
  });

  it("leaves no virtual MFA device behind, also where an earlier purge was cut off in between", async () => {
    const { aws, iam, list, purge } = await loaded();
    const device = (await list()).find(({ kind }) => kind === "mfaDevices");
    assert.ok(device);
    aws.addFaults({ operation: "DeleteVirtualMFADevice", calls: [1], error: { code: "ServiceFailure" } });
    await assert.rejects(() => purge(UserName, device), { name: "ServiceFailureException" });
    await purge(UserName, device);
    assert.deepEqual((await iam.send(new ListVirtualMFADevicesCommand({}))).VirtualMFADevices, []);
  });

  it("deactivates a hardware MFA device and asks for no more", async () => {
    const { aws, purge } = await loaded();
    for (const id of ["GAHT12345678", "arn:aws:iam::123456789012:u2f/user/ann/key"]) {
      await purge(UserName, { kind: "mfaDevices", noun: "MFA device", id });
    }
    assert.equal(aws.callsOf("DeactivateMFADevice").length, 2);
    assert.equal(aws.callsOf("DeleteVirtualMFADevice").length, 0);
  });

  it("is never asked for, nor purged, without a name: AWS would take the caller for the user", async () => {
    const { aws, gateway, list, purge } = await loaded();
    const blockers = await list();
    const before = aws.calls().length;
    await assert.rejects(async () => gateway.dependents?.list(""), /the name of the user is empty/);
    for (const blocker of blockers) {
      await assert.rejects(async () => purge("", blocker), /the name of the user is empty/);
    }
    assert.equal(aws.calls().length, before);
  });
});

async function anotherDevice(iam: IAMClient): Promise<void> {
  const made = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "tablet" }));
  const SerialNumber = made.VirtualMFADevice?.SerialNumber;
  await iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber, ...codes }));
}

function names(blockers: readonly Blocker[]): string[] {
  return blockers.map(({ kind, id }) => `${kind} ${id}`);
}

function ids(aws: OpenAws): string[] {
  return aws.users().map(({ id }) => id);
}
