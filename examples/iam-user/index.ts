import { iam } from "pulumi-aws-users";

// People give this user keys and policies by hand. A destroy may take away those that are named here; anything else,
// such as a password for the console, stops it with a list of what it has found.
const deployer = new iam.User("deployer", {
  path: "/ci/",
  tags: { team: "build" },
  forceDestroy: { accessKeys: true, inlinePolicies: true, attachedPolicies: true, groups: true },
  timeouts: { delete: "5m" },
});

export const userName = deployer.userName;
export const arn = deployer.arn;
export const uniqueId = deployer.uniqueId;
