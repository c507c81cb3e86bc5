import { texts } from "../members";
import { type Tag, type TagErrors, withoutTags, withTags } from "../resourceTags";
import { type Members, ServiceError } from "../service";
import { invalidValue, needed, userGroupNotFound, userNotFound } from "./errors";
import { arnOf, type ElastiCacheOperations, type Scope, tagWindowOf } from "./region";

/** How ElastiCache refuses tags. */
export const TAG_ERRORS: TagErrors = {
  invalid: invalidValue,
  unknownKey: (message) => new ServiceError("TagNotFound", message, 404),
};

/** Tags of users and user groups, by ARN. Each operation answers with all the tags. */
export const tagOperations: ElastiCacheOperations = {
  AddTagsToResource: (input, scope) => writeTags(input, scope, (tags) => withTags(tags, input, TAG_ERRORS)),
  RemoveTagsFromResource: (input, scope) =>
    writeTags(input, scope, (tags) => withoutTags(tags, texts(input, "TagKeys"), TAG_ERRORS)),
  ListTagsForResource: (input, scope) => ({ TagList: tagsOf(resourceOf(input, scope), scope) }),
};

interface Resource {
  readonly kind: "user" | "usergroup";
  readonly id: string;
}

function writeTags(input: Members, scope: Scope, change: (tags: readonly Tag[]) => readonly Tag[]): Members {
  const { region, now, settings } = scope;
  const resource = resourceOf(input, scope);
  const tags = change(tagsOf(resource, scope));
  if (resource.kind === "user") {
    const settledAt = now + tagWindowOf(settings);
    const settling = { tags, tagsFrom: settledAt, changesFrom: settledAt };
    region.users.edit(resource.id, now, (user) => ({ ...user, ...settling }));
  } else {
    region.groups.edit(resource.id, now, (group) => ({ ...group, tags }));
  }
  return { TagList: tags };
}

/** AWS answers UserNotFound also for a user that is there, as long as its tags are not. */
function tagsOf({ kind, id }: Resource, { region, now }: Scope): readonly Tag[] {
  if (kind === "usergroup") {
    const group = region.groups.get(id, now);
    if (!group) {
      throw userGroupNotFound(id);
    }
    return group.tags;
  }
  const user = region.users.get(id, now);
  if (!user) {
    throw userNotFound(id);
  }
  if (user.status !== "active" || now < user.tagsFrom) {
    throw new ServiceError("UserNotFound", `User: ${id} is not available for tagging.`, 404);
  }
  return user.tags;
}

function resourceOf(input: Members, { region }: Scope): Resource {
  const arn = needed(input, "ResourceName");
  const [, kind, id = ""] = /:(user|usergroup):([^/:]+)$/.exec(arn) ?? [];
  if ((kind === "user" || kind === "usergroup") && arn === arnOf(region, kind, id)) {
    return { kind, id: id.toLowerCase() };
  }
  throw new ServiceError("InvalidARN", `The ARN ${arn} is not valid here.`);
}
