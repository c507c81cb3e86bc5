import { texts } from "../members";
import { type Tag, type TagErrors, withoutTags, withTags } from "../resourceTags";
import { type Members, ServiceError } from "../service";
import type { Timetable } from "../transitions";
import { aclNotFound, clusterNotFound, invalidValue, needed, userNotFound } from "./errors";
import { arnOf, type MemoryDbOperations, type Region, type ResourceKind, type Scope } from "./region";

/** How MemoryDB refuses tags. */
export const TAG_ERRORS: TagErrors = {
  invalid: invalidValue,
  unknownKey: (message) => new ServiceError("TagNotFoundFault", message, 404),
};

/** Tags of users, ACLs and clusters, by ARN. Each operation answers with all the tags. */
export const tagOperations: MemoryDbOperations = {
  TagResource: (input, scope) => retag(input, scope, (tags) => withTags(tags, input, TAG_ERRORS)),
  UntagResource: (input, scope) =>
    retag(input, scope, (tags) => withoutTags(tags, texts(input, "TagKeys"), TAG_ERRORS)),
  ListTags: (input, scope) => retag(input, scope, (tags) => tags),
};

type Change = (tags: readonly Tag[]) => readonly Tag[];

function retag(input: Members, { region, now }: Scope, change: Change): Members {
  const { kind, id } = resourceOf(needed(input, "ResourceArn"), region);
  switch (kind) {
    case "user":
      return retagIn(region.users, id, now, change, userNotFound);
    case "acl":
      return retagIn(region.acls, id, now, change, aclNotFound);
    case "cluster":
      return retagIn(region.clusters, id, now, change, clusterNotFound);
  }
}

function retagIn<T extends { readonly tags: readonly Tag[] }>(
  table: Timetable<T>,
  id: string,
  now: number,
  change: Change,
  notFound: (id: string) => ServiceError,
): Members {
  const resource = table.get(id, now);
  if (!resource) {
    throw notFound(id);
  }
  const tags = change(resource.tags);
  table.edit(id, now, (each) => ({ ...each, tags }));
  return { TagList: tags };
}

function resourceOf(arn: string, region: Region): { readonly kind: ResourceKind; readonly id: string } {
  const [, kind = "", id = ""] = /:([a-z]+)\/([^/:]+)$/.exec(arn) ?? [];
  const known = KINDS.find((each) => each === kind);
  if (known && arn === arnOf(region, known, id)) {
    return { kind: known, id: id.toLowerCase() };
  }
  throw new ServiceError("InvalidARNFault", `The ARN ${arn} is not valid here.`);
}

const KINDS: readonly ResourceKind[] = ["user", "acl", "cluster"];
