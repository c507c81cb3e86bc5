import {
  AssociateFacesCommand,
  CreateCollectionCommand,
  CreateUserCommand,
  DisassociateFacesCommand,
  IndexFacesCommand,
  ListFacesCommand,
  RekognitionClient,
} from "@aws-sdk/client-rekognition";
import type { LocalAws } from "../../local";
import { clientConfig } from "../local/start";

const CollectionId = "lobby";

/** Somebody who works with the faces of a collection and their users, beside the stack. */
export interface Somebody {
  readonly client: RekognitionClient;
  /** Puts faces into the collection, as many as there are names, and answers with their ids. */
  index(...externalImageIds: string[]): Promise<string[]>;
  associate(userId: string, ...faceIds: string[]): Promise<void>;
  disassociate(userId: string, ...faceIds: string[]): Promise<void>;
  createUser(userId: string): Promise<void>;
  /** The ids of all faces in the collection, sorted; of one user where it is named. */
  faces(userId?: string): Promise<string[]>;
}

/** Makes the collection `lobby`, and somebody who works in it. */
export async function somebodyIn(aws: LocalAws): Promise<Somebody> {
  const client = new RekognitionClient(clientConfig(aws));
  await client.send(new CreateCollectionCommand({ CollectionId }));
  const Image = { Bytes: new Uint8Array([1]) };
  return {
    client,
    index: (...names) =>
      Promise.all(
        names.map(async (ExternalImageId) => {
          const answer = await client.send(new IndexFacesCommand({ CollectionId, Image, ExternalImageId }));
          return answer.FaceRecords?.[0]?.Face?.FaceId ?? "";
        }),
      ),
    associate: async (UserId, ...FaceIds) => {
      await client.send(new AssociateFacesCommand({ CollectionId, UserId, FaceIds }));
    },
    disassociate: async (UserId, ...FaceIds) => {
      await client.send(new DisassociateFacesCommand({ CollectionId, UserId, FaceIds }));
    },
    createUser: async (UserId) => {
      await client.send(new CreateUserCommand({ CollectionId, UserId }));
    },
    faces: async (UserId) => {
      const found: string[] = [];
      let NextToken: string | undefined;
      do {
        const page = await client.send(new ListFacesCommand({ CollectionId, UserId, NextToken }));
        found.push(...(page.Faces ?? []).map(({ FaceId }) => FaceId ?? ""));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return found.sort();
    },
  };
}
