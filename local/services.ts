import { createElastiCache } from "./elasticache";
import { createIam } from "./iam";
import { createMemoryDb } from "./memorydb";
import { createRekognition } from "./rekognition";
import type { LocalService, Settings } from "./service";
import { createSts } from "./sts";

/** Every service that the local AWS speaks for, each with nothing in it. */
export function createServices(settings: Settings): readonly LocalService[] {
  return [createIam, createSts, createMemoryDb, createElastiCache, createRekognition].map((create) =>
    create(settings),
  );
}
