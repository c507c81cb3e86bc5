/**
 * Loaded into every Node.js process of a measured run by NODE_OPTIONS; in the one that runs the provider it notes when
 * the first call was answered, how much memory it took at most, and which AWS clients it has loaded.
 */
import { subscribe } from "node:diagnostics_channel";
import { renameSync, writeFileSync } from "node:fs";

const file = process.env["BENCH_HOST_RECORD"];
if (file && /dynamic-provider/.test(process.argv[1] ?? "")) record(file);

function record(target: string): void {
  let firstAnswerMs: number | undefined;
  // Read while this process may still be there: whole, or as it was before.
  const draft = `${target}.${process.pid}`;
  const write = () => {
    const clients = new Set(
      Object.keys(require.cache).flatMap((path) => /@aws-sdk[\\/](client-[a-z-]+)/.exec(path)?.[1] ?? []),
    );
    const maxRssMb = process.resourceUsage().maxRSS / 1_024;
    writeFileSync(draft, JSON.stringify({ firstAnswerMs, maxRssMb, clients: [...clients] }));
    renameSync(draft, target);
  };
  subscribe("http.client.response.finish", () => {
    if (firstAnswerMs !== undefined) return;
    firstAnswerMs = performance.now();
    write();
  });
  setInterval(write, 500).unref();
}
