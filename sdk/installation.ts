import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

const PROVIDER = "pulumi-aws-users/provider";

/**
 * Makes sure that Pulumi will find the provider of users. It looks for it from the folder of the Pulumi project, in
 * processes of its own, whoever has imported this package.
 *
 * @throws pulumi.RunError where it will not, with what to do.
 */
export function assertInstalled(): void {
  // A program that is part of a process of its own may be run for a project that is elsewhere.
  if (!/[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run(?:[\\/]|$)/.test(process.argv[1] ?? "")) return;
  if ("pnp" in process.versions) {
    throw new pulumi.RunError(
      "pulumi-aws-users: Pulumi's dynamic providers do not find packages under Yarn's Plug'n'Play. Write " +
        "`nodeLinker: node-modules` into .yarnrc.yml and run `yarn install`.",
    );
  }
  const folder = process.cwd();
  if (resolves(folder)) return;
  throw new pulumi.RunError(
    `pulumi-aws-users is not installed for the Pulumi project in ${folder}: only another package depends on it, and ` +
      "Pulumi runs the users' provider from the project. Make it a direct dependency of the project, with " +
      "`npm install pulumi-aws-users` there or as your package manager does it.",
  );
}

function resolves(folder: string): boolean {
  try {
    createRequire(join(folder, "program.js")).resolve(PROVIDER);
    return true;
  } catch {
    return false;
  }
}
