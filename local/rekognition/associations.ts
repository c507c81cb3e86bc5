import type { Members } from "../service";
import { ServiceError } from "../service";
import { passing } from "../transitions";
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
import { neededFaceIds, neededUserId } from "./validation";

const FACES_PER_CALL = 100;
const FACES_PER_USER = 100;

/** Which faces are a user's. What cannot be done for single faces is told in the answer, not as an error. */
export const associationOperations: RekognitionOperations = {
  AssociateFaces: associateFaces,
  DisassociateFaces: disassociateFaces,
};

function associateFaces(input: Members, scope: Scope): Members {
  const { collection, user, faceIds } = asked(input, scope);
  const sorted = sortOut(faceIds, collection, ({ userId }) => userId === undefined || userId === user.id);
  const added = sorted.fitting.filter(({ userId }) => userId === undefined);
  if (facesOf(collection, user.id).length + added.length > FACES_PER_USER) {
    throw new ServiceError(
      "ServiceQuotaExceededException",
      `A user can have ${FACES_PER_USER} faces associated`,
    );
  }
  for (const face of added) {
    collection.faces.set(face.id, { ...face, userId: user.id });
  }
  return {
    AssociatedFaces: sorted.fitting.map(({ id }) => ({ FaceId: id })),
    UnsuccessfulFaceAssociations: sorted.failures,
    UserStatus: statusAfter(added.length, user, collection, scope),
  };
}

function disassociateFaces(input: Members, scope: Scope): Members {
  const { collection, user, faceIds } = asked(input, scope);
  const { fitting, failures } = sortOut(faceIds, collection, ({ userId }) => userId === user.id);
  for (const { userId, ...face } of fitting) {
    collection.faces.set(face.id, face);
  }
  return {
    DisassociatedFaces: fitting.map(({ id }) => ({ FaceId: id })),
    UnsuccessfulFaceDisassociations: failures,
    UserStatus: statusAfter(fitting.length, user, collection, scope),
  };
}

function asked(input: Members, scope: Scope) {
  const faceIds = [...new Set(neededFaceIds(input, FACES_PER_CALL))];
  const id = neededUserId(input);
  const collection = collectionOf(input, scope);
  return { collection, user: findToChange(collection, id, scope), faceIds };
}

function sortOut(
  faceIds: readonly string[],
  { faces }: Collection,
  fits: (face: Face) => boolean,
): { readonly fitting: readonly Face[]; readonly failures: readonly Members[] } {
  const found = faceIds.map((id) => ({ id, face: faces.get(id) }));
  return {
    fitting: found.flatMap(({ face }) => (face && fits(face) ? face : [])),
    failures: found
      .filter(({ face }) => !face || !fits(face))
      .map(({ id, face }) => ({
        FaceId: id,
        ...(face?.userId === undefined ? {} : { UserId: face.userId }),
        Reasons: [face?.userId === undefined ? "FACE_NOT_FOUND" : "ASSOCIATED_TO_A_DIFFERENT_USER"],
      })),
  };
}

/** A change makes the user `UPDATING`, then `ACTIVE`, or `CREATED` when it has no face left. */
function statusAfter(changes: number, user: User, collection: Collection, scope: Scope): User["status"] {
  if (changes === 0) {
    return user.status;
  }
  const { now, settings } = scope;
  const next: User = { ...user, status: facesOf(collection, user.id).length > 0 ? "ACTIVE" : "CREATED" };
  collection.users.put(user.id, passing({ ...user, status: "UPDATING" }, now + settings.modifyMs, next));
  return collection.users.get(user.id, now)?.status ?? next.status;
}
