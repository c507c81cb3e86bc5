/**
 * Loaded into the processes that the engine starts, to write down which lines of this project they ran. Node.js writes
 * that itself at an ordinary exit, but the engine ends dynamic providers by SIGINT; and it would write all of the
 * AWS SDK as well, some megabytes for each of hundreds of processes.
 */
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { join } from "node:path";

const OURS = /\/dist\/(provider|sdk)\//;

const folder = process.env["PULUMI_AWS_USERS_COVERAGE"];
if (folder) record(folder);

function record(target: string): void {
  const session = new Session();
  session.connect();
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  process.on("exit", () => {
    session.post("Profiler.takePreciseCoverage", (error, coverage) => {
      const result = error ? [] : coverage.result.filter(({ url }) => OURS.test(url));
      if (result.length === 0) return;
      writeFileSync(join(target, `coverage-${process.pid}-${Date.now()}-0.json`), JSON.stringify({ result }));
    });
  });
  if (/dynamic-provider/.test(process.argv[1] ?? "")) process.once("SIGINT", () => process.exit());
}
