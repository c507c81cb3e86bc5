import { type Members, ServiceError } from "../service";

/** What a request member has to look like. */
export interface MemberRule {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly values?: readonly string[];
}

export type MemberRules = Readonly<Record<string, MemberRule>>;

const NAME = /^[\w+=,.@-]+$/;
const PATH: MemberRule = { min: 1, max: 512, pattern: /^(\/|\/[!-~]+\/)$/ };

/** A name that is being given, where at most 64 characters are taken instead of 128. */
export const NEW_NAME: MemberRule = { min: 1, max: 64, pattern: NAME };

/** What holds in every operation that has the member, unless the operation says otherwise. */
const COMMON_RULES: MemberRules = {
  UserName: { min: 1, max: 128, pattern: NAME },
  GroupName: { min: 1, max: 128, pattern: NAME },
  PolicyName: { min: 1, max: 128, pattern: NAME },
  VirtualMFADeviceName: { min: 1, max: 226, pattern: NAME },
  NewUserName: NEW_NAME,
  Path: PATH,
  NewPath: PATH,
  PathPrefix: { min: 1, max: 512, pattern: /^\/[!-\x7e]*$/ },
  PermissionsBoundary: { min: 20, max: 2048 },
  PolicyArn: { min: 20, max: 2048 },
  PolicyDocument: { min: 1, max: 131_072 },
  Password: { min: 1, max: 128 },
  AccessKeyId: { min: 16, max: 128, pattern: /^\w+$/ },
  CertificateId: { min: 24, max: 128, pattern: /^\w+$/ },
  CertificateBody: { min: 1, max: 16_384 },
  SSHPublicKeyId: { min: 20, max: 128, pattern: /^\w+$/ },
  SSHPublicKeyBody: { min: 1, max: 16_384 },
  ServiceSpecificCredentialId: { min: 20, max: 128, pattern: /^\w+$/ },
  SerialNumber: { min: 9, max: 256, pattern: /^[\w+=/:,.@-]+$/ },
  AuthenticationCode1: { min: 6, max: 6, pattern: /^\d+$/ },
  AuthenticationCode2: { min: 6, max: 6, pattern: /^\d+$/ },
  Status: { values: ["Active", "Inactive"] },
  AssignmentStatus: { values: ["Assigned", "Unassigned", "Any"] },
};

/** Refuses members that are missing or malformed, as AWS does before it looks at anything. @throws ValidationError */
export function validate(input: Members, required: readonly string[], own: MemberRules): void {
  const missing = required
    .filter((name) => input[name] === undefined)
    .map((name) => failure("null", name, "Member must not be null"));
  const malformed = Object.entries({ ...COMMON_RULES, ...own }).flatMap(([name, rule]) => {
    const value = input[name];
    return typeof value === "string"
      ? brokenRules(value, rule).map((why) => failure(quoted(name, value), name, why))
      : [];
  });
  refuse([...missing, ...malformed]);
}

/** Refuses more than 50 tags, and keys or values too long or reserved. @throws ValidationError, InvalidInput */
export function validateTags(tags: readonly { readonly Key: string; readonly Value: string }[]): void {
  if (tags.length > 50) {
    refuse([failure(`[${tags.length} tags]`, "tags", "Member must have length less than or equal to 50")]);
  }
  refuse(
    tags.flatMap(({ Key, Value }, index) => [
      ...brokenRules(Key, { min: 1, max: 128, pattern: TAG_TEXT }).map((why) =>
        tagFailure(Key, index, "key", why),
      ),
      ...brokenRules(Value, { max: 256, pattern: TAG_TEXT }).map((why) =>
        tagFailure(Value, index, "value", why),
      ),
    ]),
  );
  const keys = tags.map(({ Key }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw new ServiceError(
      "InvalidInput",
      "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    );
  }
  if (keys.some((key) => key.startsWith("aws:"))) {
    throw new ServiceError("InvalidInput", "Tag keys that start with aws: are reserved for AWS use.");
  }
}

const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function brokenRules(
  value: string,
  { min = 0, max = Number.POSITIVE_INFINITY, pattern, values }: MemberRule,
): string[] {
  return [
    value.length < min && `Member must have length greater than or equal to ${min}`,
    value.length > max && `Member must have length less than or equal to ${max}`,
    pattern &&
      !pattern.test(value) &&
      `Member must satisfy regular expression pattern: ${pattern.source.slice(1, -1)}`,
    values && !values.includes(value) && `Member must satisfy enum value set: [${values.join(", ")}]`,
  ].filter((why) => typeof why === "string");
}

function tagFailure(value: string, index: number, member: "key" | "value", why: string): string {
  return `Value '${value}' at 'tags.${index + 1}.member.${member}' failed to satisfy constraint: ${why}`;
}

function failure(value: string, name: string, why: string): string {
  return `Value ${value} at '${name.charAt(0).toLowerCase()}${name.slice(1)}' failed to satisfy constraint: ${why}`;
}

function quoted(name: string, value: string): string {
  return name === "Password" ? "***" : `'${value}'`;
}

function refuse(failures: readonly string[]): void {
  if (failures.length > 0) {
    const count = `${failures.length} validation error${failures.length > 1 ? "s" : ""} detected`;
    throw new ServiceError("ValidationError", `${count}: ${failures.join("; ")}`);
  }
}
