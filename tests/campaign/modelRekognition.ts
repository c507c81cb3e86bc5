import { randomUUID } from "node:crypto";
import type { Belongings, UserGateway } from "../../provider/gateway";
import {
  collectionOf,
  type RekognitionArgs,
  type RekognitionLive,
  rekognitionId,
} from "../../provider/rekognition/gateway";
import type { Durations } from "./modelAccess";
import type { ModelAws, ModelUser } from "./modelAws";
import { awsError, type Verb } from "./modelFaults";

/** Rekognition: tokens that replay old answers, a list to walk, and no status for a user that is going. */
export function modelRekognition(
  aws: ModelAws,
  durations: (id: string) => Durations,
  mayErase: (id: string) => boolean,
): UserGateway<RekognitionArgs, RekognitionLive> {
  const answered = new Set<string>();
  const call = <T>(verb: Verb, operation: string, id: string, act: () => T) =>
    aws.call({ service: "rekognition", verb, operation, id }, act);

  const page = (verb: Verb, collection: string, token?: string) =>
    call(verb, "ListUsers", collection, () => {
      const { users, next } = aws.pageSeen("rekognition", token, (id) => collectionOf(id) === collection);
      return { users: new Map(users.map((user) => [user.id, liveOf(user)])), next };
    });

  return {
    async find(id) {
      let token: string | undefined;
      do {
        const { users, next } = await page("find", collectionOf(id), token);
        const found = users.get(id);
        if (found) return found;
        token = next;
      } while (token !== undefined);
      return undefined;
    },

    page: (collection, token) => page("list", collection, token),

    create: ({ collectionId, userId }, token) => {
      const id = rekognitionId(collectionId, userId);
      return call("create", "CreateUser", id, () => {
        if (answered.has(token)) return undefined;
        if (aws.userNow("rekognition", id)) throw awsError("ConflictException", "CreateUser");
        const born = aws.newborn({ service: "rekognition", id, owner: "stack", attributes: {}, tags: {} });
        const until = aws.clock.now() + durations(id).createMs;
        aws.write("rekognition", id, { ...born, status: "creating", until });
        answered.add(token);
        return undefined;
      });
    },

    update: async () => {},

    remove(id) {
      const token = randomUUID();
      return call("remove", "DeleteUser", id, () => {
        const user = aws.userNow("rekognition", id);
        if (user === undefined || answered.has(token)) return;
        answered.add(token);
        if (user.status === "modifying" || user.status === "creating") {
          throw awsError("ConflictException", "DeleteUser", "the user is being updated.");
        }
        if (user.status === "deleting") return;
        aws.change(user, { status: "deleting", until: aws.clock.now() + durations(id).deleteMs });
      });
    },

    belongings: modelFaces(aws, durations, mayErase),
  };
}

/** The faces of users; they are always there, for one that was deleted could not be given again. */
function modelFaces(
  aws: ModelAws,
  durations: (id: string) => Durations,
  mayErase: (id: string) => boolean,
): Belongings<RekognitionArgs> {
  const call = <T>(verb: Verb, operation: string, id: string, act: () => T) =>
    aws.call({ service: "rekognition", verb, operation, id }, act);
  const there = (id: string, operation: string) => {
    const user = aws.userNow("rekognition", id);
    if (user === undefined) throw awsError("ResourceNotFoundException", operation);
    return user;
  };
  const change = (id: string, operation: string, faceIds: (now: readonly string[]) => readonly string[]) => {
    const user = there(id, operation);
    if (user.status !== "active") throw awsError("ConflictException", operation);
    aws.change(user, {
      attributes: { ...user.attributes, faceIds: faceIds(facesOf(user)) },
      status: "modifying",
      until: aws.clock.now() + durations(id).modifyMs,
    });
  };
  const ownerOf = (face: string) =>
    aws.names("rekognition").find((id) => {
      const user = aws.userNow("rekognition", id);
      return user !== undefined && facesOf(user).includes(face);
    });

  return {
    list: (id) => call("belongings", "ListFaces", id, () => facesOf(there(id, "ListFaces"))),

    give: ({ collectionId, userId }, faces) => {
      const id = rekognitionId(collectionId, userId);
      return call("give", "AssociateFaces", id, () => {
        change(id, "AssociateFaces", (now) => [...new Set([...now, ...faces])]);
        return [];
      });
    },

    take: (id, faces) =>
      call("take", "DisassociateFaces", id, () =>
        change(id, "DisassociateFaces", (now) => now.filter((face) => !faces.includes(face))),
      ),

    destroyCall: "DeleteFaces",
    destroy: (id, faces) =>
      call("destroy", "DeleteFaces", id, () => {
        if (!mayErase(id)) aws.wrongs.push(`(3) the faces of ${id} were deleted, which nothing allowed`);
        return faces.flatMap((face) => {
          const owner = ownerOf(face);
          return owner === undefined ? [] : [{ id: face, reason: "ASSOCIATED_TO_AN_EXISTING_USER", owner }];
        });
      }),
  };
}

function facesOf({ attributes }: ModelUser): readonly string[] {
  return (attributes["faceIds"] as readonly string[] | undefined) ?? [];
}

const STATUS = {
  creating: "CREATING",
  active: "CREATED",
  modifying: "UPDATING",
  deleting: "CREATED",
} as const;

function liveOf({ id, status }: ModelUser): RekognitionLive {
  const collectionId = collectionOf(id);
  return { collectionId, userId: id.slice(collectionId.length + 1), status: STATUS[status] };
}
