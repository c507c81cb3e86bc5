import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateServiceSpecificCredentialCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteServiceSpecificCredentialCommand,
  DeleteSigningCertificateCommand,
  DeleteSSHPublicKeyCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  EnableMFADeviceCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UploadSigningCertificateCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";

/** The user that everything is hung on. */
export const UserName = "ann";
/** A policy of AWS's own. */
export const PolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
/** What enabling an MFA device asks for. */
export const codes = { AuthenticationCode1: "123456", AuthenticationCode2: "654321" };

/** How to hang one thing of a kind on the user and to take it off again, and what DeleteUser says meanwhile. */
export interface Kind {
  readonly kind: string;
  readonly remedy: string;
  readonly hang: (iam: IAMClient) => Promise<() => Promise<unknown>>;
}

/** All nine kinds that block deletion, in the order in which DeleteUser complains about them. */
export const KINDS: readonly Kind[] = [
  {
    kind: "loginProfile",
    remedy: "delete login profile",
    hang: async (iam) => {
      await iam.send(new CreateLoginProfileCommand({ UserName, Password: "long enough" }));
      return () => iam.send(new DeleteLoginProfileCommand({ UserName }));
    },
  },
  {
    kind: "accessKeys",
    remedy: "delete access keys",
    hang: async (iam) => {
      await iam.send(new CreateAccessKeyCommand({ UserName }));
      const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName }));
      return () =>
        iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKeyMetadata?.[0]?.AccessKeyId }));
    },
  },
  {
    kind: "signingCertificates",
    remedy: "delete certificates",
    hang: async (iam) => {
      await iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody: "any" }));
      const { Certificates } = await iam.send(new ListSigningCertificatesCommand({ UserName }));
      const CertificateId = Certificates?.[0]?.CertificateId;
      return () => iam.send(new DeleteSigningCertificateCommand({ UserName, CertificateId }));
    },
  },
  {
    kind: "sshPublicKeys",
    remedy: "remove referenced objects",
    hang: async (iam) => {
      await iam.send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody: "ssh-rsa any" }));
      const { SSHPublicKeys } = await iam.send(new ListSSHPublicKeysCommand({ UserName }));
      const SSHPublicKeyId = SSHPublicKeys?.[0]?.SSHPublicKeyId;
      return () => iam.send(new DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId }));
    },
  },
  {
    kind: "serviceSpecificCredentials",
    remedy: "remove referenced objects",
    hang: async (iam) => {
      const ServiceName = "codecommit.amazonaws.com";
      await iam.send(new CreateServiceSpecificCredentialCommand({ UserName, ServiceName }));
      const listed = await iam.send(new ListServiceSpecificCredentialsCommand({ UserName }));
      const { ServiceSpecificCredentialId } = listed.ServiceSpecificCredentials?.[0] ?? {};
      return () =>
        iam.send(new DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId }));
    },
  },
  {
    kind: "mfaDevices",
    remedy: "delete MFA device",
    hang: async (iam) => {
      const SerialNumber = await virtualDevice(iam, "phone");
      await iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber, ...codes }));
      return () => iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
    },
  },
  {
    kind: "inlinePolicies",
    remedy: "delete policies",
    hang: async (iam) => {
      await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument: "{}" }));
      return () => iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: "p" }));
    },
  },
  {
    kind: "attachedPolicies",
    remedy: "detach all policies",
    hang: async (iam) => {
      await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
      return () => iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn }));
    },
  },
  {
    kind: "groups",
    remedy: "remove users from group",
    hang: async (iam) => {
      await iam.send(new CreateGroupCommand({ GroupName: "Ops" }));
      await iam.send(new AddUserToGroupCommand({ UserName, GroupName: "ops" }));
      return () => iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName: "Ops" }));
    },
  },
];

/** Creates a virtual MFA device and gives its serial number. */
export async function virtualDevice(iam: IAMClient, VirtualMFADeviceName: string): Promise<string> {
  const made = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName }));
  return made.VirtualMFADevice?.SerialNumber ?? "";
}
