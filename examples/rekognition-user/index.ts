import * as pulumi from "@pulumi/pulumi";
import { rekognition } from "pulumi-aws-users";

const config = new pulumi.Config();
const collectionId = config.require("collectionId");

const visitors = config
  .requireObject<string[]>("visitors")
  .map((userId) => new rekognition.User(userId, { collectionId, userId }));

export const statuses = visitors.map(({ status }) => status);
