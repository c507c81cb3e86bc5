import { randomUUID } from "node:crypto";
import { structure, text } from "../members";
import type { Members } from "../service";
import { invalidParameter, notFound } from "./errors";
import {
  collectionOf,
  FACE_MODEL_VERSION,
  type Face,
  pageOf,
  type RekognitionOperations,
  type Scope,
} from "./region";
import { neededFaceIds, neededUserId } from "./validation";

const FACES_PER_CALL = 4096;
const CONFIDENCE = 99.9;

/** Faces of a collection. No image is looked at: each one has one face, with an id of its own. */
export const faceOperations: RekognitionOperations = {
  IndexFaces: indexFaces,
  ListFaces: listFaces,
  DeleteFaces: deleteFaces,
};

function indexFaces(input: Members, scope: Scope): Members {
  const collection = collectionOf(input, scope);
  const image = structure(input, "Image");
  if (!image || (image["Bytes"] === undefined) === (image["S3Object"] === undefined)) {
    throw invalidParameter("Request has invalid parameters: Image needs either Bytes or S3Object.");
  }
  const externalImageId = text(input, "ExternalImageId");
  if (externalImageId !== undefined && !/^[a-zA-Z0-9_.\-:]{1,255}$/.test(externalImageId)) {
    throw invalidParameter("Request has invalid parameters: ExternalImageId has a character not allowed.");
  }
  const face: Face = {
    id: randomUUID(),
    imageId: randomUUID(),
    ...(externalImageId === undefined ? {} : { externalImageId }),
  };
  collection.faces.set(face.id, face);
  const { BoundingBox, Confidence } = shown(face);
  return {
    FaceRecords: [{ Face: shown(face), FaceDetail: { BoundingBox, Confidence } }],
    FaceModelVersion: FACE_MODEL_VERSION,
    UnindexedFaces: [],
  };
}

/** How sure Rekognition would be that a face is the person that a user's faces show. */
export function confidenceOf({ externalImageId = "" }: Face, { settings }: Scope): number {
  return settings.faces.confidence?.[externalImageId] ?? CONFIDENCE;
}

function listFaces(input: Members, scope: Scope): Members {
  const { faces, users } = collectionOf(input, scope);
  const userId = input["UserId"] === undefined ? undefined : neededUserId(input);
  const faceIds = input["FaceIds"] === undefined ? undefined : neededFaceIds(input, FACES_PER_CALL);
  if (userId !== undefined && !users.get(userId, scope.now)) {
    throw notFound(`The user id: ${userId} does not exist`);
  }
  const wanted = [...faces.values()].filter(
    (face) =>
      (userId === undefined || face.userId === userId) &&
      (faceIds === undefined || faceIds.includes(face.id)),
  );
  const rule = { min: 0, max: 4096, default: 1000, key: ({ id }: Face) => id };
  const { items, NextToken } = pageOf(wanted, input, rule, scope);
  return { Faces: items.map(shown), NextToken, FaceModelVersion: FACE_MODEL_VERSION };
}

/** A face that cannot be deleted does not keep the others from being deleted. */
function deleteFaces(input: Members, scope: Scope): Members {
  const { faces } = collectionOf(input, scope);
  const asked = [...new Set(neededFaceIds(input, FACES_PER_CALL))].map((id) => ({ id, face: faces.get(id) }));
  const deleted = asked.filter(({ face }) => face && face.userId === undefined).map(({ id }) => id);
  const failures = asked
    .filter(({ id }) => !deleted.includes(id))
    .map(({ id, face }) =>
      face
        ? { FaceId: id, UserId: face.userId, Reasons: ["ASSOCIATED_TO_AN_EXISTING_USER"] }
        : { FaceId: id, Reasons: ["FACE_NOT_FOUND"] },
    );
  for (const id of deleted) {
    faces.delete(id);
  }
  return { DeletedFaces: deleted, UnsuccessfulFaceDeletions: failures };
}

function shown({ id, imageId, externalImageId, userId }: Face): Members {
  return {
    FaceId: id,
    ImageId: imageId,
    ExternalImageId: externalImageId,
    UserId: userId,
    BoundingBox: { Width: 0.5, Height: 0.5, Left: 0.25, Top: 0.25 },
    Confidence: CONFIDENCE,
    IndexFacesModelVersion: FACE_MODEL_VERSION,
  };
}
