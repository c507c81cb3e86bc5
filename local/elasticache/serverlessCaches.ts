import { text } from "../members";
import { storedName } from "../resourceNames";
import { withTags } from "../resourceTags";
import { type Members, ServiceError } from "../service";
import { passing } from "../transitions";
import { neededEngine } from "./engine";
import { invalidValue, needed, serverlessCacheNotFound } from "./errors";
import { usableGroup } from "./groupUses";
import {
  arnOf,
  BY_NEXT_TOKEN,
  type ElastiCacheOperations,
  pageOf,
  type Region,
  type Scope,
  type ServerlessCache,
} from "./region";
import { TAG_ERRORS } from "./tags";

/** Serverless caches as far as users go: which user group they use. */
export const serverlessCacheOperations: ElastiCacheOperations = {
  CreateServerlessCache: create,
  DescribeServerlessCaches: describe,
  DeleteServerlessCache: remove,
};

function create(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const id = storedName("ServerlessCacheName", needed(input, "ServerlessCacheName"), invalidValue);
  const engine = neededEngine(input);
  const userGroup = text(input, "UserGroupId");
  const cache: ServerlessCache = {
    id,
    status: "available",
    engine,
    created: new Date(now),
    ...(userGroup === undefined ? {} : { userGroup: usableGroup(userGroup, engine, scope) }),
    tags: withTags([], input, TAG_ERRORS),
  };
  if (region.serverlessCaches.get(cache.id, now)) {
    throw new ServiceError(
      "ServerlessCacheAlreadyExistsFault",
      `Serverless cache ${cache.id} already exists.`,
    );
  }
  const creating: ServerlessCache = { ...cache, status: "creating" };
  region.serverlessCaches.put(cache.id, passing(creating, now + settings.createMs, cache));
  return { ServerlessCache: shown(find(cache.id, scope), region) };
}

function describe(input: Members, scope: Scope): Members {
  const { region, now } = scope;
  const name = text(input, "ServerlessCacheName");
  const all = region.serverlessCaches.all(now);
  return name === undefined
    ? pageOf("ServerlessCaches", all, (cache) => shown(cache, region), input, BY_NEXT_TOKEN, scope)
    : { ServerlessCaches: [shown(find(name, scope), region)] };
}

function remove(input: Members, scope: Scope): Members {
  const { region, now, settings } = scope;
  const cache = find(needed(input, "ServerlessCacheName"), scope);
  if (cache.status !== "available") {
    throw new ServiceError(
      "InvalidServerlessCacheStateFault",
      `Serverless cache ${cache.id} has status ${cache.status}. Only available ones can be deleted.`,
    );
  }
  const deleting: ServerlessCache = { ...cache, status: "deleting" };
  region.serverlessCaches.put(cache.id, passing(deleting, now + settings.deleteMs));
  return { ServerlessCache: shown(deleting, region) };
}

function find(name: string, { region, now }: Scope): ServerlessCache {
  const cache = region.serverlessCaches.get(name.toLowerCase(), now);
  if (!cache) {
    throw serverlessCacheNotFound(name);
  }
  return cache;
}

/** The model writes statuses in capitals; AWS sends them in lower case. */
function shown(cache: ServerlessCache, region: Region): Members {
  return {
    ServerlessCacheName: cache.id,
    CreateTime: cache.created,
    Status: cache.status,
    Engine: cache.engine,
    ARN: arnOf(region, "serverlesscache", cache.id),
    UserGroupId: cache.userGroup,
  };
}
