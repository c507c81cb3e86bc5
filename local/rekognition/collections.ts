import { type Members, ServiceError } from "../service";
import {
  collectionOf,
  FACE_MODEL_VERSION,
  newCollection,
  pageOf,
  type Region,
  type RekognitionOperations,
  type Scope,
} from "./region";
import { neededCollectionId } from "./validation";

/** Collections: made and gone at once, with all that is in them. */
export const collectionOperations: RekognitionOperations = {
  CreateCollection: createCollection,
  DescribeCollection: describeCollection,
  ListCollections: listCollections,
  DeleteCollection: deleteCollection,
};

function createCollection(input: Members, { region, now }: Scope): Members {
  const id = neededCollectionId(input);
  if (region.collections.has(id)) {
    throw new ServiceError("ResourceAlreadyExistsException", `The collection id: ${id} already exists`);
  }
  region.collections.set(id, newCollection(id, now));
  return { StatusCode: 200, CollectionArn: arnOf(region, id), FaceModelVersion: FACE_MODEL_VERSION };
}

function describeCollection(input: Members, scope: Scope): Members {
  const { id, faces, users, created } = collectionOf(input, scope);
  return {
    FaceCount: faces.size,
    UserCount: users.all(scope.now).length,
    FaceModelVersion: FACE_MODEL_VERSION,
    CollectionARN: arnOf(scope.region, id),
    CreationTimestamp: created,
  };
}

function listCollections(input: Members, scope: Scope): Members {
  const rule = { min: 0, max: 4096, default: 1000, key: (id: string) => id };
  const { items, NextToken } = pageOf([...scope.region.collections.keys()], input, rule, scope);
  return { CollectionIds: items, FaceModelVersions: items.map(() => FACE_MODEL_VERSION), NextToken };
}

function deleteCollection(input: Members, scope: Scope): Members {
  scope.region.collections.delete(collectionOf(input, scope).id);
  return { StatusCode: 200 };
}

function arnOf({ account, name }: Region, id: string): string {
  return `arn:aws:rekognition:${name}:${account}:collection/${id}`;
}
