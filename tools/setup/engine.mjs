import { join } from "node:path";
import { capture, SetupError } from "./step.mjs";

/** The folder that holds the `pulumi` executable; finds it, or sets an engine up. Needs compiled sources. */
export async function setUpEngine(project) {
  const program = join(project, "dist/tools/engine/main.js");
  const { code, stdout } = await capture(process.execPath, [program], { cwd: project, showErrors: true });
  if (code === 0) return stdout.trim();
  throw new SetupError("Without a Pulumi engine there is nothing to run stacks with.");
}
