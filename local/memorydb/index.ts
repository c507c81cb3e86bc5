import { attachedOf } from "../attached";
import { createRegions } from "../regions";
import type { LocalService, LocalUser, Operation, Settings } from "../service";
import { aclOperations } from "./acls";
import { clusterOperations, clustersOf } from "./clusters";
import { createRegion, DEFAULT_USER, type MemoryDbOperations, type Region } from "./region";
import { tagOperations } from "./tags";
import { aclsOf, userOperations } from "./users";

const OPERATIONS: MemoryDbOperations = {
  ...userOperations,
  ...aclOperations,
  ...clusterOperations,
  ...tagOperations,
};

/** MemoryDB as far as its users go: users, ACLs, tags, and clusters for the sake of their ACLs. */
export function createMemoryDb(settings: Settings): LocalService {
  const regions = createRegions(createRegion);
  return {
    name: "memorydb",
    wire: { protocol: "json", targetPrefix: "AmazonMemoryDB" },
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
    .filter(({ name }) => name !== DEFAULT_USER)
    .map((user) => ({
      service: "memorydb",
      account: region.account,
      region: region.name,
      id: user.name,
      status: user.status,
      attached: attachedTo(aclsOf(user, region, now), region, now),
    }));
}

function attachedTo(acls: readonly string[], region: Region, now: number): LocalUser["attached"] {
  return attachedOf({ acls, clusters: acls.flatMap((acl) => clustersOf(acl, region, now)) });
}
