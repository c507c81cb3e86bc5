import { createTable, type Table } from "./table";

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface AccessKey {
  readonly id: string;
  readonly status: string;
  readonly createDate: Date;
}

/** The last use of an access key. */
interface KeyUse {
  readonly date: Date;
  readonly service: string;
  readonly region: string;
}

export interface Certificate {
  readonly id: string;
  readonly body: string;
  readonly uploadDate: Date;
}

export interface SshKey {
  readonly id: string;
  readonly body: string;
  readonly uploadDate: Date;
}

export interface ServiceCredential {
  readonly id: string;
  readonly service: string;
  readonly userName: string;
  readonly createDate: Date;
}

export interface LoginProfile {
  readonly createDate: Date;
  readonly resetRequired: boolean;
}

export interface MfaDevice {
  readonly serial: string;
  readonly enableDate: Date;
}

interface InlinePolicy {
  readonly name: string;
  readonly document: string;
}

/** A user with all that hangs on it. */
export interface User {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly createDate: Date;
  readonly boundary?: string;
  readonly tags: readonly Tag[];
  readonly loginProfile?: LoginProfile;
  /** Of any password that the user has had. */
  readonly passwordLastUsed?: Date;
  readonly accessKeys: readonly AccessKey[];
  readonly certificates: readonly Certificate[];
  readonly sshKeys: readonly SshKey[];
  readonly serviceCredentials: readonly ServiceCredential[];
  readonly mfaDevices: readonly MfaDevice[];
  readonly inlinePolicies: readonly InlinePolicy[];
  /** ARNs. */
  readonly attachedPolicies: readonly string[];
  /** Names. */
  readonly groups: readonly string[];
}

export interface Group {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly createDate: Date;
}

export interface Policy {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly createDate: Date;
}

export interface VirtualDevice {
  readonly serial: string;
  readonly seed: string;
}

/** What IAM keeps of one account. Names are unique whatever their case, so the keys are lower-cased. */
export interface Account {
  readonly number: string;
  readonly users: Table<User>;
  readonly groups: Table<Group>;
  /** By ARN. */
  readonly policies: Table<Policy>;
  /** By serial number. */
  readonly devices: Table<VirtualDevice>;
  /** By access key id, what is known of their last use; of keys that are gone too. */
  readonly keyUses: Map<string, KeyUse>;
  /** The account itself under the one key "": who is meant when a root key leaves out the user name. */
  readonly root: Table<User>;
}

/** An account with nobody in it but its root. */
export function createAccount(number: string, lagMs: number): Account {
  const root = createTable<User>(lagMs);
  root.put(
    "",
    bareUser({ name: "", path: "/", id: number, createDate: new Date(0) }),
    Number.NEGATIVE_INFINITY,
  );
  return {
    number,
    users: createTable(lagMs),
    groups: createTable(lagMs),
    policies: createTable(lagMs),
    devices: createTable(lagMs),
    keyUses: new Map(),
    root,
  };
}

/** A user on which nothing hangs. */
export function bareUser(identity: Pick<User, "name" | "path" | "id" | "createDate">): User {
  return {
    ...identity,
    tags: [],
    accessKeys: [],
    certificates: [],
    sshKeys: [],
    serviceCredentials: [],
    mfaDevices: [],
    inlinePolicies: [],
    attachedPolicies: [],
    groups: [],
  };
}
