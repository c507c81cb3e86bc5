import { defaultRegion } from "./aws/clients";
import type { Settings } from "./config";
import type { UserKind } from "./kind";

/** Where users have no region, it only picks the partition. */
export const REGION_OF_GLOBAL_USERS = "us-east-1";

/** Whether the users of a kind belong to a region. */
export function isRegional({ replaces }: Pick<UserKind, "replaces">): boolean {
  return replaces.includes("region");
}

/**
 * The region of users that declare none: that of the configuration, of the environment or of the shared AWS
 * configuration. Users that belong to no region have one all the same; others may have none.
 */
export async function regionOf(
  kind: UserKind,
  { region, identity }: Pick<Settings, "region" | "identity">,
): Promise<string | undefined> {
  const found = region ?? (await defaultRegion(identity));
  return found ?? (isRegional(kind) ? undefined : REGION_OF_GLOBAL_USERS);
}
