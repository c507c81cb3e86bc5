import type { Declared, Props } from "./modelEngine";
import type { Scenario, UserSpec } from "./scenario";

/** Every password begins with it. */
export const MARKER = "M4rkerPassword";

const ACCESS = ["on ~app:* +@read", "on ~* +@all", "off ~x +get"] as const;

/** The id of the user in a slot. */
export function idOf({ users }: Scenario, slot: number): string {
  return users[slot]?.service === "rekognition" ? `lobby/u${slot}` : `u${slot}`;
}

/** The slot of the user that has an id. */
export function slotOf(id: string): number {
  return Number(/\d+$/.exec(id)?.[0]);
}

/** What a version of the program declares; what was lost is taken over, as its error said. */
export function declaredUser(
  scenario: Scenario,
  slot: number,
  version: number,
  lost: ReadonlyMap<number, unknown>,
): Declared {
  const spec = scenario.users[slot] as UserSpec;
  const { service, timeout, tagged } = spec;
  const inputs = {
    ...own(spec, slot, version),
    ...(timeout !== undefined && { timeouts: { create: timeout, update: timeout, delete: timeout } }),
    ...(tagged && service !== "rekognition" && { tags: { version: `${version}` } }),
    ...((spec.adoptExisting || lost.has(slot)) && { adoptExisting: true }),
  };
  return { slot, service, inputs };
}

/** One face in all versions, and one in each. */
function facesOf(slot: number, version: number): Props {
  const face = (kind: string) => `${slot}`.repeat(8).concat("-0000-0000-0000-", kind.repeat(12));
  return { faceIds: [face(`${version}`), face("f")], userMatchThreshold: 80 + version };
}

function own(
  { service, forceDestroy, renamed, group, tagged }: UserSpec,
  slot: number,
  version: number,
): Props {
  const name = `u${slot}`;
  const access = {
    accessString: ACCESS[version],
    authentication: { type: "password", passwords: [`${MARKER}-${slot}-${version}`] },
  };
  switch (service) {
    case "memorydb":
      return { userName: name, ...access };
    case "elasticache": {
      const userName = renamed ? `${name}-${version}` : group === "none" ? name : "default";
      return { userId: name, userName, engine: "redis", ...access };
    }
    case "iam":
      return { userName: name, path: `/v${version}/`, forceDestroy };
    case "rekognition":
      return { collectionId: "lobby", userId: name, ...(tagged && facesOf(slot, version)), forceDestroy };
  }
}
