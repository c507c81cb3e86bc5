import { attachedOf } from "../attached";
import { createRegions } from "../regions";
import type { LocalService, LocalUser, Operation, Settings } from "../service";
import { groupOperations } from "./groups";
import { usesOf } from "./groupUses";
import { createRegion, DEFAULT_USER, type ElastiCacheOperations, type Region } from "./region";
import { replicationGroupOperations } from "./replicationGroups";
import { serverlessCacheOperations } from "./serverlessCaches";
import { tagOperations } from "./tags";
import { groupIdsOf, userOperations } from "./users";

const OPERATIONS: ElastiCacheOperations = {
  ...userOperations,
  ...groupOperations,
  ...replicationGroupOperations,
  ...serverlessCacheOperations,
  ...tagOperations,
};

/** ElastiCache as far as its users go: users, user groups, tags, and caches for the sake of their user groups. */
export function createElastiCache(settings: Settings): LocalService {
  const regions = createRegions(createRegion);
  return {
    name: "elasticache",
    wire: {
      protocol: "query",
      version: "2015-02-02",
      xmlNamespace: "http://elasticache.amazonaws.com/doc/2015-02-02/",
      itemNames: {
        "AddTagsToResource/TagList": "Tag",
        "RemoveTagsFromResource/TagList": "Tag",
        "ListTagsForResource/TagList": "Tag",
        "DescribeReplicationGroups/ReplicationGroups": "ReplicationGroup",
      },
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
      attached: attachedTo(groupIdsOf(user, region, now), region, now),
    }));
}

function attachedTo(userGroups: readonly string[], region: Region, now: number): LocalUser["attached"] {
  const uses = userGroups.map((id) => usesOf(id, region, now));
  return attachedOf({
    userGroups,
    replicationGroups: uses.flatMap(({ replicationGroups }) => replicationGroups),
    serverlessCaches: uses.flatMap(({ serverlessCaches }) => serverlessCaches),
  });
}
