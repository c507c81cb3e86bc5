import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateServiceSpecificCredentialCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteGroupCommand,
  DeletePolicyCommand,
  DeleteVirtualMFADeviceCommand,
  DetachUserPolicyCommand,
  EnableMFADeviceCommand,
  type IAMClient,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UploadSigningCertificateCommand,
  UploadSSHPublicKeyCommand,
} from "@aws-sdk/client-iam";
import type { Account } from "./account";
import type { Cleanup } from "./cleanup";
import { persistently } from "./eventually";
import { Interrupted } from "./failure";
import { mfaCodes, newKeyAndCertificate, newPassword } from "./keyMaterial";

/** An IAM user, and what is needed to hang something on it. */
export interface Bearer {
  readonly iam: IAMClient;
  readonly account: Account;
  readonly UserName: string;
  readonly cleanup: Cleanup;
  readonly signal: AbortSignal;
}

/** Nobody shall be able to use the keys and passwords that are made here and thrown away. */
const DENY_ALL = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
});

/** The nine kinds of things for which IAM refuses to delete a user, and how one of each comes about. */
const KINDS: Readonly<Record<string, (bearer: Bearer) => Promise<unknown>>> = {
  "inline policy": denyAll,
  "attached policy": attachPolicy,
  group: joinGroup,
  "login profile": ({ iam, UserName }) =>
    iam.send(new CreateLoginProfileCommand({ UserName, Password: newPassword() })),
  "access key": ({ iam, UserName }) => iam.send(new CreateAccessKeyCommand({ UserName })),
  "signing certificate": ({ iam, UserName }) => {
    const { certificate: CertificateBody } = newKeyAndCertificate(UserName);
    return iam.send(new UploadSigningCertificateCommand({ UserName, CertificateBody }));
  },
  "SSH public key": ({ iam, UserName }) => {
    const { publicKey: SSHPublicKeyBody } = newKeyAndCertificate(UserName);
    return iam.send(new UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody }));
  },
  "service-specific credential": ({ iam, UserName }) => {
    const ServiceName = "codecommit.amazonaws.com";
    return iam.send(new CreateServiceSpecificCredentialCommand({ UserName, ServiceName }));
  },
  "MFA device": enableMfa,
};

/** Hangs one thing of each of the nine kinds on the user; gives the names of the kinds. */
export async function loadIamUser(bearer: Bearer, doing: (what: string) => void): Promise<string[]> {
  for (const [kind, hang] of Object.entries(KINDS)) {
    if (bearer.signal.aborted) throw new Interrupted();
    doing(`adding: ${kind}`);
    await hang(bearer);
  }
  return Object.keys(KINDS);
}

async function denyAll(bearer: Bearer): Promise<void> {
  const { iam, UserName } = bearer;
  const policy = { UserName, PolicyName: "deny-all", PolicyDocument: DENY_ALL };
  await whenKnown(bearer, () => iam.send(new PutUserPolicyCommand(policy)));
}

async function attachPolicy(bearer: Bearer): Promise<void> {
  const { iam, account, UserName, cleanup } = bearer;
  const partition = account.caller.split(":")[1];
  const PolicyName = `${UserName}-deny-all`;
  const PolicyArn = `arn:${partition}:iam::${account.id}:policy/${PolicyName}`;
  cleanup.add(`IAM policy ${PolicyName}`, () => iam.send(new DeletePolicyCommand({ PolicyArn })));
  await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: DENY_ALL }));
  cleanup.add(`IAM policy ${PolicyName} of user ${UserName}`, () =>
    iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn })),
  );
  await whenKnown(bearer, () => iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn })));
}

async function joinGroup(bearer: Bearer): Promise<void> {
  const { iam, UserName, cleanup } = bearer;
  const GroupName = `${UserName}-group`;
  cleanup.add(`IAM group ${GroupName}`, () => iam.send(new DeleteGroupCommand({ GroupName })));
  await iam.send(new CreateGroupCommand({ GroupName }));
  cleanup.add(`membership of IAM group ${GroupName}`, () =>
    iam.send(new RemoveUserFromGroupCommand({ UserName, GroupName })),
  );
  await whenKnown(bearer, () => iam.send(new AddUserToGroupCommand({ UserName, GroupName })));
}

/** The device would outlive the user if the destroy only deactivated it. */
async function enableMfa(bearer: Bearer): Promise<void> {
  const { iam, UserName, cleanup } = bearer;
  const made = await iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: `${UserName}-phone` }),
  );
  const { SerialNumber, Base32StringSeed } = made.VirtualMFADevice ?? {};
  cleanup.add(`virtual MFA device ${SerialNumber}`, () =>
    iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })),
  );
  cleanup.add(`MFA device of user ${UserName}`, () =>
    iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber })),
  );
  const [AuthenticationCode1, AuthenticationCode2] = mfaCodes(
    Buffer.from(Base32StringSeed ?? []).toString(),
    Date.now(),
  );
  const enabling = { UserName, SerialNumber, AuthenticationCode1, AuthenticationCode2 };
  await whenKnown(bearer, () => iam.send(new EnableMFADeviceCommand(enabling)));
}

/** Not every part of IAM knows at once what was made a moment ago. */
function whenKnown<T>({ UserName, signal }: Bearer, call: () => Promise<T>): Promise<T> {
  const passing = ["NoSuchEntityException"];
  return persistently(`IAM knows all that is hung on user ${UserName}`, signal, passing, call);
}
