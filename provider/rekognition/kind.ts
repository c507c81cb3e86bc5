import { z } from "zod";
import type { FaultTable } from "../aws/faults";
import { sameThings } from "../belongings";

import type { BelongingsRule, Phase, UserKind } from "../kind";
import { common, flag, text } from "../shapes";
import {
  collectionOf,
  type RekognitionArgs,
  type RekognitionLive,
  rekognitionGateway,
  rekognitionId,
} from "./gateway";

const faceId = text(
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  "must be a face id as AWS gives it, such as 11111111-2222-3333-4444-555555555555",
);

/** Of a user, and of a call. https://docs.aws.amazon.com/rekognition/latest/dg/limits.html */
const MOST_FACES = 100;

const inputs = z.strictObject({
  ...common,
  collectionId: text(/^[a-zA-Z0-9_.-]{1,255}$/, "must have 1 to 255 characters, letters, digits and _ . -"),
  userId: text(/^[a-zA-Z0-9_.\-:]{1,128}$/, "must have 1 to 128 characters, letters, digits and _ . - :"),
  faceIds: z
    .array(faceId, { error: "must be a list of face ids" })
    .max(MOST_FACES, { error: `must be at most ${MOST_FACES} faces` })
    .refine((all) => new Set(all).size === all.length, { error: "must not name a face twice" })
    .optional(),
  userMatchThreshold: z
    .number({ error: "must be a number from 0 to 100" })
    .min(0, { error: "must be a number from 0 to 100" })
    .max(100, { error: "must be a number from 0 to 100" })
    .optional(),
  forceDestroy: flag.optional(),
});

const belongings: BelongingsRule<RekognitionArgs> = {
  property: "faceIds",
  noun: "face",
  given: "associated",
  place: ({ region, collectionId }) => `${region}/${collectionId}`,
  advice: {
    FACE_NOT_FOUND: "Index a face that is not found into the collection, or take it out of faceIds.",
    ASSOCIATED_TO_A_DIFFERENT_USER: "Take a face of another user from that one first.",
    LOW_MATCH_CONFIDENCE:
      "Take a face that does not look like the others of the user out of faceIds, or lower userMatchThreshold.",
  },
  strays: ({ region, collectionId }) => ({
    command: `aws rekognition list-faces --region ${region} --collection-id ${collectionId}`,
    which: "those without a UserId",
  }),
  destroyCommand: ({ region, collectionId }, faceIds) =>
    `aws rekognition delete-faces --region ${region} --collection-id ${collectionId} --face-ids ${faceIds.join(" ")}`,
};

const faults: FaultTable = {
  ResourceNotFoundException: "gone",
  // Of a create, it is the collection that is missing.
  "CreateUser.ResourceNotFoundException": "refused",
  "CreateUser.ConflictException": "exists",
  ConflictException: "busy",
};

/** Users of Amazon Rekognition, each in a collection. They have faces, and neither attributes nor tags. */
export const rekognitionUser: UserKind<RekognitionArgs, RekognitionLive> = {
  label: "Rekognition user",
  service: "rekognition",
  inputs,
  rules: () => [],
  defaults: () => ({}),
  name: { property: "userId", maxLength: 128, forbidden: /[^a-zA-Z0-9_.\-:]/g, lowerCase: false },
  replaces: ["region", "collectionId", "userId"],
  // A collection that is deleted before it is made again takes its users with it.
  replacesWhenUnknown: ["collectionId"],
  steering: ["userMatchThreshold"],
  belongings,
  same: { faceIds: sameThings },
  secrets: [],
  awsKey: ({ region, collectionId, userId }) => `${region}/${collectionId}/${userId}`,
  id: ({ collectionId, userId }) => rekognitionId(collectionId, userId),
  connect: rekognitionGateway,
  listing: { shows: "everything", findWalks: true, group: collectionOf, key: (id) => id },
  phase,
  status: ({ status }) => status,
  missesUntilGone: 1,
  faults,
  observed: ({ collectionId, userId }) => ({ collectionId, userId }),
  outputs: ({ status }) => ({ status }),
};

/** A user without faces stays CREATED, one with faces becomes ACTIVE. AWS has no status for a user that is going. */
function phase({ status }: RekognitionLive): Phase {
  return status === "CREATED" || status === "ACTIVE" ? "ready" : "pending";
}
