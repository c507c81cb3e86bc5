import * as pulumi from "@pulumi/pulumi";

/** A role to assume. */
export interface AssumeRoleArgs {
  roleArn: pulumi.Input<string>;
  /** Default `pulumi-aws-users`. */
  sessionName?: pulumi.Input<string>;
  externalId?: pulumi.Input<string>;
  /** Default: one hour. */
  durationSeconds?: pulumi.Input<number>;
}

/** Arguments of {@link Provider}. What is left out is taken from the stack's configuration. */
export interface ProviderArgs {
  /** Where users that declare no region are made. */
  region?: pulumi.Input<string>;
  /** A profile of the shared AWS configuration. */
  profile?: pulumi.Input<string>;
  /** Assumed one after the other. */
  assumeRoles?: pulumi.Input<pulumi.Input<AssumeRoleArgs>[]>;
  /** Tags of each user that can have tags. */
  defaultTags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * Marks each user that can have tags with its project, stack and resource, so that it can be told in AWS whose it is.
   * Needs the permission to tag. Default `false`.
   */
  ownerTag?: pulumi.Input<boolean>;
  /** Credentials of other accounts are refused. */
  allowedAccountIds?: pulumi.Input<pulumi.Input<string>[]>;
  /** Credentials of these accounts are refused. */
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
const CONFIDENTIAL = /:(accessKey|secretKey|token|assumeRoles?)$/;

/** An explicit provider sees nothing of the stack's configuration unless it is handed over. */
function stackConfig(): Record<string, pulumi.Input<string>> {
  const all: [string, string][] = Object.entries(pulumi.runtime.allConfig());
  const ours = all.filter(([key]) => key.startsWith("aws:") || key.startsWith("aws-users:"));
  return Object.fromEntries(
    ours.map(([key, value]) => [key, CONFIDENTIAL.test(key) ? pulumi.secret(value) : value]),
  );
}

function json(value: pulumi.Input<unknown> | undefined): pulumi.Output<string> | undefined {
  return value === undefined ? undefined : pulumi.output(value).apply((known) => JSON.stringify(known));
}
