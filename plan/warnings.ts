import { plural } from "../provider/lifecycle/purge";
import type { Attachment, LastUse, PlannedUser, Warning } from "./document";
import { ago, titleOf } from "./words";

/** A key or a password that was used since then is taken to be in use. */
const RECENTLY_MS = 7 * 24 * 60 * 60_000;

/** What should be known of users that go, or would go but for what blocks them. */
export function warningsOf(users: readonly PlannedUser[], now: number): Warning[] {
  const going = users.filter(({ outcome }) => outcome === "deleted" || outcome === "blocked");
  return going.flatMap((user) => [...recentUses(user, now), ...cutConnections(user)]);
}

/** What else of the stack a destroy fails on, as a warning. */
export function protections(names: readonly string[]): Warning[] {
  if (names.length === 0) return [];
  const text =
    `Destroy fails on what is protected and no user of this package: ${names.join(", ")}. Take the protection off by ` +
    "pulumi state unprotect, or leave it out by --exclude-protected.";
  return [{ code: "otherProtected", urn: null, text }];
}

/** What AWS did not tell, as warnings: how it is asked does not matter to those who read it. */
export function doubts(notKnown: ReadonlyMap<string, string>): Warning[] {
  return [...notKnown.values()].map((text) => ({ code: "notKnown", urn: null, text }));
}

function recentUses(user: PlannedUser, now: number): Warning[] {
  const { urn, id, attachments } = user;
  return attachments.flatMap(({ noun, id: thing, lastUsed }) => {
    if (lastUsed === undefined || now - Date.parse(lastUsed.at) > RECENTLY_MS) return [];
    const which = thing === id ? noun : `${noun} ${thing}`;
    const text = `${titleOf(user)}: ${which} was used ${ago(lastUsed.at, now)}${by(lastUsed)}`;
    return [{ code: "recentlyUsed", urn, text }];
  });
}

/** `, for s3 in us-east-1`. */
export function by({ service, region }: LastUse): string {
  return `${service === undefined ? "" : ` for ${service}`}${region === undefined ? "" : ` in ${region}`}`;
}

function cutConnections(user: PlannedUser): Warning[] {
  const { urn, attachments } = user;
  const cut = attachments.filter(({ fate }) => fate === "disconnected");
  if (cut.length === 0) return [];
  const text = `${titleOf(user)}: its connections to ${groupedByNoun(cut)} will be cut`;
  return [{ code: "inUse", urn, text }];
}

/** `clusters lobby and shop, cache main`. */
function groupedByNoun(things: readonly Attachment[]): string {
  const nouns = [...new Set(things.map(({ noun }) => noun))];
  return nouns
    .map((noun) => {
      const ids = things.filter((thing) => thing.noun === noun).map(({ id }) => id);
      return `${ids.length === 1 ? noun : plural(noun)} ${ids.join(", ")}`;
    })
    .join(", ");
}
