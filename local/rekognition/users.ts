import { createHash } from "node:crypto";
import type { Members } from "../service";
import { passing } from "../transitions";
import { conflict, notFound } from "./errors";
import {
  type Collection,
  collectionOf,
  facesOf,
  pageOf,
  type RekognitionOperations,
  type Scope,
  type User,
} from "./region";
import { neededUserId } from "./validation";

/** Users, as https://docs.aws.amazon.com/rekognition/latest/APIReference/ describes their operations. */
export const userOperations: RekognitionOperations = {
  CreateUser: createUser,
  DeleteUser: deleteUser,
  ListUsers: listUsers,
};

/** A user that can be changed now. @throws ResourceNotFoundException, ConflictException while a change is under way */
export function findToChange(collection: Collection, id: string, { now }: Scope): User {
  const user = collection.users.get(id, now);
  if (!user) {
    throw notFound(`The user id: ${id} does not exist`);
  }
  if (user.deleting || user.status === "CREATING" || user.status === "UPDATING") {
    const what = user.deleting ? "being deleted" : user.status;
    throw conflict(`The user id: ${id} is ${what} and cannot be changed at the moment`);
  }
  return user;
}

function createUser(input: Members, scope: Scope): Members {
  const { now, settings } = scope;
  const id = neededUserId(input);
  const { users } = collectionOf(input, scope);
  if (users.get(id, now)) {
    throw conflict(`The user id: ${id} already exists`);
  }
  const key = createHash("sha256").update(id).digest("hex");
  const user: User = { id, key, status: "CREATED", deleting: false };
  users.put(id, passing({ ...user, status: "CREATING" }, now + settings.createMs, user));
  return {};
}

/** The faces stay in the collection, free for other users at once. */
function deleteUser(input: Members, scope: Scope): Members {
  const { now, settings } = scope;
  const collection = collectionOf(input, scope);
  const user = findToChange(collection, neededUserId(input), scope);
  for (const { userId, ...face } of facesOf(collection, user.id)) {
    collection.faces.set(face.id, face);
  }
  const deleting: User = { ...user, status: "UPDATING", deleting: true };
  collection.users.put(user.id, passing(deleting, now + settings.deleteMs));
  return {};
}

function listUsers(input: Members, scope: Scope): Members {
  const rule = { min: 1, max: 500, default: 500, key: ({ key }: User) => key };
  const users = collectionOf(input, scope).users.all(scope.now);
  const { items, NextToken } = pageOf(users, input, rule, scope);
  return { Users: items.map(({ id, status }) => ({ UserId: id, UserStatus: status })), NextToken };
}
