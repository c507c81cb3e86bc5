import { randomUUID } from "node:crypto";
import {
  CreateUserCommand,
  DeleteUserCommand,
  ListUsersCommand,
  RekognitionClient,
} from "@aws-sdk/client-rekognition";
import { absentIs, named } from "../aws/calls";
import { connected } from "../aws/clients";
import type { Scope } from "../aws/scope";
import type { CommonArgs, UserGateway } from "../kind";

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

/** The id of a user: neither part may hold a slash. */
export function rekognitionId(collectionId: string, userId: string): string {
  return `${named(collectionId)}/${named(userId)}`;
}

/** https://docs.aws.amazon.com/rekognition/latest/APIReference/API_Operations.html */
export function rekognitionGateway(scope: Scope): UserGateway<RekognitionArgs, RekognitionLive> {
  const rekognition = connected(RekognitionClient, scope);
  return {
    // A user is found only in the list, and the list is ordered by a key that nobody sees.
    find: (id) =>
      absentIs(undefined, "ResourceNotFoundException", async () => {
        const { CollectionId, UserId } = parts(id);
        let NextToken: string | undefined;
        do {
          const answer = await rekognition.send(
            new ListUsersCommand({ CollectionId, MaxResults: 500, NextToken }),
          );
          const found = answer.Users?.find((user) => user.UserId === UserId);
          if (found) return { collectionId: CollectionId, userId: UserId, status: found.UserStatus ?? "" };
          NextToken = answer.NextToken;
        } while (NextToken);
        return undefined;
      }),

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
  };
}

function parts(id: string): { CollectionId: string; UserId: string } {
  const slash = id.indexOf("/");
  return { CollectionId: named(id.slice(0, slash)), UserId: named(id.slice(slash + 1)) };
}
