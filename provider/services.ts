import type { UserKind } from "./kind";
import type { Service } from "./service";

/** The services that have users, each with its kind of user; none is loaded before it is asked for. */
export const SERVICES: Readonly<Record<Service, () => Promise<UserKind>>> = {
  memorydb: async () => (await import("./memorydb/kind.js")).memoryDbUser,
  elasticache: async () => (await import("./elasticache/kind.js")).elastiCacheUser,
  iam: async () => (await import("./iam/kind.js")).iamUser,
  rekognition: async () => (await import("./rekognition/kind.js")).rekognitionUser,
};
