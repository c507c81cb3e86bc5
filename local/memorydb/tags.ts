import { texts } from "../members";
import { type Tag, type TagErrors, withoutTags, withTags } from "../resourceTags";
import { type Members, ServiceError } from "../service";
import { aclNotFound, invalidValue, needed, userNotFound } from "./errors";
import { arnOf, type MemoryDbOperations, type Scope } from "./region";

/** How MemoryDB refuses tags. */
export const TAG_ERRORS: TagErrors = {
  invalid: invalidValue,
  unknownKey: (message) => new ServiceError("TagNotFoundFault", message, 404),
};

/** Tags of users and ACLs, by ARN. Each operation answers with all the tags. */
export const tagOperations: MemoryDbOperations = {
  TagResource: (input, scope) => retag(input, scope, (tags) => withTags(tags, input, TAG_ERRORS)),
  UntagResource: (input, scope) =>
    retag(input, scope, (tags) => withoutTags(tags, texts(input, "TagKeys"), TAG_ERRORS)),
  ListTags: (input, scope) => retag(input, scope, (tags) => tags),
};

type Change = (tags: readonly Tag[]) => readonly Tag[];

function retag(input: Members, scope: Scope, change: Change): Members {
  const { region, now } = scope;
  const { kind, id } = resourceOf(needed(input, "ResourceArn"), scope);
  const table = kind === "user" ? region.users : region.acls;
  const resource = table.get(id, now);
  if (!resource) {
    throw kind === "user" ? userNotFound(id) : aclNotFound(id);
  }
  const tags = change(resource.tags);
  if (kind === "user") {
    region.users.edit(id, now, (user) => ({ ...user, tags }));
  } else {
    region.acls.edit(id, now, (acl) => ({ ...acl, tags }));
  }
  return { TagList: tags };
}

function resourceOf(arn: string, { region }: Scope): { kind: "user" | "acl"; id: string } {
  const [, kind, id = ""] = /:(user|acl)\/([^/:]+)$/.exec(arn) ?? [];
  if ((kind === "user" || kind === "acl") && arn === arnOf(region, kind, id)) {
    return { kind, id: id.toLowerCase() };
  }
  throw new ServiceError("InvalidARNFault", `The ARN ${arn} is not valid here.`);
}
