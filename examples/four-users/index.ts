import * as pulumi from "@pulumi/pulumi";
import { elasticache, iam, memorydb, rekognition } from "pulumi-aws-users";

const config = new pulumi.Config();

const reader = new memorydb.User("reader", {
  accessString: "on ~app:* +@read",
  authentication: { type: "password", passwords: [config.requireSecret("readerPassword")] },
  tags: { team: "build" },
});

const session = new elasticache.User("session", {
  engine: "valkey",
  accessString: "on ~session:* +@all",
  authentication: { type: "password", passwords: [config.requireSecret("sessionPassword")] },
});

// Whatever is hung on this user meanwhile, access keys or policies, does not stop a destroy.
const deployer = new iam.User("deployer", {
  path: "/ci/",
  forceDestroy: true,
  tags: { team: "build" },
});

const visitor = new rekognition.User("visitor", { collectionId: config.require("collectionId") });

export const readerName = reader.userName;
export const sessionId = session.userId;
export const deployerArn = deployer.arn;
export const visitorId = visitor.userId;
