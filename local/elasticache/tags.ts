import { texts } from "../members";
import { type Tag, type TagErrors, withoutTags, withTags } from "../resourceTags";
import { type Members, ServiceError } from "../service";
import type { Timetable } from "../transitions";
import {
  invalidValue,
  needed,
  replicationGroupNotFound,
  serverlessCacheNotFound,
  userGroupNotFound,
  userNotFound,
} from "./errors";
import {
  arnOf,
  type ElastiCacheOperations,
  type Region,
  type ResourceKind,
  type Scope,
  tagWindowOf,
} from "./region";

/** How ElastiCache refuses tags. */
export const TAG_ERRORS: TagErrors = {
  invalid: invalidValue,
  unknownKey: (message) => new ServiceError("TagNotFound", message, 404),
};

/** Tags of users, user groups and caches, by ARN. Each operation answers with all the tags. */
export const tagOperations: ElastiCacheOperations = {
  AddTagsToResource: (input, scope) => retag(input, scope, (tags) => withTags(tags, input, TAG_ERRORS)),
  RemoveTagsFromResource: (input, scope) =>
    retag(input, scope, (tags) => withoutTags(tags, texts(input, "TagKeys"), TAG_ERRORS)),
  ListTagsForResource: (input, scope) => ({ TagList: taggedIn(input, scope).tags }),
};

/** A resource as far as its tags go. */
interface Tagged {
  readonly tags: readonly Tag[];
  put(tags: readonly Tag[]): void;
}

function retag(input: Members, scope: Scope, change: (tags: readonly Tag[]) => readonly Tag[]): Members {
  const tagged = taggedIn(input, scope);
  const tags = change(tagged.tags);
  tagged.put(tags);
  return { TagList: tags };
}

function taggedIn(input: Members, scope: Scope): Tagged {
  const { region, now } = scope;
  const { kind, id } = resourceOf(needed(input, "ResourceName"), region);
  switch (kind) {
    case "user":
      return taggedUser(id, scope);
    case "usergroup":
      return tagged(region.groups, id, now, userGroupNotFound);
    case "replicationgroup":
      return tagged(region.replicationGroups, id, now, replicationGroupNotFound);
    case "serverlesscache":
      return tagged(region.serverlessCaches, id, now, serverlessCacheNotFound);
  }
}

/** AWS answers UserNotFound also for a user that is there, as long as its tags are not. */
function taggedUser(id: string, { region, now, settings }: Scope): Tagged {
  const user = region.users.get(id, now);
  if (!user) {
    throw userNotFound(id);
  }
  if (user.status !== "active" || now < user.tagsFrom) {
    throw new ServiceError("UserNotFound", `User: ${id} is not available for tagging.`, 404);
  }
  const settledAt = now + tagWindowOf(settings);
  const settling = { tagsFrom: settledAt, changesFrom: settledAt };
  return {
    tags: user.tags,
    put: (tags) => region.users.edit(id, now, (each) => ({ ...each, ...settling, tags })),
  };
}

function tagged<T extends { readonly tags: readonly Tag[] }>(
  table: Timetable<T>,
  id: string,
  now: number,
  notFound: (id: string) => ServiceError,
): Tagged {
  const resource = table.get(id, now);
  if (!resource) {
    throw notFound(id);
  }
  return { tags: resource.tags, put: (tags) => table.edit(id, now, (each) => ({ ...each, tags })) };
}

function resourceOf(arn: string, region: Region): { readonly kind: ResourceKind; readonly id: string } {
  const [, kind = "", id = ""] = /:([a-z]+):([^/:]+)$/.exec(arn) ?? [];
  const known = KINDS.find((each) => each === kind);
  if (known && arn === arnOf(region, known, id)) {
    return { kind: known, id: id.toLowerCase() };
  }
  throw new ServiceError("InvalidARN", `The ARN ${arn} is not valid here.`);
}

const KINDS: readonly ResourceKind[] = ["user", "usergroup", "replicationgroup", "serverlesscache"];
