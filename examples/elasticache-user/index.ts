import * as pulumi from "@pulumi/pulumi";
import { elasticache } from "pulumi-aws-users";

const config = new pulumi.Config();

// Logs in with short-lived IAM tokens: there is no password that could leak.
const service = new elasticache.User("service", {
  engine: "valkey",
  accessString: "on ~session:* +@read +@write",
  authentication: { type: "iam" },
});

// A user group for Redis needs a member whose user name is "default"; this one can do nothing.
const nobody = new elasticache.User("nobody", {
  userName: "default",
  engine: "redis",
  accessString: "off ~* -@all",
  authentication: { type: "password", passwords: [config.requireSecret("nobodyPassword")] },
});

export const userIds = [service.userId, nobody.userId];
