#!/usr/bin/env node
import { Command } from "commander";
import { addDestroyPlanCommand } from "./destroyPlan";
import { addImportCommand } from "./import/command";
import { addLeftoversCommand } from "./leftovers";
import { addLocalCommand } from "./local";

const program = new Command("pulumi-aws-users")
  .description("Users that AWS services keep, as Pulumi resources: what helps beside a Pulumi program.")
  .showHelpAfterError("(add --help for what can be given)");

addDestroyPlanCommand(program);
addImportCommand(program);
addLeftoversCommand(program);
addLocalCommand(program);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
