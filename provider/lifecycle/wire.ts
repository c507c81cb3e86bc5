/** What goes to Pulumi's host: plain JSON without holes, and secrets in the form that the engine knows as secret. */

import { hasUnknown } from "../unknown";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

type Props = Record<string, unknown>;

/** Drops what is undefined, at any depth: the host would fail on it after AWS has done its part. */
export function plain(value: Readonly<Props>): Props {
  return JSON.parse(JSON.stringify(value)) as Props;
}

/** {@link plain}, with the values at the given paths marked as secret. */
export function sealed(value: Readonly<Props>, secrets: readonly (readonly [string, string])[]): Props {
  const props = plain(value);
  for (const [outer, inner] of secrets) {
    const holder = props[outer];
    if (!isRecord(holder) || !(inner in holder) || hasUnknown(holder[inner])) continue;
    props[outer] = { ...holder, [inner]: { [SIGNATURE]: SECRET, value: holder[inner] } };
  }
  return props;
}

function isRecord(value: unknown): value is Props {
  return typeof value === "object" && value !== null;
}
