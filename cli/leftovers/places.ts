import type { Identity, Scope } from "../../provider/aws/scope";
import type { Settings } from "../../provider/config";
import type { UserKind } from "../../provider/kind";
import { isRegional, regionOf } from "../../provider/regions";
import type { Service } from "../../provider/service";
import { SERVICES } from "../../provider/services";
import type { StackState } from "../../stack";

/** A service that tags its users. */
export interface Taggable {
  readonly service: Service;
  readonly kind: UserKind;
}

/** Where users of one service may be. */
export interface Place extends Taggable {
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

/** Those of the services whose users can carry a mark. */
export async function taggable(services: readonly Service[]): Promise<Taggable[]> {
  const all = services.map(async (service) => ({ service, kind: await SERVICES[service]() }));
  return (await Promise.all(all)).filter(({ kind }) => "tags" in kind.inputs.shape);
}

/**
 * Each service in each region that the stack has to do with: those of its users, of their providers, of its
 * configuration, and those that are named; with the credentials that a run of the stack would use there. What has no
 * regions, as IAM, is looked at once for each credentials.
 *
 * @throws Error when no region is known for a service that has regions.
 */
export async function placesOf(services: readonly Taggable[], where: Whereabouts): Promise<Place[]> {
  const places: Place[] = [];
  for (const { identity, regions } of await regionsByIdentity(where)) {
    for (const { service, kind } of services) {
      for (const region of await regionsToLookIn(kind, identity, regions, where)) {
        places.push({ service, kind, scope: { identity, region } });
      }
    }
  }
  return places;
}

/** Users that declare no region are made in that of the environment where the configuration has none. */
async function regionsToLookIn(
  kind: UserKind,
  identity: Identity,
  regions: readonly string[],
  { settings }: Whereabouts,
): Promise<readonly string[]> {
  const [first] = regions;
  if (first !== undefined && (!isRegional(kind) || settings.region !== undefined)) {
    return isRegional(kind) ? regions : [first];
  }
  const byDefault = await regionOf(kind, { identity });
  const all = new Set([...regions, ...(byDefault === undefined ? [] : [byDefault])]);
  if (all.size > 0) return [...all];
  throw new Error(
    "neither the stack nor the environment says in which region to look. Name one by --region.",
  );
}

interface Regions {
  readonly identity: Identity;
  readonly regions: readonly string[];
}

/** The regions that are known, by whose credentials are used there. */
async function regionsByIdentity(where: Whereabouts): Promise<Regions[]> {
  const { users, pending, settings, regions, profile } = where;
  const all = new Map<string, { identity: Identity; regions: Set<string> }>();
  const add = (recorded: Identity, region: unknown) => {
    const identity = profile === undefined ? recorded : { profile, roles: [] };
    const key = JSON.stringify(identity);
    const known = all.get(key) ?? { identity, regions: new Set(regions) };
    all.set(key, known);
    if (typeof region === "string") known.regions.add(region);
  };
  for (const { service, settings: own, inputs, outputs } of [...users, ...pending]) {
    add(own.identity, own.region);
    if (isRegional(await SERVICES[service]())) add(own.identity, outputs["region"] ?? inputs["region"]);
  }
  add(settings.identity, settings.region);
  return Array.from(all.values(), (one) => ({ identity: one.identity, regions: [...one.regions] }));
}
