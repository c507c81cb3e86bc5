import * as aws from "@aws-sdk/client-iam";
import { absentIs, allPages, named } from "../aws/calls";
import type { Blocker, Dependents, LastUse } from "../gateway";

/** One kind of thing that keeps an IAM user from being deleted. */
interface DependentKind {
  readonly noun: string;
  list(iam: aws.IAMClient, UserName: string, Marker: string | undefined): Promise<Page>;
  remove(iam: aws.IAMClient, UserName: string, id: string): Promise<unknown>;
  /** The operations that `remove` calls. */
  calls(id: string): readonly string[];
}

interface Page {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

interface Item {
  readonly id: string | undefined;
  readonly madeAt?: Date | undefined;
}

/**
 * The nine kinds, by their name in `forceDestroy`.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html
 */
const KINDS = {
  loginProfile: {
    noun: "login profile",
    list: async (iam, UserName) => {
      const ask = () => iam.send(new aws.GetLoginProfileCommand({ UserName }));
      const answer = await absentIs(undefined, "NoSuchEntityException", ask);
      const profile = answer?.LoginProfile;
      return { items: profile ? [{ id: UserName, madeAt: profile.CreateDate }] : [], next: undefined };
    },
    remove: (iam, UserName) => iam.send(new aws.DeleteLoginProfileCommand({ UserName })),
    calls: () => ["DeleteLoginProfile"],
  },
  accessKeys: {
    noun: "access key",
    list: async (iam, UserName, Marker) => {
      const answer = await iam.send(new aws.ListAccessKeysCommand({ UserName, Marker }));
      return page(answer, answer.AccessKeyMetadata, (key) => ({
        id: key.AccessKeyId,
        madeAt: key.CreateDate,
      }));
    },
    remove: (iam, UserName, AccessKeyId) =>
      iam.send(new aws.DeleteAccessKeyCommand({ UserName, AccessKeyId })),
    calls: () => ["DeleteAccessKey"],
  },
  signingCertificates: {
    noun: "signing certificate",
    list: async (iam, UserName, Marker) => {
      const answer = await iam.send(new aws.ListSigningCertificatesCommand({ UserName, Marker }));
      return page(answer, answer.Certificates, (found) => ({
        id: found.CertificateId,
        madeAt: found.UploadDate,
      }));
    },
    remove: (iam, UserName, CertificateId) =>
      iam.send(new aws.DeleteSigningCertificateCommand({ UserName, CertificateId })),
    calls: () => ["DeleteSigningCertificate"],
  },
  sshPublicKeys: {
    noun: "SSH public key",
    list: async (iam, UserName, Marker) => {
      const answer = await iam.send(new aws.ListSSHPublicKeysCommand({ UserName, Marker }));
      return page(answer, answer.SSHPublicKeys, (key) => ({
        id: key.SSHPublicKeyId,
        madeAt: key.UploadDate,
      }));
    },
    remove: (iam, UserName, SSHPublicKeyId) =>
      iam.send(new aws.DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId })),
    calls: () => ["DeleteSSHPublicKey"],
  },
  serviceSpecificCredentials: {
    noun: "service-specific credential",
    list: async (iam, UserName, Marker) => {
      const answer = await iam.send(new aws.ListServiceSpecificCredentialsCommand({ UserName, Marker }));
      return page(answer, answer.ServiceSpecificCredentials, (found) => ({
        id: found.ServiceSpecificCredentialId,
        madeAt: found.CreateDate,
      }));
    },
    remove: (iam, UserName, ServiceSpecificCredentialId) =>
      iam.send(new aws.DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId })),
    calls: () => ["DeleteServiceSpecificCredential"],
  },
  mfaDevices: {
    noun: "MFA device",
    list: async (iam, UserName, Marker) => {
      const answer = await iam.send(new aws.ListMFADevicesCommand({ UserName, Marker }));
      return page(answer, answer.MFADevices, (found) => ({
        id: found.SerialNumber,
        madeAt: found.EnableDate,
      }));
    },
    remove: removeMfaDevice,
    calls: (id) => ["DeactivateMFADevice", ...(isVirtual(id) ? ["DeleteVirtualMFADevice"] : [])],
  },
  inlinePolicies: {
    noun: "inline policy",
    list: async (iam, UserName, Marker) => {
      const answer = await iam.send(new aws.ListUserPoliciesCommand({ UserName, Marker }));
      return page(answer, answer.PolicyNames, (id) => ({ id }));
    },
    remove: (iam, UserName, PolicyName) =>
      iam.send(new aws.DeleteUserPolicyCommand({ UserName, PolicyName })),
    calls: () => ["DeleteUserPolicy"],
  },
  attachedPolicies: {
    noun: "attached policy",
    list: async (iam, UserName, Marker) => {
      const answer = await iam.send(new aws.ListAttachedUserPoliciesCommand({ UserName, Marker }));
      return page(answer, answer.AttachedPolicies, (policy) => ({ id: policy.PolicyArn }));
    },
    remove: (iam, UserName, PolicyArn) => iam.send(new aws.DetachUserPolicyCommand({ UserName, PolicyArn })),
    calls: () => ["DetachUserPolicy"],
  },
  groups: {
    noun: "group membership",
    list: async (iam, UserName, Marker) => {
      const answer = await iam.send(new aws.ListGroupsForUserCommand({ UserName, Marker }));
      return page(answer, answer.Groups, (group) => ({ id: group.GroupName }));
    },
    remove: (iam, UserName, GroupName) =>
      iam.send(new aws.RemoveUserFromGroupCommand({ UserName, GroupName })),
    calls: () => ["RemoveUserFromGroup"],
  },
} as const satisfies Readonly<Record<string, DependentKind>>;

