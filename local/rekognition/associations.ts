import type { Members } from "../service";
import { ServiceError } from "../service";
import { passing } from "../transitions";
import { confidenceOf } from "./faces";
import {
  type Collection,
  collectionOf,
  type Face,
  facesOf,
  type RekognitionOperations,
  type Scope,
  type User,
} from "./region";
import { findToChange } from "./users";
import { neededFaceIds, neededUserId, userMatchThreshold } from "./validation";

const FACES_PER_CALL = 100;
const FACES_PER_USER = 100;

/** Which faces are a user's. What cannot be done for single faces is told in the answer, not as an error. */
export const associationOperations: RekognitionOperations = {
  AssociateFaces: associateFaces,
  DisassociateFaces: disassociateFaces,
};

/** A face that is the user's already is not answered for. */
function associateFaces(input: Members, scope: Scope): Members {
  const { collection, user, faceIds } = asked(input, scope);
  const threshold = userMatchThreshold(input);
  const own = facesOf(collection, user.id);
  const foreign = notTheirs(faceIds, collection, user);
  const free = faceIds.flatMap((id) => freeFace(collection, id) ?? []);
  // Nothing can be compared with the faces of a user that has none.
  const unlike = own.length === 0 ? [] : free.filter((face) => confidenceOf(face, scope) < threshold);
  const added = free.filter((face) => !unlike.includes(face));
  if (own.length + added.length > FACES_PER_USER) {
    throw new ServiceError(
      "ServiceQuotaExceededException",
      `A user can have ${FACES_PER_USER} faces associated`,
    );
  }
  for (const face of added) {
    collection.faces.set(face.id, { ...face, userId: user.id });
  }
  return {
    AssociatedFaces: added.map(({ id }) => ({ FaceId: id })),
    UnsuccessfulFaceAssociations: [
      ...foreign,
      ...unlike.map((face) => ({
        FaceId: face.id,
        UserId: user.id,
        Confidence: confidenceOf(face, scope),
        Reasons: ["LOW_MATCH_CONFIDENCE"],
      })),
    ],
    UserStatus: statusAfter(added.length, user, collection, scope),
  };
}

/** A face that is nobody's already is not answered for. */
function disassociateFaces(input: Members, scope: Scope): Members {
  const { collection, user, faceIds } = asked(input, scope);
  const taken = facesOf(collection, user.id).filter(({ id }) => faceIds.includes(id));
  for (const { userId, ...face } of taken) {
    collection.faces.set(face.id, face);
  }
  return {
    DisassociatedFaces: taken.map(({ id }) => ({ FaceId: id })),
    UnsuccessfulFaceDisassociations: notTheirs(faceIds, collection, user),
    UserStatus: statusAfter(taken.length, user, collection, scope),
  };
}

function asked(input: Members, scope: Scope) {
  const faceIds = [...new Set(neededFaceIds(input, FACES_PER_CALL))];
  const id = neededUserId(input);
  const collection = collectionOf(input, scope);
  return { collection, user: findToChange(collection, id, scope), faceIds };
}

function freeFace({ faces }: Collection, id: string): Face | undefined {
  const face = faces.get(id);
  return face?.userId === undefined ? face : undefined;
}

/** Faces that are not there, or another user's. */
function notTheirs(faceIds: readonly string[], { faces }: Collection, user: User): readonly Members[] {
  return faceIds.flatMap((id) => {
    const { userId } = faces.get(id) ?? {};
    if (!faces.has(id)) {
      return { FaceId: id, Reasons: ["FACE_NOT_FOUND"] };
    }
    return userId === undefined || userId === user.id
      ? []
      : { FaceId: id, UserId: userId, Reasons: ["ASSOCIATED_TO_A_DIFFERENT_USER"] };
  });
}

/** A change makes the user `UPDATING`, then `ACTIVE`; what it is when it has no face left, AWS does not tell. */
function statusAfter(changes: number, user: User, collection: Collection, scope: Scope): User["status"] {
  if (changes === 0) {
    return user.status;
  }
  const { now, settings } = scope;
  const { statusWithout = "CREATED" } = settings.faces;
  const next: User = { ...user, status: facesOf(collection, user.id).length > 0 ? "ACTIVE" : statusWithout };
  collection.users.put(user.id, passing({ ...user, status: "UPDATING" }, now + settings.modifyMs, next));
  return collection.users.get(user.id, now)?.status ?? next.status;
}
