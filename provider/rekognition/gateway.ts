import { randomUUID } from "node:crypto";
import {
  CreateUserCommand,
  DeleteUserCommand,
  ListFacesCommand,
  ListUsersCommand,
  RekognitionClient,
} from "@aws-sdk/client-rekognition";
import { absentIs, allPages, named, usersByKey } from "../aws/calls";
import { connected } from "../aws/clients";
import type { Scope } from "../aws/scope";
import type { Affected, CommonArgs, Usage, UserGateway } from "../kind";

/** The arguments of a Rekognition user, checked. */
export interface RekognitionArgs extends CommonArgs {
  readonly collectionId: string;
  readonly userId: string;
}

/** A Rekognition user as ListUsers shows it. */
export interface RekognitionLive {
  readonly collectionId: string;
  readonly userId: string;
  readonly status: string;
}

/** Of each operation. https://docs.aws.amazon.com/general/latest/gr/rekognition.html */
const CALLS_PER_SECOND = 5;

/** The id of a user: neither part may hold a slash. */
export function rekognitionId(collectionId: string, userId: string): string {
  return `${named(collectionId)}/${named(userId)}`;
}

/** https://docs.aws.amazon.com/rekognition/latest/APIReference/API_Operations.html */
export function rekognitionGateway(scope: Scope): UserGateway<RekognitionArgs, RekognitionLive> {
  const rekognition = connected(RekognitionClient, scope, CALLS_PER_SECOND);
  return {
    // A user is found only in the list, and the list is ordered by a key that nobody sees.
    find: (id) =>
      absentIs(undefined, "ResourceNotFoundException", async () => {
        const { CollectionId } = parts(id);
        for await (const users of listed(rekognition, CollectionId)) {
          const found = users.get(id);
          if (found) return found;
        }
        return undefined;
      }),

    list: (collectionId) => listed(rekognition, collectionId),

    async create({ collectionId, userId }, token) {
      await rekognition.send(
        new CreateUserCommand({
          CollectionId: named(collectionId),
          UserId: named(userId),
          ClientRequestToken: token,
        }),
      );
      return undefined;
    },

    // Nothing of a user can be changed.
    update: async () => {},

    // A fresh token for each request: with an old one AWS would repeat its old answer and delete nothing.
    remove: (id) =>
      absentIs(undefined, "ResourceNotFoundException", async () => {
        await rekognition.send(new DeleteUserCommand({ ...parts(id), ClientRequestToken: randomUUID() }));
      }),

    usage: usageOf(rekognition),
  };
}

function usageOf(rekognition: RekognitionClient): Usage<RekognitionLive> {
  return {
    together: false,
    async affected(lives) {
      return new Map(
        await Promise.all(lives.map(async (live) => [live, await facesOf(rekognition, live)] as const)),
      );
    },
  };
}

/** The faces of a user; one that is CREATED has none. */
async function facesOf(
  rekognition: RekognitionClient,
  { collectionId, userId, status }: RekognitionLive,
): Promise<Affected[]> {
  if (status === "CREATED") return [];
  const faces = await allPages(async (NextToken) => {
    const ask = new ListFacesCommand({ CollectionId: named(collectionId), UserId: named(userId), NextToken });
    const answer = await rekognition.send(ask);
    return { items: answer.Faces, next: answer.NextToken };
  });
  return faces.map(({ FaceId }) => ({
    kind: "faces",
    noun: "face",
    id: FaceId ?? "",
    fate: "freed",
    purgeCall: "DeleteFaces",
  }));
}

function listed(rekognition: RekognitionClient, collectionId: string) {
  return usersByKey(
    async (NextToken) => {
      const ask = new ListUsersCommand({ CollectionId: named(collectionId), MaxResults: 500, NextToken });
      const answer = await rekognition.send(ask);
      return { items: answer.Users, next: answer.NextToken };
    },
    ({ UserId, UserStatus }): RekognitionLive => ({
      collectionId,
      userId: UserId ?? "",
      status: UserStatus ?? "",
    }),
    ({ userId }) => rekognitionId(collectionId, userId),
  );
}

/** The collection within the id of a user. */
export function collectionOf(id: string): string {
  return id.slice(0, Math.max(id.indexOf("/"), 0));
}

function parts(id: string): { CollectionId: string; UserId: string } {
  return { CollectionId: named(collectionOf(id)), UserId: named(id.slice(id.indexOf("/") + 1)) };
}
