/**
 * What stands in every state, and must stay as it is for ever; see docs/decisions/. It needs no Pulumi, for what writes
 * import files has none.
 */

/** The services that have users. */
export type Service = "memorydb" | "elasticache" | "iam" | "rekognition";

/** The type of a service's users. */
export function typeOf(service: Service): string {
  return `pulumi-nodejs:dynamic/aws-users/${service}:User`;
}

/** The text by which Pulumi's dynamic host finds the provider of a service. */
export function providerText(service: Service): string {
  return `exports.handler=()=>require("pulumi-aws-users/provider").${service}`;
}
