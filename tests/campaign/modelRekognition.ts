import { randomUUID } from "node:crypto";
import type { UserGateway } from "../../provider/kind";
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
): UserGateway<RekognitionArgs, RekognitionLive> {
  const answered = new Set<string>();
  const call = <T>(verb: Verb, operation: string, id: string, act: () => T) =>
    aws.call({ service: "rekognition", verb, operation, id }, act);

  async function* pages(verb: Verb, collection: string) {
    const names = aws.names("rekognition").filter((id) => collectionOf(id) === collection);
    for (let start = 0; start === 0 || start < names.length; start += aws.pageSize) {
      yield await call(verb, "ListUsers", collection, () => {
        const seen = names.slice(start, start + aws.pageSize).map((id) => aws.userSeen("rekognition", id));
        return new Map(seen.flatMap((user) => (user ? [[user.id, liveOf(user)]] : [])));
      });
    }
  }

  return {
    async find(id) {
      for await (const users of pages("find", collectionOf(id))) {
        const found = users.get(id);
        if (found) return found;
      }
      return undefined;
    },

    list: (collection) => pages("list", collection),

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
  };
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
