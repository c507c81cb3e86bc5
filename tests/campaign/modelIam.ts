import type { Blocker, UserGateway } from "../../provider/gateway";
import type { IamArgs, IamLive } from "../../provider/iam/gateway";
import type { ModelAws, ModelUser } from "./modelAws";
import { awsError } from "./modelFaults";

/** The nine kinds of things that block an IAM user's deletion, with the operation that removes each. */
export const IAM_BLOCKERS: readonly (readonly [kind: string, noun: string, removal: string])[] = [
  ["loginProfile", "login profile", "DeleteLoginProfile"],
  ["accessKeys", "access key", "DeleteAccessKey"],
  ["signingCertificates", "signing certificate", "DeleteSigningCertificate"],
  ["sshPublicKeys", "SSH public key", "DeleteSSHPublicKey"],
  ["serviceSpecificCredentials", "service-specific credential", "DeleteServiceSpecificCredential"],
  ["mfaDevices", "MFA device", "DeactivateMFADevice"],
  ["inlinePolicies", "inline policy", "DeleteUserPolicy"],
  ["attachedPolicies", "attached policy", "DetachUserPolicy"],
  ["groups", "group membership", "RemoveUserFromGroup"],
];

/** Somebody puts back what was removed after so long, at most. */
const PUT_BACK_MS = 3_000;

/** IAM: no status, an identity for each life of a name, reads that lag, and what blocks deletion. */
export function modelIam(aws: ModelAws): UserGateway<IamArgs, IamLive> {
  const call = <T>(
    verb: Parameters<ModelAws["call"]>[0]["verb"],
    operation: string,
    id: string,
    act: () => T,
  ) => aws.call({ service: "iam", verb, operation, id }, act);
  const present = (id: string, operation: string): ModelUser => {
    const user = aws.userNow("iam", id);
    if (user === undefined) throw awsError("NoSuchEntityException", operation, `no user ${id}`);
    return user;
  };
  const change = (
    verb: "update" | "writeTags",
    operation: string,
    id: string,
    of: (user: ModelUser) => Partial<ModelUser>,
  ) =>
    call(verb, operation, id, () => {
      const user = present(id, operation);
      aws.change(user, of(user));
    });
  return {
    find: (id) =>
      call("find", "GetUser", id, () => {
        const user = aws.userSeen("iam", id);
        return user && liveOf(user);
      }),

    page: (_group, token) =>
      call("list", "ListUsers", "*", () => {
        const { users, next } = aws.pageSeen("iam", token);
        return { users: new Map(users.map((user) => [user.id.toLowerCase(), liveOf(user)])), next };
      }),

    create: (args) =>
      call("create", "CreateUser", args.userName, () => {
        if (aws.userNow("iam", args.userName)) throw awsError("EntityAlreadyExistsException", "CreateUser");
        const attributes = { path: args.path, permissionsBoundary: args.permissionsBoundary };
        const tags = args.tagsAll ?? {};
        const user = aws.newborn({ service: "iam", id: args.userName, owner: "stack", attributes, tags });
        aws.write("iam", user.id, user);
        return liveOf(user);
      }),

    async update({ userName }, { path }, changed) {
      if (!changed.has("path")) return;
      await change("update", "UpdateUser", userName, ({ attributes }) => ({
        attributes: { ...attributes, path },
      }));
    },

    remove: (id) =>
      call("remove", "DeleteUser", id, () => {
        const user = aws.userNow("iam", id);
        if (user === undefined) return;
        if (blocking(user, aws.clock.now()).length > 0 || user.conflictUntil > aws.clock.now()) {
          throw awsError("DeleteConflictException", "DeleteUser", "must remove referenced objects first.");
        }
        aws.change(user, {});
        aws.write("iam", id, undefined);
      }),

    tagging: {
      read: async ({ tags }) => tags,
      async write({ userName }, { put, remove }) {
        await change("writeTags", "TagUser", userName, ({ tags }) => {
          const kept = Object.entries({ ...tags, ...put }).filter(([key]) => !remove.includes(key));
          return { tags: Object.fromEntries(kept) };
        });
      },
    },

    dependents: {
      list: (id) =>
        call("blockers", "ListAccessKeys", id, () => {
          const found = blocking(present(id, "ListAccessKeys"), aws.clock.now());
          return found.map(({ kind, id: item }) => ({ kind, noun: kindOf(kind)[1], id: item }));
        }),
      purge: (id, blocker) =>
        call("purge", kindOf(blocker.kind)[2], id, () => {
          const user = aws.userNow("iam", id);
          if (user !== undefined) aws.change(user, purged(aws, user, blocker));
        }),
    },
  };
}

function kindOf(kind: string) {
  return IAM_BLOCKERS.find(([name]) => name === kind) ?? (["", "", ""] as const);
}

function blocking({ blockers }: ModelUser, now: number) {
  return blockers.filter(({ from }) => from <= now);
}

/** AWS may call a user blocked for a while after nothing blocks it any more. */
function purged(aws: ModelAws, { blockers }: ModelUser, gone: Blocker): Partial<ModelUser> {
  const now = aws.clock.now();
  const left = blockers.flatMap((blocker) => {
    if (blocker.kind !== gone.kind || blocker.id !== gone.id) return [blocker];
    const from = now + aws.clock.random() * PUT_BACK_MS;
    return blocker.returns > 0 ? [{ ...blocker, returns: blocker.returns - 1, from }] : [];
  });
  return { blockers: left, conflictUntil: now + aws.clock.random() * aws.lagMs.iam };
}

function liveOf({ id, uid, bornAt, attributes, tags }: ModelUser): IamLive {
  const { path, permissionsBoundary } = attributes as { path: string; permissionsBoundary?: string };
  return {
    userName: id,
    arn: `arn:aws:iam::123456789012:user${path}${id}`,
    uniqueId: uid,
    path,
    createDate: new Date(bornAt).toISOString(),
    passwordLastUsed: undefined,
    permissionsBoundary,
    tags,
  };
}
