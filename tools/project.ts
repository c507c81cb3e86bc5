import { resolve } from "node:path";

/** The root of this project, from where its compiled tools are. Its node_modules hold both Pulumi and this package. */
export const PROJECT_FOLDER = resolve(__dirname, "../..");
