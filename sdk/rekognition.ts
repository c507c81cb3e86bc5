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
}

/**
 * A user of Amazon Rekognition: a person in a collection. Deleting it sets its faces free and returns when AWS does not
 * list it any more; the faces stay in the collection.
 *
 * ```ts
 * import { rekognition } from "pulumi-aws-users";
 *
 * new rekognition.User("visitor", { collectionId: "lobby" });
 * ```
 *
 * https://docs.aws.amazon.com/rekognition/latest/APIReference/API_CreateUser.html
 */
export class User extends UserResource {
  declare readonly region: pulumi.Output<string>;
  declare readonly collectionId: pulumi.Output<string>;
  declare readonly userId: pulumi.Output<string>;
  /** `CREATED` without faces, `ACTIVE` with faces. */
  declare readonly status: pulumi.Output<string>;

  constructor(name: string, args: UserArgs, options?: pulumi.CustomResourceOptions) {
    super("rekognition", name, args, OUTPUTS, options);
  }
}

const OUTPUTS = ["region", "userId", "status"];
