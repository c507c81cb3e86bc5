import { join } from "node:path";
import { PROJECT_FOLDER } from "../tools/project";

/** The `pulumi-aws-users` command, as compiled. */
export const PROGRAM = join(PROJECT_FOLDER, "dist/cli/index.js");
