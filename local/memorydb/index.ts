import { createRegions } from "../regions";
import type { LocalService, LocalUser, Operation, Settings } from "../service";
import { aclOperations } from "./acls";
import { createRegion, DEFAULT_USER, type MemoryDbOperations, type Region } from "./region";
import { tagOperations } from "./tags";
import { aclsOf, userOperations } from "./users";

const OPERATIONS: MemoryDbOperations = { ...userOperations, ...aclOperations, ...tagOperations };

/** MemoryDB as far as its users go: users, ACLs and tags, without clusters. */
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
      attached: attachedOf(aclsOf(user, region, now)),
    }));
}

function attachedOf(acls: readonly string[]): LocalUser["attached"] {
  return acls.length > 0 ? { acls } : {};
}
