import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A way to an AWS for one process alone, so that only that process meets what happens on it. */
export interface Gate {
  readonly endpoint: string;
  /** From now on requests that match are cut off and do not get through; undefined lets all through. */
  refuse(requests: RegExp | undefined): void;
  /** How many requests did not get through so far. */
  refused(): number;
  close(): Promise<void>;
}

/** Opens a gate to the AWS at this endpoint. */
export async function openGate(target: string): Promise<Gate> {
  let pattern: RegExp | undefined;
  let refused = 0;
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const { method, url, headers } = incoming;
    if (pattern?.test(`${headers["x-amz-target"]} ${body}`)) {
      refused += 1;
      incoming.socket.destroy();
      return;
    }
    request(`${target}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    })
      .on("error", () => outgoing.destroy())
      .end(body);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuse: (requests) => {
      pattern = requests;
    },
    refused: () => refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
