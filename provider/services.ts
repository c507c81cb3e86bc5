import type { UserKind } from "./kind";
import type { Service } from "./service";

/** The services that have users, each with its kind of user; none is loaded before it is asked for. */
export const SERVICES = {
  memorydb: async (): Promise<UserKind> => (await import("./memorydb/kind.js")).memoryDbUser,
  elasticache: async (): Promise<UserKind> => (await import("./elasticache/kind.js")).elastiCacheUser,
  iam: async (): Promise<UserKind> => (await import("./iam/kind.js")).iamUser,
  rekognition: async (): Promise<UserKind> => (await import("./rekognition/kind.js")).rekognitionUser,
} as const satisfies Record<Service, () => Promise<UserKind>>;
