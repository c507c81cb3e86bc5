import assert from "node:assert/strict";
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateServiceSpecificCredentialCommand,
  EnableMFADeviceCommand,
  IAMClient,
  ListVirtualMFADevicesCommand,
  PutUserPolicyCommand,
  UploadSigningCertificateCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import type { LocalAws } from "../../local";
import { iam } from "../../sdk";
import { codes, KINDS, UserName } from "../local/nineKinds";
import { clientConfig } from "../local/start";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";

/** What deletes each of the nine kinds, by the order of the kinds. */
const PURGES = [
  "DeleteLoginProfile",
  "DeleteAccessKey",
  "DeleteSigningCertificate",
  "DeleteSSHPublicKey",
  "DeleteServiceSpecificCredential",
  "DeactivateMFADevice",
  "DeleteUserPolicy",
  "DetachUserPolicy",
  "RemoveUserFromGroup",
];

describe("destroying an IAM user on which things hang", () => {
  const begin = scenes();
  const ann = (args: iam.UserArgs) => () => void new iam.User("deployer", { userName: UserName, ...args });

  async function hangAll(aws: LocalAws): Promise<IAMClient> {
    const somebody = new IAMClient(clientConfig(aws));
    for (const { hang } of KINDS) await hang(somebody);
    return somebody;
  }

  it("fails with a list of every item of all nine kinds, and loses nothing", async () => {
    const { aws, stack } = await begin({ program: ann({}) });
    await stack.up();
    await hangAll(aws);
    const [before] = aws.users();

    const calls = await callsDuring(aws, async () => {
      const { output, changes } = await stack.failing.destroy();
      assert.deepEqual(changes, ["delete deployer (failed)"]);
      const list = /deleting IAM user "ann": blocked by (.*); nothing was removed\. (.*)/.exec(output);
      assert.match(
        list?.[1] ?? "",
        new RegExp(
          [
            /1 login profile \(ann since \d{4}-\d\d-\d\d\)/,
            /1 access key \(AKIA\w+ since \d{4}-\d\d-\d\d\)/,
            /1 signing certificate \(\w+ since \d{4}-\d\d-\d\d\)/,
            /1 SSH public key \(APKA\w+ since \d{4}-\d\d-\d\d\)/,
            /1 service-specific credential \(ACCA\w+ since \d{4}-\d\d-\d\d\)/,
            /1 MFA device \(arn:aws:iam::123456789012:mfa\/phone since \d{4}-\d\d-\d\d\)/,
            /1 inline policy \(p\)/,
            /1 attached policy \(arn:aws:iam::aws:policy\/ReadOnlyAccess\)/,
            /1 group membership \(Ops\)/,
          ]
            .map(({ source }) => source)
            .join(", "),
        ),
      );
      assert.match(list?.[2] ?? "", /forceDestroy.*PULUMI_AWS_USERS_FORCE_DESTROY=ann/);
    });
    assert.ok(!operationsOf(calls).some((operation) => PURGES.includes(operation)));
    assert.deepEqual(aws.users(), [before]);
    assert.deepEqual(await stack.resourceNames(), ["deployer"]);

    stack.setEnvironment({ PULUMI_AWS_USERS_FORCE_DESTROY: "bob, ann" });
    assert.deepEqual((await stack.destroy()).changes, ["delete deployer"]);
    assert.deepEqual(idsAlive(aws), []);
  });

  it("goes through with forceDestroy: everything is purged once, and nothing of anybody else", async () => {
    const { aws, stack } = await begin({ program: ann({ forceDestroy: true }) });
    await stack.up();
    const somebody = await hangAll(aws);

    const calls = await callsDuring(aws, () => stack.destroy());
    const operations = operationsOf(calls);
    assert.deepEqual(operations.slice(0, 2), ["GetUser", "DeleteUser DeleteConflict"]);
    for (const purge of [...PURGES, "DeleteVirtualMFADevice"]) {
      assert.equal(operations.filter((operation) => operation === purge).length, 1, purge);
    }
    assert.deepEqual(operations.slice(-3), ["DeleteUser", "GetUser NoSuchEntity", "GetUser NoSuchEntity"]);
    for (const { operation, parameters } of calls) {
      if (operation !== "DeleteVirtualMFADevice") assert.equal(parameters["UserName"], UserName, operation);
    }
    const devices = await somebody.send(new ListVirtualMFADevicesCommand({}));
    assert.deepEqual(devices.VirtualMFADevices, []);
    assert.deepEqual(idsAlive(aws), []);
  });

  it("purges only with a forceDestroy that names every kind that is there", async () => {
    const { aws, stack } = await begin({ program: ann({ forceDestroy: { accessKeys: true } }) });
    await stack.up();
    await hangAll(aws);
    const kinds = Object.fromEntries(KINDS.map(({ kind }) => [kind, true]));

    stack.setProgram(ann({ forceDestroy: { ...kinds, groups: false, mfaDevices: false } }));
    await stack.up();
    const refused = await callsDuring(aws, async () => {
      const { output } = await stack.failing.destroy();
      assert.match(output, /forceDestroy does not name 1 MFA device \(.*\), 1 group membership \(Ops\)/);
    });
    assert.ok(!operationsOf(refused).some((operation) => PURGES.includes(operation)));

    stack.setProgram(ann({ forceDestroy: kinds }));
    await stack.up();
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });

  it("purges all pages of each list, and deactivates a hardware MFA device without deleting it", async () => {
    const { aws, stack } = await begin({ program: ann({ forceDestroy: true }), aws: { pageSize: 1 } });
    await stack.up();
    const somebody = await hangAll(aws);
    const ServiceName = "cassandra.amazonaws.com";
    await somebody.send(new CreateAccessKeyCommand({ UserName }));
    await somebody.send(new UploadSigningCertificateCommand({ UserName, CertificateBody: "other" }));
    await somebody.send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody: "ssh-rsa other" }));
    await somebody.send(new CreateServiceSpecificCredentialCommand({ UserName, ServiceName }));
    await somebody.send(new EnableMFADeviceCommand({ UserName, SerialNumber: "GAHT12345678", ...codes }));
    await somebody.send(new PutUserPolicyCommand({ UserName, PolicyName: "q", PolicyDocument: "{}" }));
    const PolicyArn = "arn:aws:iam::aws:policy/PowerUserAccess";
    await somebody.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
    await somebody.send(new CreateGroupCommand({ GroupName: "Dev" }));
    await somebody.send(new AddUserToGroupCommand({ UserName, GroupName: "Dev" }));

    const calls = await callsDuring(aws, () => stack.destroy());
    for (const purge of PURGES.slice(1)) {
      assert.equal(calls.filter(({ operation }) => operation === purge).length, 2, purge);
    }
    const deleted = calls.filter(({ operation }) => operation === "DeleteVirtualMFADevice");
    assert.deepEqual(
      deleted.map(({ parameters }) => parameters["SerialNumber"]),
      ["arn:aws:iam::123456789012:mfa/phone"],
    );
    assert.deepEqual(idsAlive(aws), []);
  });

  it("says what a purge that is denied has removed and what remains, and the next destroy goes on", async () => {
    const { aws, stack } = await begin({ program: ann({ forceDestroy: true }) });
    await stack.up();
    await hangAll(aws);
    aws.addFaults({ operation: "DeleteAccessKey", calls: [1], error: { code: "AccessDenied" } });

    const { output } = await stack.failing.destroy();
    assert.match(
      output,
      /the purge removed 1 login profile .*1 group membership \(Ops\); not removed: access key AKIA/,
    );
    assert.match(output, /Allow iam:DeleteAccessKey to the credentials of this run/);
    assert.deepEqual(Object.keys(aws.users()[0]?.attached ?? {}), ["accessKeys"]);
    assert.deepEqual(await stack.resourceNames(), ["deployer"]);

    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });

  it("waits out conflicts that AWS still sees while the purge spreads", async () => {
    const { aws, stack } = await begin({ program: ann({ forceDestroy: true }), aws: { iamLagMs: 500 } });
    await stack.up();
    await hangAll(aws);
    aws.addFaults({ operation: "DeleteUser", calls: [2, 3], error: { code: "DeleteConflict" } });
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });
});
