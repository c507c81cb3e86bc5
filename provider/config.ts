import type { Identity, Role } from "./aws/scope";
import type { Tags } from "./aws/tags";

/** What the configuration of the stack, or of an explicit provider, says. */
export interface Settings {
  readonly region?: string;
  readonly identity: Identity;
  readonly defaultTags: Tags;
  /** Whether users are marked with whose they are. */
  readonly ownerTag: boolean;
  /** Empty: every account is allowed. */
  readonly allowedAccountIds: readonly string[];
  readonly forbiddenAccountIds: readonly string[];
}

/** Reads a configuration value by its full key. */
export type ConfigSource = (key: string) => string | undefined;

/** The places where a region is looked for, in order, for the message when none has it. */
export const REGION_SOURCES =
  "the argument region, the explicit Provider, the stack configuration aws-users:region and aws:region, " +
  "the environment variables AWS_REGION and AWS_DEFAULT_REGION, and the shared AWS configuration";

/**
 * Reads the settings. Keys of `aws-users:` go before those of `aws:`, which are named and shaped as for Pulumi's AWS
 * provider: region, profile, accessKey, secretKey, token, assumeRole, assumeRoles, defaultTags, allowedAccountIds,
 * forbiddenAccountIds. `aws-users:ownerTag` is known here alone.
 *
 * @throws Error when a value has another shape, naming the key.
 */
export function readSettings(get: ConfigSource): Settings {
  const text = (key: string) => get(`aws-users:${key}`) || get(`aws:${key}`) || undefined;
  const json = (key: string) => parsed(key, text(key));
  const region = text("region");
  return {
    ...(region && { region }),
    identity: identityOf(text, json),
    defaultTags: defaultTagsOf(json("defaultTags")),
    ownerTag: ownerTagOf(get("aws-users:ownerTag")),
    allowedAccountIds: accountsOf("allowedAccountIds", json("allowedAccountIds")),
    forbiddenAccountIds: accountsOf("forbiddenAccountIds", json("forbiddenAccountIds")),
  };
}

function identityOf(text: ConfigSource, json: (key: string) => unknown): Identity {
  const profile = text("profile");
  const accessKeyId = text("accessKey");
  const secretAccessKey = text("secretKey");
  const sessionToken = text("token");
  const roles = rolesOf(json("assumeRole"), json("assumeRoles"));
  if (!accessKeyId !== !secretAccessKey) {
    throw new Error(
      `the configuration sets ${accessKeyId ? "aws:accessKey without aws:secretKey" : "aws:secretKey without aws:accessKey"}; ` +
        "set both or none",
    );
  }
  return {
    ...(profile && { profile }),
    ...(accessKeyId &&
      secretAccessKey && { keys: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } }),
    roles,
  };
}

/** Several go before the single one. */
function rolesOf(one: unknown, many: unknown): Role[] {
  if (many === undefined || many === null) {
    return one === undefined || one === null ? [] : [roleIn("assumeRole", "an object", one)];
  }
  const list = "a list of objects";
  if (!Array.isArray(many)) throw wrong("assumeRoles", `${list} with roleArn`);
  return many.map((role) => roleIn("assumeRoles", list, role));
}

function roleIn(key: string, shape: string, value: unknown): Role {
  const { roleArn, sessionName, externalId, durationSeconds } = record(key, value);
  if (typeof roleArn !== "string") throw wrong(key, `${shape} with roleArn`);
  if (durationSeconds !== undefined && !(Number(durationSeconds) > 0)) {
    throw wrong(key, `${shape} in which durationSeconds is a number of seconds`);
  }
  return {
    roleArn,
    ...(typeof sessionName === "string" && { sessionName }),
    ...(typeof externalId === "string" && { externalId }),
    ...(durationSeconds !== undefined && { durationSeconds: Number(durationSeconds) }),
  };
}

function defaultTagsOf(value: unknown): Tags {
  const { tags, ...others } = record("defaultTags", value);
  const given = record("defaultTags", tags);
  const faults = [
    ...Object.keys(others).map((name) => `${name} stands beside tags`),
    ...Object.entries(given).flatMap(([name, tag]) =>
      typeof tag === "string" ? [] : `tag ${name} is no text`,
    ),
  ];
  if (faults.length > 0) {
    throw wrong("defaultTags", `an object like {"tags": {"team": "build"}}; ${faults.join(", ")}`);
  }
  return given as Tags;
}

function ownerTagOf(text: string | undefined): boolean {
  if (text !== undefined && text !== "" && text !== "true" && text !== "false") {
    throw new Error("the configuration aws-users:ownerTag must be true or false");
  }
  return text === "true";
}

function accountsOf(key: string, value: unknown): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw wrong(key, `a list like ["123456789012"]`);
  return value.map((account) => String(account).padStart(12, "0"));
}

function record(key: string, value: unknown): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw wrong(key, "an object");
  return value as Record<string, unknown>;
}

/** Structured configuration arrives as JSON text. */
function parsed(key: string, text: string | undefined): unknown {
  if (text === undefined || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(key, "JSON");
  }
}

function wrong(key: string, expected: string): Error {
  return new Error(`the configuration aws:${key} (or aws-users:${key}) must be ${expected}`);
}
