import { attachedOf } from "../attached";
import { createRegions } from "../regions";
import type { LocalService, LocalUser, Members, Operation, Settings } from "../service";
import { associationOperations } from "./associations";
import { collectionOperations } from "./collections";
import { faceOperations } from "./faces";
import {
  type Collection,
  createRegion,
  facesOf,
  type Region,
  type RekognitionOperations,
  type Scope,
} from "./region";
import { userOperations } from "./users";
import { clientRequestToken } from "./validation";

const OPERATIONS: RekognitionOperations = {
  ...collectionOperations,
  ...userOperations,
  ...associationOperations,
  ...faceOperations,
};

const IDEMPOTENT: ReadonlySet<string> = new Set([
  "CreateUser",
  "DeleteUser",
  "AssociateFaces",
  "DisassociateFaces",
]);

/** Rekognition as far as its users go: collections, users and faces, which are invented instead of recognised. */
export function createRekognition(settings: Settings): LocalService {
  const regions = createRegions(createRegion);
  return {
    name: "rekognition",
    wire: { protocol: "json", targetPrefix: "RekognitionService" },
    operations: Object.fromEntries(
      Object.keys(OPERATIONS).map((name): [string, Operation] => [
        name,
        (input, caller) => carryOut(name, input, { region: regions.of(caller), now: caller.now, settings }),
      ]),
    ),
    users: (now) =>
      regions
        .all()
        .flatMap((region) =>
          [...region.collections.values()].flatMap((collection) => localUsers(region, collection, now)),
        ),
    reset: () => regions.clear(),
  };
}

function carryOut(name: string, input: Members, scope: Scope): Members {
  const run = () => OPERATIONS[name]?.(input, scope) ?? {};
  return IDEMPOTENT.has(name)
    ? scope.region.replays.once(name, clientRequestToken(input), input, run)
    : run();
}

function localUsers(region: Region, collection: Collection, now: number): readonly LocalUser[] {
  return collection.users.all(now).map(({ id, status }) => ({
    service: "rekognition",
    account: region.account,
    region: region.name,
    collectionId: collection.id,
    id,
    status,
    attached: attachedOf({ faces: facesOf(collection, id).map((face) => face.id) }),
  }));
}
