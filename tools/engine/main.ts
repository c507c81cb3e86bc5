/** The command behind `npm run engine`: prints the folder that holds `pulumi`, and nothing else, on stdout. */
import { readyEngine } from "./index";
import { EngineNotFound } from "./source";

async function main(): Promise<void> {
  const { folder } = await readyEngine((line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${folder}\n`);
}

main().catch((error: unknown) => {
  if (!(error instanceof EngineNotFound)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
