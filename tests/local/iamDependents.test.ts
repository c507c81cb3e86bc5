import assert from "node:assert/strict";
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateServiceSpecificCredentialCommand,
  CreateUserCommand,
  DeactivateMFADeviceCommand,
  DeleteGroupCommand,
  DeletePolicyCommand,
  DeleteUserCommand,
  DeleteVirtualMFADeviceCommand,
  DetachUserPolicyCommand,
  EnableMFADeviceCommand,
  GetAccessKeyLastUsedCommand,
  GetGroupCommand,
  GetLoginProfileCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListServiceSpecificCredentialsCommand,
  ListUserPoliciesCommand,
  ListVirtualMFADevicesCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAccessKeyCommand,
  UploadSigningCertificateCommand,
} from "@aws-sdk/client-iam";
import type { LocalAws, LocalAwsOptions } from "../../local";
import { codes, KINDS, PolicyArn, UserName, virtualDevice } from "./nineKinds";
import { clientConfig, localAwsForEachTest } from "./start";

describe("what hangs on an IAM user in the local AWS", () => {
  const start = localAwsForEachTest();
  const startWithAnn = async (options?: LocalAwsOptions): Promise<{ aws: LocalAws; iam: IAMClient }> => {
    const aws = await start(options);
    const iam = new IAMClient(clientConfig(aws));
    await iam.send(new CreateUserCommand({ UserName }));
    return { aws, iam };
  };

  for (const { kind, remedy, hang } of KINDS) {
    it(`blocks deletion until it is taken off: ${kind}`, async () => {
      const { aws, iam } = await startWithAnn();
      const takeOff = await hang(iam);
      const deleteUser = () => iam.send(new DeleteUserCommand({ UserName }));
      assert.deepEqual(Object.keys(aws.users()[0]?.attached ?? {}), [kind]);
      await assert.rejects(deleteUser(), {
        name: "DeleteConflictException",
        message: `Cannot delete entity, must ${remedy} first.`,
      });
      await takeOff();
      await assert.rejects(takeOff(), { name: "NoSuchEntityException" });
      await deleteUser();
      assert.deepEqual(aws.users(), []);
    });
  }

  it("is complained about one kind at a time", async () => {
    const { iam } = await startWithAnn();
    const takeOffs = await Promise.all(KINDS.map(({ hang }) => hang(iam)));
    const complaints: string[] = [];
    for (const takeOff of takeOffs) {
      await iam.send(new DeleteUserCommand({ UserName })).catch(({ message }) => complaints.push(message));
      await takeOff();
    }
    assert.deepEqual(
      complaints,
      KINDS.map(({ remedy }) => `Cannot delete entity, must ${remedy} first.`),
    );
    await iam.send(new DeleteUserCommand({ UserName }));
  });

  it("is listed page by page", async () => {
    const { iam } = await startWithAnn({ pageSize: 1 });
    const ServiceName = "codecommit.amazonaws.com";
    for (let i = 0; i < 2; i++) {
      await iam.send(new CreateServiceSpecificCredentialCommand({ UserName, ServiceName }));
      await iam.send(new CreateAccessKeyCommand({ UserName }));
    }
    const first = await iam.send(new ListServiceSpecificCredentialsCommand({ UserName }));
    const { IsTruncated, Marker } = first;
    assert.deepEqual([first.ServiceSpecificCredentials?.length, IsTruncated], [1, true]);
    const second = await iam.send(new ListServiceSpecificCredentialsCommand({ UserName, Marker }));
    assert.deepEqual([second.IsTruncated, second.Marker], [false, undefined]);
    assert.notDeepEqual(second.ServiceSpecificCredentials, first.ServiceSpecificCredentials);
    assert.equal((await iam.send(new ListAccessKeysCommand({ UserName }))).IsTruncated, true);
  });

  it("has AWS's quotas", async () => {
    const { iam } = await startWithAnn();
    const twice = async (send: () => Promise<unknown>, name: string) => {
      await send();
      await send();
      await assert.rejects(send(), { name });
    };
    const ServiceName = "codecommit.amazonaws.com";
    await twice(() => iam.send(new CreateAccessKeyCommand({ UserName })), "LimitExceededException");
    await twice(
      () => iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody: "any" })),
      "LimitExceededException",
    );
    await twice(
      () => iam.send(new CreateServiceSpecificCredentialCommand({ UserName, ServiceName })),
      "LimitExceededException",
    );
    for (let i = 0; i < 10; i++) {
      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: `${PolicyArn}${i}` }));
    }
    await assert.rejects(iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn })), {
      name: "LimitExceededException",
      message: "Cannot exceed quota for PoliciesPerUser: 10",
    });
  });

  it("can be looked at one by one", async () => {
    const { iam } = await startWithAnn();
    await assert.rejects(iam.send(new GetLoginProfileCommand({ UserName })), {
      name: "NoSuchEntityException",
    });
    await Promise.all(KINDS.map(({ hang }) => hang(iam)));
    const login = await iam.send(new GetLoginProfileCommand({ UserName }));
    assert.equal(login.LoginProfile?.PasswordResetRequired, false);
    const inline = await iam.send(new GetUserPolicyCommand({ UserName, PolicyName: "p" }));
    assert.equal(inline.PolicyDocument, "%7B%7D");
    assert.deepEqual((await iam.send(new ListUserPoliciesCommand({ UserName }))).PolicyNames, ["p"]);
    const attached = await iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
    assert.deepEqual(attached.AttachedPolicies, [{ PolicyName: "ReadOnlyAccess", PolicyArn }]);
    const groups = await iam.send(new ListGroupsForUserCommand({ UserName }));
    assert.equal(groups.Groups?.[0]?.Arn, "arn:aws:iam::123456789012:group/Ops");
    const members = await iam.send(new GetGroupCommand({ GroupName: "ops" }));
    assert.deepEqual(
      members.Users?.map((user) => user.UserName),
      [UserName],
    );
  });

  it("includes access keys that can be switched off and were never used", async () => {
    const { iam } = await startWithAnn();
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const AccessKeyId = AccessKey?.AccessKeyId;
    await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: "Inactive" }));
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName }));
    assert.equal(AccessKeyMetadata?.[0]?.Status, "Inactive");
    const used = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
    assert.deepEqual(used.AccessKeyLastUsed, { ServiceName: "N/A", Region: "N/A" });
    await assert.rejects(iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: "AKIA000000000000" })), {
      name: "AccessDenied",
    });
  });

  it("includes MFA devices, of which virtual ones outlive their deactivation", async () => {
    const { iam } = await startWithAnn();
    const SerialNumber = await virtualDevice(iam, "phone");
    await iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber, ...codes }));
    const inUse = await iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus: "Assigned" }));
    assert.equal(inUse.VirtualMFADevices?.[0]?.User?.UserName, UserName);
    const remove = () => iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
    await assert.rejects(remove(), { name: "DeleteConflictException" });
    await iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
    await assert.rejects(virtualDevice(iam, "phone"), { name: "EntityAlreadyExistsException" });
    const free = await iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus: "Unassigned" }));
    assert.equal(free.VirtualMFADevices?.length, 1);
    await remove();
    await assert.rejects(remove(), { name: "NoSuchEntityException" });
    await assert.rejects(iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber, ...codes })), {
      name: "NoSuchEntityException",
    });
  });

  it("includes hardware tokens and security keys, which nobody has to create", async () => {
    const { iam } = await startWithAnn();
    const serials = ["GAHT12345678", "arn:aws:iam::123456789012:u2f/user/ann/key-1"];
    for (const SerialNumber of serials) {
      await iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber, ...codes }));
    }
    const { MFADevices } = await iam.send(new ListMFADevicesCommand({ UserName }));
    assert.deepEqual(
      MFADevices?.map((device) => device.SerialNumber),
      serials,
    );
    await iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber: serials[0] }));
  });

  it("cannot be taken from under the user, only off it first", async () => {
    const { iam } = await startWithAnn();
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "own", PolicyDocument: "{}" }));
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Policy?.Arn }));
    await iam.send(new CreateGroupCommand({ GroupName: "ops" }));
    await iam.send(new AddUserToGroupCommand({ UserName, GroupName: "ops" }));
    const conflict = { name: "DeleteConflictException" };
    const removePolicy = () => iam.send(new DeletePolicyCommand({ PolicyArn: Policy?.Arn }));
    const removeGroup = () => iam.send(new DeleteGroupCommand({ GroupName: "ops" }));
    await assert.rejects(removePolicy(), conflict);
    await assert.rejects(removeGroup(), conflict);
    await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: Policy?.Arn }));
    await iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName: "ops" }));
    await removePolicy();
    await removeGroup();
  });

  it("is refused where AWS would refuse it", async () => {
    const { iam } = await startWithAnn();
    const refused = (sent: Promise<unknown>, name: string) => assert.rejects(sent, { name });
    await refused(
      iam.send(new CreateLoginProfileCommand({ UserName, Password: "short" })),
      "PasswordPolicyViolationException",
    );
    await refused(
      iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument: "{" })),
      "MalformedPolicyDocumentException",
    );
    await refused(
      iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: "no-arn-but-long-enough" })),
      "InvalidInputException",
    );
    await refused(
      iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: "arn:aws:iam::123456789012:policy/none" })),
      "NoSuchEntityException",
    );
    await refused(
      iam.send(new CreateServiceSpecificCredentialCommand({ UserName, ServiceName: "s3.amazonaws.com" })),
      "ServiceNotSupportedException",
    );
    await refused(
      iam.send(new AddUserToGroupCommand({ UserName, GroupName: "none" })),
      "NoSuchEntityException",
    );
    await refused(iam.send(new CreateAccessKeyCommand({ UserName: "nobody" })), "NoSuchEntityException");
  });
});
