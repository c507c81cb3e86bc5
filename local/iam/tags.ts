import { type Members, ServiceError } from "../service";
import type { Tag } from "./account";
import {
  change,
  type IamOperations,
  list,
  needed,
  pageOf,
  type Scope,
  userToChange,
  userToRead,
} from "./operation";
import { requireBoundary } from "./policies";
import { validateTags } from "./validation";

const TAGS_PER_USER = 50;

/** Tags and the permissions boundary of a user. */
export const tagOperations: IamOperations = {
  TagUser: { required: ["UserName", "Tags"], run: tagUser },
  UntagUser: { required: ["UserName", "TagKeys"], run: untagUser },
  ListUserTags: {
    required: ["UserName"],
    run: (input, scope) =>
      pageOf(
        "Tags",
        userToRead(input, scope).tags,
        ({ Key }) => Key,
        (tag) => tag,
        input,
        scope,
      ),
  },
  PutUserPermissionsBoundary: { required: ["UserName", "PermissionsBoundary"], run: putBoundary },
  DeleteUserPermissionsBoundary: { required: ["UserName"], run: deleteBoundary },
};

/** Keys are the same whatever their case; the case that came last is kept. */
function tagUser(input: Members, scope: Scope): Members {
  const added = list<Tag>(input, "Tags");
  validateTags(added);
  const row = userToChange(input, scope);
  const tags = [
    ...without(
      row.user.tags,
      added.map(({ Key }) => Key),
    ),
    ...added,
  ];
  if (tags.length > TAGS_PER_USER) {
    throw new ServiceError("LimitExceeded", "The number of tags has reached the maximum limit.", 409);
  }
  change(row, { tags }, scope);
  return {};
}

function untagUser(input: Members, scope: Scope): Members {
  const row = userToChange(input, scope);
  change(row, { tags: without(row.user.tags, list<string>(input, "TagKeys")) }, scope);
  return {};
}

function without(tags: readonly Tag[], keys: readonly string[]): readonly Tag[] {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return tags.filter(({ Key }) => !gone.has(Key.toLowerCase()));
}

function putBoundary(input: Members, scope: Scope): Members {
  const row = userToChange(input, scope);
  const boundary = needed(input, "PermissionsBoundary");
  requireBoundary(boundary, scope.account);
  change(row, { boundary }, scope);
  return {};
}

function deleteBoundary(input: Members, scope: Scope): Members {
  const { table, key, user } = userToChange(input, scope);
  const { boundary, ...rest } = user;
  if (boundary === undefined) {
    throw new ServiceError("NoSuchEntity", `There is no permissions boundary set for ${user.name}.`, 404);
  }
  table.put(key, rest, scope.caller.now);
  return {};
}
