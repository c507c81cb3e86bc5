/**
 * Users of AWS services as Pulumi resources: what a program imports.
 *
 * @module pulumi-aws-users
 */

export * as elasticache from "./elasticache";
export * as iam from "./iam";
export * as memorydb from "./memorydb";
export { type AssumeRoleArgs, Provider, type ProviderArgs } from "./provider";
/** Users of Amazon Rekognition. */
export * as rekognition from "./rekognition";
export type { CommonUserArgs, RegionalUserArgs, TimeoutsArgs } from "./userResource";
