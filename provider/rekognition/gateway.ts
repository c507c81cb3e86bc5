import { randomUUID } from "node:crypto";
import {
  AssociateFacesCommand,
  CreateUserCommand,
  DeleteFacesCommand,
  DeleteUserCommand,
  DisassociateFacesCommand,
  ListFacesCommand,
  ListUsersCommand,
  RekognitionClient,
  type User,
} from "@aws-sdk/client-rekognition";
import type { CommonArgs } from "../args";
import { absentIs, allPages, named, pageByKey } from "../aws/calls";
import { connected } from "../aws/clients";
import type { Scope } from "../aws/scope";
import type { Affected, Belongings, Declined, Usage, UserGateway } from "../gateway";
import type { ListPage } from "../wait/walks";

/** The arguments of a Rekognition user, checked. */
export interface RekognitionArgs extends CommonArgs {
  readonly collectionId: string;
  readonly userId: string;
  /** At most as many as one call takes. */
  readonly faceIds?: readonly string[] | undefined;
  readonly userMatchThreshold?: number | undefined;
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
        let token: string | undefined;
        do {
          const { users, next } = await usersOf(rekognition, CollectionId, token);
          const found = users.get(id);
          if (found) return found;
          token = next;
        } while (token !== undefined);
        return undefined;
      }),

    page: (collectionId, token) => usersOf(rekognition, collectionId, token),

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

    // Nothing of a user itself can be changed.
    update: async () => {},

    // A fresh token for each request: with an old one AWS would repeat its old answer and delete nothing.
    remove: (id) =>
      absentIs(undefined, "ResourceNotFoundException", async () => {
        await rekognition.send(new DeleteUserCommand({ ...parts(id), ClientRequestToken: randomUUID() }));
      }),

    belongings: faces(rekognition),

    usage: usageOf(rekognition),
  };
}

function usageOf(rekognition: RekognitionClient): Usage<RekognitionLive> {
  return {
    together: false,
    async affected(lives) {
      return new Map(
        await Promise.all(lives.map(async (live) => [live, await freedWith(rekognition, live)] as const)),
      );
    },
  };
}

/** https://docs.aws.amazon.com/rekognition/latest/dg/collections-users.html */
function faces(rekognition: RekognitionClient): Belongings<RekognitionArgs> {
  return {
    list: (id) => facesOf(rekognition, id),

    async give({ collectionId, userId, userMatchThreshold }, faceIds, token) {
      const { UnsuccessfulFaceAssociations } = await rekognition.send(
        new AssociateFacesCommand({
          CollectionId: named(collectionId),
          UserId: named(userId),
          FaceIds: [...faceIds],
          UserMatchThreshold: userMatchThreshold,
          ClientRequestToken: token,
        }),
      );
      return declined(collectionId, UnsuccessfulFaceAssociations);
    },

    // A face that it answers for as unsuccessful is gone, or another user's: either way not this one's.
    async take(id, faceIds, token) {
      await rekognition.send(
        new DisassociateFacesCommand({ ...parts(id), FaceIds: [...faceIds], ClientRequestToken: token }),
      );
    },

    destroy: (id, faceIds) =>
      absentIs([], "ResourceNotFoundException", async () => {
        const { CollectionId } = parts(id);
        const command = new DeleteFacesCommand({ CollectionId, FaceIds: [...faceIds] });
        const { UnsuccessfulFaceDeletions } = await rekognition.send(command);
        const left = declined(CollectionId, UnsuccessfulFaceDeletions);
        return left.filter(({ reason }) => reason !== "FACE_NOT_FOUND");
      }),

    destroyCall: "DeleteFaces",
  };
}

interface Unsuccessful {
  readonly FaceId?: string | undefined;
  readonly UserId?: string | undefined;
  readonly Confidence?: number | undefined;
  readonly Reasons?: readonly string[] | undefined;
}

/** Faces that AWS answers for within a success. */
function declined(collectionId: string, faces: readonly Unsuccessful[] = []): Declined[] {
  return faces.map(({ FaceId = "", UserId, Confidence, Reasons = [] }) => ({
    id: FaceId,
    reason: [...(Reasons.length > 0 ? Reasons : ["AWS gave no reason"]), Confidence]
      .filter(Boolean)
      .join(" "),
    ...(UserId && { owner: rekognitionId(collectionId, UserId) }),
  }));
}

/** The faces that a deletion sets free; a user that is CREATED has none. */
async function freedWith(
  rekognition: RekognitionClient,
  { collectionId, userId, status }: RekognitionLive,
): Promise<Affected[]> {
  if (status === "CREATED") return [];
  const found = await facesOf(rekognition, rekognitionId(collectionId, userId));
  return found.map((id) => ({
    kind: "faceIds",
    noun: "face",
    id,
    fate: "freed",
  }));
}

async function facesOf(rekognition: RekognitionClient, id: string): Promise<string[]> {
  const found = await allPages(async (NextToken) => {
    const answer = await rekognition.send(new ListFacesCommand({ ...parts(id), NextToken }));
    return { items: answer.Faces, next: answer.NextToken };
  });
  return found.flatMap(({ FaceId }) => FaceId ?? []);
}

async function usersOf(
  rekognition: RekognitionClient,
  collectionId: string,
  NextToken: string | undefined,
): Promise<ListPage<RekognitionLive>> {
  const ask = new ListUsersCommand({ CollectionId: named(collectionId), MaxResults: 500, NextToken });
  const { Users, NextToken: next } = await rekognition.send(ask);
  const liveOf = ({ UserId, UserStatus }: User): RekognitionLive => ({
    collectionId,
    userId: UserId ?? "",
    status: UserStatus ?? "",
  });
  return pageByKey({ items: Users, next }, liveOf, ({ userId }) => rekognitionId(collectionId, userId));
}

/** The collection within the id of a user. */
export function collectionOf(id: string): string {
  return id.slice(0, Math.max(id.indexOf("/"), 0));
}

function parts(id: string): { CollectionId: string; UserId: string } {
  return { CollectionId: named(collectionOf(id)), UserId: named(id.slice(id.indexOf("/") + 1)) };
}
