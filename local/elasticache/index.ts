import { createRegions } from "../regions";
import type { LocalService, LocalUser, Operation, Settings } from "../service";
import { groupOperations } from "./groups";
import { createRegion, DEFAULT_USER, type ElastiCacheOperations, type Region } from "./region";
import { tagOperations } from "./tags";
import { groupIdsOf, userOperations } from "./users";

const OPERATIONS: ElastiCacheOperations = { ...userOperations, ...groupOperations, ...tagOperations };

/** ElastiCache as far as its users go: users, user groups and tags, without caches. */
export function createElastiCache(settings: Settings): LocalService {
  const regions = createRegions(createRegion);
  return {
    name: "elasticache",
    wire: {
      protocol: "query",
      version: "2015-02-02",
      xmlNamespace: "http://elasticache.amazonaws.com/doc/2015-02-02/",
      itemNames: { TagList: "Tag" },
    },
    operations: Object.fromEntries(
      Object.entries(OPERATIONS).map(([name, run]): [string, Operation] => [
        name,
        (input, caller) => run(input, { region: regions.of(caller), now: caller.now, settings }),
      ]),
    ),
    users: (now) => regions.all().flatMap((region) => localUsers(region, now)),
    reset: () => regions.clear(),
  };
}

function localUsers(region: Region, now: number): readonly LocalUser[] {
  return region.users
    .all(now)
    .filter(({ id }) => id !== DEFAULT_USER)
    .map((user) => ({
      service: "elasticache",
      account: region.account,
      region: region.name,
      id: user.id,
      status: user.status,
      attached: attachedOf(groupIdsOf(user, region, now)),
    }));
}

function attachedOf(userGroups: readonly string[]): LocalUser["attached"] {
  return userGroups.length > 0 ? { userGroups } : {};
}
