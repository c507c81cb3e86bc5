/** Users of AWS services as Pulumi resources. */

export * as elasticache from "./elasticache";
export * as iam from "./iam";
export * as memorydb from "./memorydb";
export { type AssumeRoleArgs, Provider, type ProviderArgs } from "./provider";
export * as rekognition from "./rekognition";
export type { CommonUserArgs, RegionalUserArgs, TimeoutsArgs } from "./userResource";
