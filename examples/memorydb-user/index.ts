import * as pulumi from "@pulumi/pulumi";
import { memorydb } from "pulumi-aws-users";

const config = new pulumi.Config();

// Two passwords are valid at the same time: add the new one, move the clients, then take the old one away.
const passwords = config.requireSecretObject<string[]>("passwords");

const reader = new memorydb.User("reader", {
  userName: `reader-${pulumi.getStack()}`,
  accessString: "on ~app:* +@read",
  authentication: { type: "password", passwords },
  tags: { team: "search" },
});

export const userName = reader.userName;
export const arn = reader.arn;
export const acls = reader.aclNames;
