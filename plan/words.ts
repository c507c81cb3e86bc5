import type { PlannedUser } from "./document";

const DAY_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;

/** How long ago something was: `3 days ago`, `2 hours ago`, `less than an hour ago`. */
export function ago(at: string, now: number): string {
  const past = now - Date.parse(at);
  if (past < HOUR_MS) return "less than an hour ago";
  const [count, unit] = past < 2 * DAY_MS ? [past / HOUR_MS, "hour"] : [past / DAY_MS, "day"];
  return `${Math.floor(count)} ${unit}${Math.floor(count) === 1 ? "" : "s"} ago`;
}

/** Which user it is: `MemoryDB user "bob" (reader, eu-west-1)`. */
export function titleOf({ label, id, name, region, replaced }: PlannedUser): string {
  const more = [name === id ? [] : name, region ?? [], replaced ? "replaced" : []].flat();
  return `${label} "${id}"${more.length === 0 ? "" : ` (${more.join(", ")})`}`;
}
