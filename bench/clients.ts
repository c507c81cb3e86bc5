import { ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { IAMClient } from "@aws-sdk/client-iam";
import { MemoryDBClient } from "@aws-sdk/client-memorydb";
import { RekognitionClient } from "@aws-sdk/client-rekognition";
import type { MeasuredAws } from "./aws";

/** How a client of the measured AWS is made, with sockets enough for all that run at once. */
interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler: { readonly httpAgent: { readonly maxSockets: number; readonly keepAlive: true } };
}

/** Clients that a bare script would use. */
export interface Clients {
  readonly iam: IAMClient;
  readonly memorydb: MemoryDBClient;
  readonly elasticache: ElastiCacheClient;
  readonly rekognition: RekognitionClient;
  close(): void;
}

/** Opens one client a service. */
export function openClients({ endpoint, env }: MeasuredAws, maxSockets: number): Clients {
  const settings: ClientSettings = {
    endpoint,
    region: "us-east-1",
    credentials: {
      accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
    requestHandler: { httpAgent: { maxSockets, keepAlive: true } },
  };
  const clients = {
    iam: new IAMClient(settings),
    memorydb: new MemoryDBClient(settings),
    elasticache: new ElastiCacheClient(settings),
    rekognition: new RekognitionClient(settings),
  };
  return {
    ...clients,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
