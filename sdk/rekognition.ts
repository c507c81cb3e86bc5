import type * as pulumi from "@pulumi/pulumi";
import { type CommonUserArgs, type RegionalUserArgs, UserResource } from "./userResource";

/** Arguments of {@link User}. */
export interface UserArgs extends CommonUserArgs, RegionalUserArgs {
  /**
   * The collection that the user is in, which must exist: 1 to 255 characters, letters, digits and `_ . -`. Replaces the
   * user when changed.
   */
  collectionId: pulumi.Input<string>;
  /**
   * 1 to 128 characters: letters, digits and `_ . - :`; case matters. Default: the resource's name and a short hash.
   * Replaces the user when changed.
   */
  userId?: pulumi.Input<string>;
  /**
   * The faces of the collection that are the user's, in any order, at most 100; others are taken from it, and an empty
   * list means none. Left out, the user keeps the faces that it has, and nobody looks at them.
   */
  faceIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * How sure Rekognition must be, from 0 to 100, that a face to be associated is the person that the user's faces show.
   * Changing it alone changes nothing in AWS. Default: AWS's, 75.
   */
  userMatchThreshold?: pulumi.Input<number>;
  /**
   * `true` erases the person: the faces that the user has when it is destroyed, or replaced, are deleted from the
   * collection after it, but for those that the program declares. Read from the state, so `pulumi up` must have run with
   * it. Default `false`: they stay in the collection, free for other users.
   */
  forceDestroy?: pulumi.Input<boolean>;
}

/**
 * A user of Amazon Rekognition: a person in a collection. Deleting it sets its faces free and returns when AWS does not
 * list it any more; the faces stay in the collection, unless `forceDestroy` says otherwise.
 *
 * ```ts
 * import { rekognition } from "pulumi-aws-users";
 *
 * new rekognition.User("visitor", { collectionId: "lobby" });
 * new rekognition.User("member", {
 *   collectionId: "lobby",
 *   faceIds: ["11111111-2222-3333-4444-555555555555"],
 *   forceDestroy: true,
 * });
 * ```
 *
 * https://docs.aws.amazon.com/rekognition/latest/APIReference/API_CreateUser.html
 */
export class User extends UserResource {
  /** Where the user is, such as `eu-central-1`: as declared, else as found when it was created. */
  declare readonly region: pulumi.Output<string>;
  /** The collection that the user is in. */
  declare readonly collectionId: pulumi.Output<string>;
  /** Unique in the collection; the resource's `id` is `collectionId/userId`. */
  declare readonly userId: pulumi.Output<string>;
  /** The faces that the user has, where they were declared. */
  declare readonly faceIds: pulumi.Output<string[] | undefined>;
  /** From 0 to 100, where it was declared. */
  declare readonly userMatchThreshold: pulumi.Output<number | undefined>;
  /** Whether a destroy deletes the user's faces, as the last `up` noted it. */
  declare readonly forceDestroy: pulumi.Output<boolean | undefined>;
  /** `CREATED` without faces, `ACTIVE` with faces. */
  declare readonly status: pulumi.Output<string>;

  /**
   * @param name unique among the users of this kind in the stack
   * @throws pulumi.RunError for the options `import` and `id`, which do not work for dynamic resources
   */
  constructor(name: string, args: UserArgs, options?: pulumi.CustomResourceOptions) {
    super("rekognition", name, args, OUTPUTS, options);
  }
}

const OUTPUTS = ["region", "userId", "faceIds", "userMatchThreshold", "forceDestroy", "status"];
