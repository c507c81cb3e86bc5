/** The mark on a user in AWS that tells whose it is: which resource of which stack. See docs/decisions/. */

/** As {@link Tags} of tags.ts, which asks this file what a mark is. */
type Tags = Readonly<Record<string, string>>;

/** Whose a user is, by its mark. */
export interface Owner {
  readonly project: string;
  /** The name of the stack alone, without that of an organization. */
  readonly stack: string;
  /** What the resource's URN has behind the project: types of parents and resource, `::`, name. */
  readonly resource: string;
}

/** Keys of tags that begin with it, in whatever case, are the mark's and nobody else's. */
export const OWNER_PREFIX = "pulumi-aws-users:";

const PROJECT = `${OWNER_PREFIX}project`;
const STACK = `${OWNER_PREFIX}stack`;
const RESOURCE = `${OWNER_PREFIX}resource`;

/** IAM takes keys for the same whatever their case. */
export function isOwnerKey(key: string): boolean {
  return key.toLowerCase().startsWith(OWNER_PREFIX);
}

/** The mark of the resource with this URN; none where the text is no URN. */
export function ownerTags(urn: string): Tags {
  const [, stack, project, resource] = /^urn:pulumi:(.+?)::(.+?)::(.+)$/s.exec(urn) ?? [];
  if (!stack || !project || !resource) return {};
  return { [PROJECT]: written(project), [STACK]: written(stack), [RESOURCE]: written(resource) };
}

/** Whose mark is among the tags; undefined where there is none, or only a part of one. */
export function ownerIn(tags: Tags): Owner | undefined {
  const { [PROJECT]: project, [STACK]: stack, [RESOURCE]: resource } = tags;
  if (!project || !stack || !resource) return undefined;
  return { project: read(project), stack: read(stack), resource: read(resource) };
}

const LONGEST_VALUE = 256;
/** Where the beginning was left out: nothing else has two of them in a row. */
const CUT = "==";

/**
 * AWS allows fewer characters than a URN has, and other services read some of those differently: all but the plainest
 * become `=24`, the bytes of UTF-8. What is too long keeps its end, where the name of the resource is.
 */
function written(text: string): string {
  const units = Array.from(text, (character) =>
    /^[\w.:/+@-]$/.test(character) ? character : bytes(character),
  );
  const whole = units.join("");
  if (whole.length <= LONGEST_VALUE) return whole;
  let kept = "";
  for (const unit of units.toReversed()) {
    if (CUT.length + unit.length + kept.length > LONGEST_VALUE) break;
    kept = unit + kept;
  }
  return CUT + kept;
}

function bytes(character: string): string {
  return Array.from(
    Buffer.from(character),
    (byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`,
  ).join("");
}

/** The text that was written; a value that somebody else has put there is shown as it is. */
function read(value: string): string {
  const [start, rest] = value.startsWith(CUT) ? ["…", value.slice(CUT.length)] : ["", value];
  try {
    return start + decodeURIComponent(rest.replaceAll("%", "%25").replaceAll(/=([\dA-F]{2})/g, "%$1"));
  } catch {
    return value;
  }
}
