/** The command behind `npm run python`: prints the Python that has moto and botocore, and nothing else, on stdout. */
import { PythonNotReady, readyPython } from "./index";

async function main(): Promise<void> {
  process.stdout.write(`${await readyPython((line) => process.stderr.write(`${line}\n`))}\n`);
}

main().catch((error: unknown) => {
  if (!(error instanceof PythonNotReady)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
