import type { User } from "./account";

/** Things of one kind that hang on a user and keep it from being deleted. */
export interface Blocker {
  readonly kind: string;
  readonly ids: readonly string[];
  /** What AWS says has to be done first. */
  readonly remedy: string;
}

/** All nine kinds, in the order in which DeleteUser complains about them, one at a time. */
export function blockersOf(user: User): readonly Blocker[] {
  const all: readonly Blocker[] = [
    { kind: "loginProfile", ids: user.loginProfile ? [user.name] : [], remedy: "delete login profile" },
    { kind: "accessKeys", ids: idsOf(user.accessKeys), remedy: "delete access keys" },
    { kind: "signingCertificates", ids: idsOf(user.certificates), remedy: "delete certificates" },
    { kind: "sshPublicKeys", ids: idsOf(user.sshKeys), remedy: "remove referenced objects" },
    {
      kind: "serviceSpecificCredentials",
      ids: idsOf(user.serviceCredentials),
      remedy: "remove referenced objects",
    },
    { kind: "mfaDevices", ids: user.mfaDevices.map(({ serial }) => serial), remedy: "delete MFA device" },
    { kind: "inlinePolicies", ids: user.inlinePolicies.map(({ name }) => name), remedy: "delete policies" },
    { kind: "attachedPolicies", ids: user.attachedPolicies, remedy: "detach all policies" },
    { kind: "groups", ids: user.groups, remedy: "remove users from group" },
  ];
  return all.filter(({ ids }) => ids.length > 0);
}

function idsOf(items: readonly { readonly id: string }[]): readonly string[] {
  return items.map(({ id }) => id);
}
