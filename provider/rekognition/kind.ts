import { z } from "zod";
import type { FaultTable } from "../aws/faults";
import type { Phase, UserKind } from "../kind";
import { common, text } from "../shapes";
import {
  collectionOf,
  type RekognitionArgs,
  type RekognitionLive,
  rekognitionGateway,
  rekognitionId,
} from "./gateway";

const inputs = z.strictObject({
  ...common,
  collectionId: text(/^[a-zA-Z0-9_.-]{1,255}$/, "must have 1 to 255 characters, letters, digits and _ . -"),
  userId: text(/^[a-zA-Z0-9_.\-:]{1,128}$/, "must have 1 to 128 characters, letters, digits and _ . - :"),
});

const faults: FaultTable = {
  ResourceNotFoundException: "gone",
  // Of a create, it is the collection that is missing.
  "CreateUser.ResourceNotFoundException": "refused",
  "CreateUser.ConflictException": "exists",
  ConflictException: "busy",
};

/** Users of Amazon Rekognition, each in a collection. They have no attributes and no tags. */
export const rekognitionUser: UserKind<RekognitionArgs, RekognitionLive> = {
  label: "Rekognition user",
  service: "rekognition",
  inputs,
  rules: () => [],
  defaults: () => ({}),
  name: { property: "userId", maxLength: 128, forbidden: /[^a-zA-Z0-9_.\-:]/g, lowerCase: false },
  replaces: ["region", "collectionId", "userId"],
  // A collection that is not known yet is being made or replaced: it cannot hold the user of today.
  replacesWhenUnknown: ["collectionId"],
  same: {},
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
