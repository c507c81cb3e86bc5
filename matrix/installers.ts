import { join } from "node:path";
import { npm, run } from "./npm";
import type { Files } from "./project";
import { installed, newestOf } from "./tools";

/** A package manager in one of its ways to lay out node_modules. */
export interface Installer {
  readonly title: string;
  /** Its settings, in the folder where it is run. */
  readonly files?: Files;
  /** Installs what the package.json of a folder asks for. */
  install(folder: string): Promise<unknown>;
}

export const NPM: Installer = {
  title: "npm",
  install: (folder) => npm(folder, "install", "--prefer-offline", "--no-audit", "--no-fund"),
};

export const PNPM_ISOLATED = pnpm("isolated");
export const PNPM_HOISTED = pnpm("hoisted");
export const YARN_NODE_MODULES = yarn("node-modules");
export const YARN_PNP = yarn("pnp");

function pnpm(nodeLinker: "isolated" | "hoisted"): Installer {
  return {
    title: `pnpm, ${nodeLinker}`,
    // Nothing here needs the scripts of a dependency.
    files: {
      "pnpm-workspace.yaml": `nodeLinker: ${nodeLinker}\npackages: ["packages/*"]\nstrictDepBuilds: false\n`,
    },
    install: async (folder) => {
      const command = join(await installed("pnpm", await newestOf("pnpm")), "../.bin/pnpm");
      return run(folder, command, ["install", "--no-frozen-lockfile"]);
    },
  };
}

function yarn(nodeLinker: "node-modules" | "pnp"): Installer {
  return {
    title: `yarn, ${nodeLinker}`,
    files: { ".yarnrc.yml": `nodeLinker: ${nodeLinker}\nenableTelemetry: false\n`, "yarn.lock": "" },
    install: async (folder) => {
      const script = join(
        await installed("@yarnpkg/cli-dist", await newestOf("@yarnpkg/cli-dist", "4")),
        "bin/yarn.js",
      );
      // Yarn does not read npm's settings.
      const registry = (await npm(folder, "config", "get", "registry")).trim();
      return run(folder, process.execPath, [script, "install", "--no-immutable"], {
        YARN_NPM_REGISTRY_SERVER: registry,
      });
    },
  };
}
