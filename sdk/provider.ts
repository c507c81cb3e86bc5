import * as pulumi from "@pulumi/pulumi";

/**
 * A role to assume.
 *
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export interface AssumeRoleArgs {
  /** `arn:aws:iam::ACCOUNT:role/NAME`. */
  roleArn: pulumi.Input<string>;
  /** Names the session in CloudTrail. Default `pulumi-aws-users`. */
  sessionName?: pulumi.Input<string>;
  /** What the role's trust policy may ask for. Default: none. */
  externalId?: pulumi.Input<string>;
  /** How long the credentials are good for, in seconds; they are renewed when needed. Default: 3600. */
  durationSeconds?: pulumi.Input<number>;
}

/** Arguments of {@link Provider}. What is left out is taken from the stack's configuration. */
export interface ProviderArgs {
  /** Where users that declare no region are made. */
  region?: pulumi.Input<string>;
  /** A profile of the shared AWS configuration. */
  profile?: pulumi.Input<string>;
  /** Assumed one after the other, the first with the credentials of the profile or the environment. */
  assumeRoles?: pulumi.Input<pulumi.Input<AssumeRoleArgs>[]>;
  /** Tags of each user that can have tags. */
  defaultTags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * Marks each user that can have tags with its project, stack and resource, so that it can be told in AWS whose it is.
   * Needs the permission to tag. Default `false`.
   */
  ownerTag?: pulumi.Input<boolean>;
  /** Twelve digits each. Credentials of other accounts are refused, before anything is changed. */
  allowedAccountIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Twelve digits each. Credentials of these accounts are refused, before anything is changed. */
  forbiddenAccountIds?: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * Region, credentials and default tags for the users that name it as their `provider`.
 *
 * ```ts
 * import { memorydb, Provider } from "pulumi-aws-users";
 *
 * const ireland = new Provider("ireland", { region: "eu-west-1" });
 * new memorydb.User("reader", { accessString: "on ~* +@read", authentication: { type: "iam" } }, { provider: ireland });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, options?: pulumi.ResourceOptions) {
    const { region, profile, assumeRoles, defaultTags, ownerTag, allowedAccountIds, forbiddenAccountIds } =
      args;
    const own: Record<string, pulumi.Input<string> | undefined> = {
      region,
      profile,
      assumeRoles: json(assumeRoles),
      defaultTags: json(defaultTags && { tags: defaultTags }),
      ownerTag: json(ownerTag),
      allowedAccountIds: json(allowedAccountIds),
      forbiddenAccountIds: json(forbiddenAccountIds),
    };
    const declared = Object.entries(own).filter(([, value]) => value !== undefined);
    const props = Object.fromEntries(declared.map(([key, value]) => [`aws-users:${key}`, value]));
    super("pulumi-nodejs", name, { ...stackConfig(), ...props }, options);
  }
}

/** Settings of the stack that may hold what is nobody else's business. */
const CONFIDENTIAL = ["accessKey", "secretKey", "token", "assumeRole", "assumeRoles"];
const PUBLIC = ["region", "profile", "defaultTags", "ownerTag", "allowedAccountIds", "forbiddenAccountIds"];

/**
 * An explicit provider sees nothing of the stack's configuration unless it is handed over. What it does not read stays
 * out of its state, for it may be secret.
 */
function stackConfig(): Record<string, pulumi.Input<string>> {
  const all = pulumi.runtime.allConfig();
  const read = (keys: readonly string[], as: (value: string) => pulumi.Input<string>) =>
    keys
      .flatMap((key) => [`aws:${key}`, `aws-users:${key}`])
      .flatMap((key) => (all[key] === undefined ? [] : [[key, as(all[key])] as const]));
  return Object.fromEntries([...read(PUBLIC, (value) => value), ...read(CONFIDENTIAL, pulumi.secret)]);
}

function json(value: pulumi.Input<unknown> | undefined): pulumi.Output<string> | undefined {
  return value === undefined ? undefined : pulumi.output(value).apply((known) => JSON.stringify(known));
}
