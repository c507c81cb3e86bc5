import { connect, type Socket } from "node:net";

/** How soon after a connection was closed the engine is asked for again: gRPC servers cut silent connections. */
const ASK_AGAIN_MS = 200;

let watching = false;

/**
 * Ends this process when the engine that started it is gone. A killed engine leaves its dynamic host alive, which would
 * go on changing users, beside and after the next run that has the same users in its hands.
 *
 * Does nothing in any other process than a dynamic host.
 */
export function endWithEngine(argv: readonly string[] = process.argv): void {
  const address = engineAddress(argv);
  if (watching || address === undefined) return;
  watching = true;
  watch(address);
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** The engine's address, which it gives its dynamic host as the last argument. */
export function engineAddress(argv: readonly string[]): Address | undefined {
  const [, script = "", ...rest] = argv;
  if (!/[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]dynamic-provider\b/.test(script)) return undefined;
  const [, host, port] = /^(127\.0\.0\.1|localhost|\[::1\]):(\d+)$/.exec(rest.at(-1) ?? "") ?? [];
  return host === undefined ? undefined : { host: host.replaceAll(/[[\]]/g, ""), port: Number(port) };
}

/** Holds a connection to the engine; where none can be made any more, nobody listens there. */
function watch(address: Address): Socket {
  const socket = connect(address);
  socket.unref();
  socket.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "ECONNREFUSED") process.exit(1);
  });
  socket.on("close", () => setTimeout(watch, ASK_AGAIN_MS, address).unref());
  socket.resume();
  return socket;
}
