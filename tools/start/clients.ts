import { ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { IAMClient } from "@aws-sdk/client-iam";
import { MemoryDBClient } from "@aws-sdk/client-memorydb";
import { RekognitionClient } from "@aws-sdk/client-rekognition";
import type { ClientConfig } from "./account";

/** One SDK client for each of the four services. */
export interface Clients {
  readonly memorydb: MemoryDBClient;
  readonly elasticache: ElastiCacheClient;
  readonly iam: IAMClient;
  readonly rekognition: RekognitionClient;
}

/** The clients by which the job looks at AWS past Pulumi. */
export function createClients(config: ClientConfig): Clients {
  return {
    memorydb: new MemoryDBClient({ ...config }),
    elasticache: new ElastiCacheClient({ ...config }),
    iam: new IAMClient({ ...config }),
    rekognition: new RekognitionClient({ ...config }),
  };
}
