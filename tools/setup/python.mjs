import { join } from "node:path";
import { capture } from "./step.mjs";

/** A Python with moto and botocore, or undefined when there can be none; why is said on stderr. */
export async function setUpPython(project) {
  const program = join(project, "dist/tools/python/main.js");
  const { code, stdout } = await capture(process.execPath, [program], { cwd: project, showErrors: true });
  return code === 0 ? stdout.trim() : undefined;
}
