import type * as pulumi from "@pulumi/pulumi";
import { type CommonUserArgs, UserResource } from "./userResource";

/** The kinds of things that block the deletion of an IAM user, each `true` where it may be purged. */
export interface ForceDestroyArgs {
  /** The password for the console. */
  loginProfile?: pulumi.Input<boolean>;
  /** For programs: up to two for each user. */
  accessKeys?: pulumi.Input<boolean>;
  /** X.509 certificates, for old interfaces of EC2. */
  signingCertificates?: pulumi.Input<boolean>;
  /** Of CodeCommit. */
  sshPublicKeys?: pulumi.Input<boolean>;
  /** User names and passwords for CodeCommit, Keyspaces, Bedrock and others. */
  serviceSpecificCredentials?: pulumi.Input<boolean>;
  /** Deactivated; virtual ones are deleted as well. */
  mfaDevices?: pulumi.Input<boolean>;
  /** Policies that are part of the user, and go with it. */
  inlinePolicies?: pulumi.Input<boolean>;
  /** Detached; the policies stay. */
  attachedPolicies?: pulumi.Input<boolean>;
  /** The user leaves them; the groups stay. */
  groups?: pulumi.Input<boolean>;
}

/** Arguments of {@link User}. */
export interface UserArgs extends CommonUserArgs {
  /**
   * 1 to 64 characters: letters, digits and `_ + = , . @ -`, unique in the account whatever the case. Default: the
   * resource's name and a short hash. Replaces the user when changed.
   */
  userName?: pulumi.Input<string>;
  /** Begins and ends with `/`. Default `/`. */
  path?: pulumi.Input<string>;
  /** The ARN of the policy that bounds the user's permissions. */
  permissionsBoundary?: pulumi.Input<string>;
  /** At most 50 tags; those of `aws:defaultTags` are added. AWS keeps no tag secret, and neither does `tagsAll`. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * What a destroy may purge when it blocks the deletion: everything (`true`), or the kinds that are named. The destroy
   * reads it from the state, so `pulumi up` must have run with it. Default `false`: a destroy that is blocked fails and
   * lists what blocks.
   */
  forceDestroy?: pulumi.Input<boolean | ForceDestroyArgs>;
  /** Only picks the partition (commercial, China, GovCloud) in which the account is; see {@link RegionalUserArgs}. */
  region?: pulumi.Input<string>;
}

/**
 * A user of AWS Identity and Access Management. Deleting it returns when AWS says that the user is gone; a user that
 * somebody made again under the same name is left alone.
 *
 * ```ts
 * import { iam } from "pulumi-aws-users";
 *
 * new iam.User("deployer", { path: "/ci/", forceDestroy: true, tags: { team: "build" } });
 * ```
 *
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
 */
export class User extends UserResource {
  /** Unique in the account whatever the case; also the resource's `id`. */
  declare readonly userName: pulumi.Output<string>;
  /** Begins and ends with `/`. */
  declare readonly path: pulumi.Output<string>;
  /** The ARN of the policy that bounds the user's permissions, where one was declared. */
  declare readonly permissionsBoundary: pulumi.Output<string | undefined>;
  /** The user's own tags, without those of `aws:defaultTags`. */
  declare readonly tags: pulumi.Output<Record<string, string> | undefined>;
  /** All tags that the user is to have, the default tags of the stack included. */
  declare readonly tagsAll: pulumi.Output<Record<string, string> | undefined>;
  /** What a destroy may purge, as the last `up` noted it. */
  declare readonly forceDestroy: pulumi.Output<boolean | pulumi.Unwrap<ForceDestroyArgs> | undefined>;
  /** The region whose partition the account is in; IAM users are in all regions. */
  declare readonly region: pulumi.Output<string>;
  /** `arn:aws:iam::ACCOUNT:user/PATH/NAME`; it follows a change of the path. */
  declare readonly arn: pulumi.Output<string>;
  /** AWS's own id of the user, such as `AIDACKCEVSQ6C2EXAMPLE`: never used again for another user. */
  declare readonly uniqueId: pulumi.Output<string>;
  /** ISO 8601. */
  declare readonly createDate: pulumi.Output<string>;
  /** ISO 8601; undefined as long as nobody logged in with the user's password. */
  declare readonly passwordLastUsed: pulumi.Output<string | undefined>;

  /**
   * @param name unique among the users of this kind in the stack
   * @throws pulumi.RunError for the options `import` and `id`, which do not work for dynamic resources
   */
  constructor(name: string, args: UserArgs = {}, options?: pulumi.CustomResourceOptions) {
    super("iam", name, args, OUTPUTS, options);
  }
}

const OUTPUTS = [
  "userName",
  "path",
  "permissionsBoundary",
  "tags",
  "tagsAll",
  "forceDestroy",
  "region",
  "arn",
  "uniqueId",
  "createDate",
  "passwordLastUsed",
];
