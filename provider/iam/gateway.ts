import {
  CreateUserCommand,
  DeleteUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  GetUserCommand,
  IAMClient,
  ListUsersCommand,
  PutUserPermissionsBoundaryCommand,
  TagUserCommand,
  UntagUserCommand,
  UpdateUserCommand,
  type User,
} from "@aws-sdk/client-iam";
import type { CommonArgs } from "../args";
import { absentIs, held, named, pageByKey } from "../aws/calls";
import { connected } from "../aws/clients";
import type { Scope } from "../aws/scope";
import { type Tags, tagList, tagRecord } from "../aws/tags";
import type { UserGateway } from "../gateway";
import { dependents, lastUse } from "./dependents";

/** The arguments of an IAM user, checked. */
export interface IamArgs extends CommonArgs {
  readonly userName: string;
  readonly path: string;
  readonly permissionsBoundary?: string;
}

/** An IAM user as GetUser shows it. */
export interface IamLive {
  readonly userName: string;
  readonly arn: string;
  readonly uniqueId: string;
  readonly path: string;
  readonly createDate: string | undefined;
  readonly passwordLastUsed: string | undefined;
  readonly permissionsBoundary: string | undefined;
  readonly tags: Tags;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html */
export function iamGateway(scope: Scope): UserGateway<IamArgs, IamLive> {
  const iam = connected(IAMClient, scope);
  return {
    find: (id) =>
      absentIs(undefined, "NoSuchEntityException", async () => {
        const { User } = await iam.send(new GetUserCommand({ UserName: named(id) }));
        return liveOf(held(User));
      }),

    async page(_group, Marker) {
      const answer = await iam.send(new ListUsersCommand({ MaxItems: 1000, Marker }));
      const next = answer.IsTruncated ? answer.Marker : undefined;
      return pageByKey({ items: answer.Users, next }, liveOf, ({ userName }) => userName.toLowerCase());
    },

    async create(args) {
      const { User } = await iam.send(
        new CreateUserCommand({
          UserName: named(args.userName),
          Path: args.path,
          PermissionsBoundary: args.permissionsBoundary,
          Tags: args.tagsAll && tagList(args.tagsAll),
        }),
      );
      return User && liveOf(User);
    },

    async update(live, want, changed) {
      const UserName = named(live.userName);
      if (changed.has("path")) await iam.send(new UpdateUserCommand({ UserName, NewPath: want.path }));
      if (!changed.has("permissionsBoundary")) return;
      const { permissionsBoundary: PermissionsBoundary } = want;
      if (PermissionsBoundary !== undefined) {
        await iam.send(new PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary }));
        return;
      }
      // An update that is tried again may have removed it already.
      await absentIs(undefined, "NoSuchEntityException", async () => {
        await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName }));
      });
    },

    remove: (id) =>
      absentIs(undefined, "NoSuchEntityException", async () => {
        await iam.send(new DeleteUserCommand({ UserName: named(id) }));
      }),

    tagging: {
      read: async (live) => live.tags,
      async write(live, { put, remove }) {
        const UserName = named(live.userName);
        if (remove.length > 0) await iam.send(new UntagUserCommand({ UserName, TagKeys: [...remove] }));
        const Tags = tagList(put);
        if (Tags.length > 0) await iam.send(new TagUserCommand({ UserName, Tags }));
      },
    },

    dependents: dependents(iam),

    usage: {
      together: false,
      lastUse: async ({ passwordLastUsed }, blocker) => {
        if (blocker.kind !== "loginProfile") return lastUse(iam, blocker);
        return passwordLastUsed === undefined ? undefined : { at: passwordLastUsed };
      },
    },
  };
}

function liveOf(user: User): IamLive {
  return {
    userName: user.UserName ?? "",
    arn: user.Arn ?? "",
    uniqueId: user.UserId ?? "",
    path: user.Path ?? "/",
    createDate: user.CreateDate?.toISOString(),
    passwordLastUsed: user.PasswordLastUsed?.toISOString(),
    permissionsBoundary: user.PermissionsBoundary?.PermissionsBoundaryArn,
    tags: tagRecord(user.Tags),
  };
}
