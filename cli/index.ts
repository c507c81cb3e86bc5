#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { addDestroyPlanCommand } from "./destroyPlan";
import { addImportCommand } from "./import/command";
import { addLeftoversCommand } from "./leftovers";
import { addLocalCommand } from "./local";

const program = new Command("pulumi-aws-users")
  .description("Users that AWS services keep, as Pulumi resources: what helps beside a Pulumi program.")
  .version(versionOfPackage(), "--version", "print the version of this package")
  .showHelpAfterError("(add --help for what can be given)");

addDestroyPlanCommand(program);
addImportCommand(program);
addLeftoversCommand(program);
addLocalCommand(program);

// A reader that has seen enough, as head, is no error: how the command ends is said by its exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});

function versionOfPackage(): string {
  return JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")).version;
}
