import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Answer } from "./answer";
import type { WireRequest } from "./routing";

/** What the server does with a request; undefined cuts the connection. */
export interface Handlers {
  readonly aws: (request: WireRequest) => Promise<Answer | undefined>;
  readonly control: (method: string, path: string, body: string) => Answer;
}

/** An HTTP server that listens on nothing yet: `/_local/` is control, every other path is AWS. */
export function createHttpServer(handlers: Handlers): Server {
  const server = createServer((request, response) => {
    answerTo(request, handlers).then(
      (answer) => (answer ? send(response, answer) : request.socket.destroy()),
      () => request.socket.destroy(),
    );
  });
  // Node's five seconds would now and then cut a connection that a polling client is just about to use again.
  server.keepAliveTimeout = 120_000;
  return server;
}

async function answerTo(request: IncomingMessage, handlers: Handlers): Promise<Answer | undefined> {
  const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
  const body = await bodyOf(request);
  return pathname.startsWith("/_local/")
    ? handlers.control(request.method ?? "GET", pathname, body)
    : handlers.aws({ headers: request.headers, search, body });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
}
