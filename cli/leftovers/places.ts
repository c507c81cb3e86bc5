import { defaultRegion } from "../../provider/aws/clients";
import type { Identity, Scope } from "../../provider/aws/scope";
import type { Settings } from "../../provider/config";
import type { Service } from "../../provider/services";
import type { StackState } from "../../stack";

/** Where users of one service may be. */
export interface Place {
  readonly service: Service;
  readonly scope: Scope;
}

/** What the places follow from. */
export interface Whereabouts extends Pick<StackState, "users" | "pending"> {
  /** Those of the stack's configuration, or nothing but what the environment says where the stack is gone. */
  readonly settings: Settings;
  /** Regions to look in as well. */
  readonly regions: readonly string[];
  /** Whose credentials are used instead of those of the stack. */
  readonly profile: string | undefined;
}

/**
 * Each service in each region that the stack has to do with: those of its users, of their providers, of its
 * configuration, and those that are named; with the credentials that a run of the stack would use there. IAM has no
 * regions, and is looked at once for each credentials.
 *
 * @throws Error when no region is known for a service that has regions.
 */
export async function placesOf(services: readonly Service[], where: Whereabouts): Promise<Place[]> {
  const found: Place[] = [];
  for (const { identity, regions } of await regionsByIdentity(where)) {
    for (const service of services) {
      const [first] = regions;
      if (service === "iam") found.push({ service, scope: { identity, region: first ?? ANY_REGION } });
      else if (first === undefined)
        throw new Error(
          "neither the stack nor the environment says in which region to look. Name one by --region.",
        );
      else found.push(...regions.map((region) => ({ service, scope: { identity, region } })));
    }
  }
  return found;
}

/** Where users have no region, it only picks the partition. */
const ANY_REGION = "us-east-1";

interface Regions {
  readonly identity: Identity;
  readonly regions: readonly string[];
}

async function regionsByIdentity({
  users,
  pending,
  settings,
  regions,
  profile,
}: Whereabouts): Promise<Regions[]> {
  const all = new Map<string, { identity: Identity; regions: Set<string> }>();
  const add = (recorded: Identity, region: string | undefined) => {
    const identity = profile === undefined ? recorded : { profile, roles: [] };
    const key = JSON.stringify(identity);
    const known = all.get(key) ?? { identity, regions: new Set(regions) };
    all.set(key, known);
    if (region !== undefined) known.regions.add(region);
  };
  for (const { service, settings: own, inputs, outputs } of [...users, ...pending]) {
    const region = outputs["region"] ?? inputs["region"];
    add(own.identity, service !== "iam" && typeof region === "string" ? region : undefined);
    add(own.identity, own.region);
  }
  add(settings.identity, settings.region);
  for (const { identity, regions: known } of all.values()) {
    const region =
      known.size === 0 || settings.region === undefined ? await defaultRegion(identity) : undefined;
    if (region !== undefined) known.add(region);
  }
  return Array.from(all.values(), (one) => ({ identity: one.identity, regions: [...one.regions] }));
}
