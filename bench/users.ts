import { secret } from "@pulumi/pulumi";
import { elasticache, iam, memorydb, rekognition } from "../sdk";

/** The services whose users are measured. */
export type Service = "iam" | "memorydb" | "elasticache" | "rekognition";

/** What a measurement has users of; `mixed` are the first three in turns. */
export type Population = Service | "mixed";

/** One user that is to be made. */
export interface WantedUser {
  readonly service: Service;
  readonly name: string;
}

export const COLLECTION_ID = "bench";
export const ACCESS_STRING = "on ~app:* +@read";
export const PASSWORD = "correct-horse-battery-staple";

const MIXED: readonly Service[] = ["iam", "memorydb", "elasticache"];

/** So many users, with names that every service takes. */
export function usersOf(population: Population, count: number): WantedUser[] {
  return Array.from({ length: count }, (_, index) => ({
    service: population === "mixed" ? (MIXED[index % MIXED.length] as Service) : population,
    name: `user-${String(index).padStart(4, "0")}`,
  }));
}

/** Declares a user as a program of this package does. */
export function declare({ service, name }: WantedUser): void {
  switch (service) {
    case "iam":
      new iam.User(name, { userName: name, forceDestroy: true });
      return;
    case "memorydb":
      new memorydb.User(name, { userName: name, accessString: ACCESS_STRING, authentication: passwords() });
      return;
    case "elasticache":
      new elasticache.User(name, {
        userId: name,
        userName: name,
        engine: "valkey",
        accessString: ACCESS_STRING,
        authentication: passwords(),
      });
      return;
    case "rekognition":
      new rekognition.User(name, { collectionId: COLLECTION_ID, userId: name });
  }
}

function passwords() {
  return { type: "password" as const, passwords: [secret(PASSWORD)] };
}
