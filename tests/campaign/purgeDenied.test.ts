import assert from "node:assert/strict";
import { IAMClient, ListVirtualMFADevicesCommand } from "@aws-sdk/client-iam";
import { iamUser } from "../../provider/iam/kind";
import type { UserKind } from "../../provider/kind";
import { lifecycle } from "../../provider/lifecycle";
import { slots } from "../../provider/lifecycle/slots";
import { KINDS, UserName } from "../local/nineKinds";
import { clientConfig } from "../local/start";
import { fakeClock } from "../provider/fakes";
import { localAwsOfTheEnvironment, SCOPE } from "../provider/localGateway";
import { failureOf } from "../provider/stage";
import type { Provider } from "./modelEngine";

/** What lists each kind, what removes it, and how a message calls it. */
const PLACES = [
  ["loginProfile", "GetLoginProfile", "DeleteLoginProfile", "login profile"],
  ["accessKeys", "ListAccessKeys", "DeleteAccessKey", "access key"],
  ["signingCertificates", "ListSigningCertificates", "DeleteSigningCertificate", "signing certificate"],
  ["sshPublicKeys", "ListSSHPublicKeys", "DeleteSSHPublicKey", "SSH public key"],
  [
    "serviceSpecificCredentials",
    "ListServiceSpecificCredentials",
    "DeleteServiceSpecificCredential",
    "service-specific credential",
  ],
  ["mfaDevices", "ListMFADevices", "DeactivateMFADevice", "MFA device"],
  ["inlinePolicies", "ListUserPolicies", "DeleteUserPolicy", "inline policy"],
  ["attachedPolicies", "ListAttachedUserPolicies", "DetachUserPolicy", "attached policy"],
  ["groups", "ListGroupsForUser", "RemoveUserFromGroup", "group membership"],
] as const;

describe("Purging an IAM user with one permission missing", () => {
  const open = localAwsOfTheEnvironment();

  /** Ann with all nine kinds, and credentials that may not do one thing the first time. */
  async function loaded(operation: string) {
    const aws = await open();
    const made = await iamUser
      .connect(SCOPE)
      .create({ region: "us-east-1", userName: UserName, path: "/" }, "token");
    const iam = new IAMClient(clientConfig(aws));
    for (const { hang } of KINDS) await hang(iam);
    aws.addFaults({ operation: `iam:${operation}`, calls: [1], error: { code: "AccessDenied" } });
    const clock = fakeClock();
    const say = () => {};
    const account = async () => "123456789012";
    const provider = lifecycle(iamUser as unknown as UserKind, {
      clock,
      account,
      say,
      slots: slots(clock, say),
    });
    const state = {
      region: "us-east-1",
      userName: UserName,
      path: "/",
      forceDestroy: true,
      uniqueId: made?.uniqueId,
      accountId: "123456789012",
      stateVersion: 1,
    };
    const devices = async () =>
      (await iam.send(new ListVirtualMFADevicesCommand({}))).VirtualMFADevices ?? [];
    const hanging = async () =>
      (await iamUser.connect(SCOPE).dependents?.list(UserName))?.map(({ kind }) => kind).sort();
    return { aws, devices, hanging, destroy: () => (provider as Provider).delete(UserName, state) };
  }

  for (const [kind, , removal, noun] of PLACES) {
    it(`removes all but the ${noun} without ${removal}, says so, and finishes once it is allowed`, async () => {
      const { aws, hanging, destroy } = await loaded(removal);
      const { message } = await failureOf(destroy());
      assert.match(message, /^deleting IAM user "ann": the purge removed 1 /);
      assert.match(
        message,
        new RegExp(`; not removed: ${noun} \\S+: access was denied to iam:${removal} \\(`),
      );
      assert.match(message, new RegExp(`Allow iam:${removal} to the credentials of this run\\.`));
      const [removed = ""] = message.split("; not removed: ");
      for (const [, , , other] of PLACES)
        assert.equal(removed.includes(`1 ${other} (`), other !== noun, other);
      assert.deepEqual(await hanging(), [kind]);
      await destroy();
      assert.deepEqual(aws.users(), []);
    });
  }

  it("says which virtual MFA device stays behind without DeleteVirtualMFADevice", async () => {
    const { aws, devices, hanging, destroy } = await loaded("DeleteVirtualMFADevice");
    const { message } = await failureOf(destroy());
    assert.match(
      message,
      /; not removed: MFA device arn:aws:iam::\d+:mfa\/phone: access was denied to iam:DeleteVirtualMFADevice \(/,
    );
    assert.deepEqual(await hanging(), []);
    await destroy();
    assert.deepEqual(aws.users(), []);
    assert.equal((await devices()).length, 1);
  });

  for (const [, listing] of PLACES) {
    it(`removes nothing without ${listing}, says so, and finishes once it is allowed`, async () => {
      const { aws, hanging, devices, destroy } = await loaded(listing);
      const { message } = await failureOf(destroy());
      assert.match(message, new RegExp(`^deleting IAM user "ann": access was denied to iam:${listing} \\(`));
      assert.match(message, new RegExp(`Allow iam:${listing} to the credentials of this run\\.`));
      assert.equal((await hanging())?.length, PLACES.length);
      await destroy();
      assert.deepEqual(aws.users(), []);
      assert.deepEqual(await devices(), []);
    });
  }
});
