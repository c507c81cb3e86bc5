import type * as pulumi from "@pulumi/pulumi";
import {
  type CommonUserArgs,
  type RegionalUserArgs,
  UserResource,
  withSecretPasswords,
} from "./userResource";

/** How an ElastiCache user proves who it is. */
export interface AuthenticationArgs {
  /** `password`, `iam` (then `userName` equals `userId`), or `no-password-required` (with engine `redis` only). */
  type: pulumi.Input<"password" | "iam" | "no-password-required">;
  /**
   * With type `password`: one or two different passwords of 16 to 128 printable ASCII characters without spaces and
   * without `,` `"` `/` `@`. Secret; AWS never shows them. A user that was imported without them keeps those it has as
   * long as they are left out.
   */
  passwords?: pulumi.Input<pulumi.Input<string>[]>;
}

/** Arguments of {@link User}. */
export interface UserArgs extends CommonUserArgs, RegionalUserArgs {
  /**
   * 1 to 40 characters: lower-case letters, digits and single hyphens, beginning with a letter. Default: the resource's
   * name and a short hash. Replaces the user when changed.
   */
  userId?: pulumi.Input<string>;
  /**
   * The name that clients log in with: 1 to 120 characters without spaces. Default: the `userId`. Replaces the user
   * when changed; the old user is deleted first, for it keeps its id.
   */
  userName?: pulumi.Input<string>;
  /** `redis` or `valkey`. */
  engine: pulumi.Input<"redis" | "valkey">;
  /**
   * What the user may do, such as `on ~app:* +@read`. Tokens: `on` and `off` (the default); keys `~pattern`, and with
   * engines from version 7 on `%R~pattern`, `%W~pattern` and selectors `(~pattern +get)`; channels `&pattern`; commands
   * `+get`, `-config|set`, `+@category`; `allkeys`, `resetkeys`, `allchannels`, `resetchannels`, `allcommands`,
   * `nocommands`. All else is refused, passwords and `reset` among it. Where no channel is named, the cluster's
   * `acl-pubsub-default` decides. AWS rewrites access strings; what means the same is no difference.
   */
  accessString: pulumi.Input<string>;
  /** How the user proves who it is. A change replaces the passwords as a whole, in place. */
  authentication: pulumi.Input<AuthenticationArgs>;
  /** At most 50 tags; those of `aws:defaultTags` are added. AWS keeps no tag secret, and neither does `tagsAll`. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * A user of Amazon ElastiCache. Deleting it takes it out of its user groups, and returns when AWS says that the user is
 * gone. The `default` member of a group of engine redis can be deleted only after the group, or once the group has
 * another.
 *
 * ```ts
 * import { elasticache } from "pulumi-aws-users";
 *
 * new elasticache.User("cache", { engine: "valkey", accessString: "on ~* +@all", authentication: { type: "iam" } });
 * ```
 *
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html
 */
export class User extends UserResource {
  /** Where the user is, such as `eu-central-1`: as declared, else as found when it was created. */
  declare readonly region: pulumi.Output<string>;
  /** Unique in the region whatever its engine; also the resource's `id`. */
  declare readonly userId: pulumi.Output<string>;
  /** The name that clients log in with. */
  declare readonly userName: pulumi.Output<string>;
  /** `redis` or `valkey`. */
  declare readonly engine: pulumi.Output<string>;
  /** As declared; AWS keeps the same in other words. */
  declare readonly accessString: pulumi.Output<string>;
  /** The passwords within are secret. */
  declare readonly authentication: pulumi.Output<pulumi.Unwrap<AuthenticationArgs>>;
  /** The user's own tags, without those of `aws:defaultTags`. */
  declare readonly tags: pulumi.Output<Record<string, string> | undefined>;
  /** All tags that the user is to have, the default tags of the stack included. */
  declare readonly tagsAll: pulumi.Output<Record<string, string> | undefined>;
  /** `arn:aws:elasticache:REGION:ACCOUNT:user:ID`. */
  declare readonly arn: pulumi.Output<string>;
  /** `active` when all went well. */
  declare readonly status: pulumi.Output<string>;
  /** The oldest version of the engine that the user works with, such as `6.0`; with type `iam` `7.0`. */
  declare readonly minimumEngineVersion: pulumi.Output<string>;
  /** The user groups that the user is in. */
  declare readonly userGroupIds: pulumi.Output<string[]>;
  /** How many passwords AWS holds. */
  declare readonly passwordCount: pulumi.Output<number>;

  /**
   * @param name unique among the users of this kind in the stack
   * @throws pulumi.RunError for the options `import` and `id`, which do not work for dynamic resources
   */
  constructor(name: string, args: UserArgs, options?: pulumi.CustomResourceOptions) {
    const authentication = withSecretPasswords(args.authentication);
    super("elasticache", name, { ...args, authentication } as UserArgs, OUTPUTS, options);
  }
}

const OUTPUTS = [
  "region",
  "userId",
  "userName",
  "tags",
  "tagsAll",
  "arn",
  "status",
  "minimumEngineVersion",
  "userGroupIds",
  "passwordCount",
  "observedAccessString",
];
