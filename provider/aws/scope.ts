/** Where calls go, and as whom. */
export interface Scope {
  readonly region: string;
  readonly identity: Identity;
}

/** How AWS names its regions. */
export const REGION_NAME = /^[a-z]{2}(-[a-z]+)+-\d+$/;

/** Whose credentials are used: those of the environment unless something else is configured. */
export interface Identity {
  readonly profile?: string;
  readonly keys?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Assumed one after the other, each with the credentials of the one before. */
  readonly roles: readonly Role[];
}

/** A role to assume, named as in the configuration of Pulumi's AWS provider. */
export interface Role {
  readonly roleArn: string;
  readonly sessionName?: string;
  readonly externalId?: string;
  readonly durationSeconds?: number;
}
