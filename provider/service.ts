/** The name of a service that has users, as in `pulumi-aws-users/provider` and in the types of resources. */
export type Service = "memorydb" | "elasticache" | "iam" | "rekognition";
