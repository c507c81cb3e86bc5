// Sets up what is missing, then does what is asked: `node tools/run.mjs JOB [arguments]`, with a job of setup/jobs.mjs.
// Runs on a fresh clone, so neither this file nor tools/setup uses anything that must be installed or compiled.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installDependencies } from "./setup/dependencies.mjs";
import { setUpEngine } from "./setup/engine.mjs";
import { jobs } from "./setup/jobs.mjs";
import { checkNode } from "./setup/node.mjs";
import { compileSources } from "./setup/sources.mjs";
import { SetupError, sayFailure } from "./setup/step.mjs";

async function main([name, ...args]) {
  const project = join(dirname(fileURLToPath(import.meta.url)), "..");
  checkNode(
    process.versions.node,
    JSON.parse(readFileSync(join(project, "package.json"), "utf8")).engines.node,
  );
  if (!Object.hasOwn(jobs, name)) {
    throw new SetupError(`"${name}" is not a job of this project.`, `Jobs: ${Object.keys(jobs).join(", ")}.`);
  }
  await installDependencies(project);
  await compileSources(project);
  const engine = await setUpEngine(project);
  return jobs[name]({ project, engine }, args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  sayFailure(error);
  process.exitCode = 1;
}