/** A kind's name in `forceDestroy`. */
export type DependentKindName = keyof typeof KINDS;

/** The names of all nine kinds. */
export const DEPENDENT_KINDS = Object.keys(KINDS) as readonly DependentKindName[];

/** Lists and removes everything that blocks the deletion of an IAM user; nothing is asked of the account as a whole. */
export function dependents(iam: aws.IAMClient): Dependents {
  return {
    async list(id) {
      const found = await Promise.all(DEPENDENT_KINDS.map((kind) => listKind(iam, kind, named(id))));
      return found.flat();
    },
    async purge(id, blocker) {
      const { remove } = KINDS[blocker.kind as DependentKindName];
      await absentIs(undefined, "NoSuchEntityException", async () => {
        await remove(iam, named(id), blocker.id);
      });
    },
    purgeCalls: ({ kind, id }) => KINDS[kind as DependentKindName].calls(id),
  };
}

/** The last use of an access key, the only one of the nine kinds for which it is asked: one call a key. */
export async function lastUse(iam: aws.IAMClient, { kind, id }: Blocker): Promise<LastUse | undefined> {
  if (kind !== "accessKeys") return undefined;
  const answer = await iam.send(new aws.GetAccessKeyLastUsedCommand({ AccessKeyId: id }));
  const { LastUsedDate, ServiceName, Region } = answer.AccessKeyLastUsed ?? {};
  if (LastUsedDate === undefined) return undefined;
  return {
    at: LastUsedDate.toISOString(),
    ...(isTold(ServiceName) && { service: ServiceName }),
    ...(isTold(Region) && { region: Region }),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html */
function isTold(text: string | undefined): text is string {
  return text !== undefined && text !== "" && text !== "N/A";
}

async function listKind(iam: aws.IAMClient, kind: DependentKindName, userName: string): Promise<Blocker[]> {
  const { noun, list }: DependentKind = KINDS[kind];
  const items = await allPages((marker) => list(iam, userName, marker));
  return items.map(({ id, madeAt }) => ({
    kind,
    noun,
    id: id ?? "",
    ...(madeAt !== undefined && {
      detail: `since ${madeAt.toISOString().slice(0, 10)}`,
      madeAt: madeAt.toISOString(),
    }),
  }));
}

/**
 * Each device is deactivated. A virtual one, told by its ARN, is deleted as well: left behind, it would keep its name
 * from being enrolled again. A retry finds it deactivated already.
 */
async function removeMfaDevice(iam: aws.IAMClient, UserName: string, SerialNumber: string): Promise<void> {
  await absentIs(undefined, "NoSuchEntityException", async () => {
    await iam.send(new aws.DeactivateMFADeviceCommand({ UserName, SerialNumber }));
  });
  if (!isVirtual(SerialNumber)) return;
  try {
    await iam.send(new aws.DeleteVirtualMFADeviceCommand({ SerialNumber }));
  } catch (error) {
    if (error instanceof Error) error.message += DEACTIVATED_ONLY;
    throw error;
  }
}

function isVirtual(serialNumber: string): boolean {
  return /^arn:[^:]+:iam::\d*:mfa\//.test(serialNumber);
}

/** No list of the user's devices shows it again. */
const DEACTIVATED_ONLY =
  "; the device is deactivated already, so the next destroy will not see it: delete it with aws iam delete-virtual-mfa-device";

function page<T>(
  answer: { readonly IsTruncated?: boolean | undefined; readonly Marker?: string | undefined },
  found: readonly T[] | undefined,
  itemOf: (found: T) => Item,
): Page {
  return { items: (found ?? []).map(itemOf), next: answer.IsTruncated ? answer.Marker : undefined };
}
