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

/** A text for people, without the values at the given paths of what an operation was given: AWS may repeat them. */
export function withoutSecrets(
  text: string,
  given: readonly Readonly<Props>[],
  secrets: readonly (readonly [string, string])[],
): string {
  const values = secrets.flatMap(([outer, inner]) =>
    given.flatMap(({ [outer]: holder }) => (isRecord(holder) ? textsIn(holder[inner]) : [])),
  );
  // AWS may repeat one within JSON, and one may be within another.
  const forms = values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  const longestFirst = forms.sort((one, other) => other.length - one.length);
  return longestFirst.reduce((shown, value) => shown.replaceAll(value, "[secret]"), text);
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** Whether a value is in the form of a secret, in plain or encrypted. */
export function isSecret(value: unknown): boolean {
  return isRecord(value) && value[SIGNATURE] === SECRET;
}

function isRecord(value: unknown): value is Props {
  return typeof value === "object" && value !== null;
}
