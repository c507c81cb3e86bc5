import type { Command } from "commander";
import { destroyPlanSchema, planDestroy } from "../plan";
import { planText } from "./destroyPlanText";
import { withProgress } from "./progress";

interface DestroyPlanFlags {
  readonly stack?: string;
  readonly cwd?: string;
  readonly json?: boolean;
  readonly schema?: boolean;
}

const HELP = `
Nothing is changed, in AWS or in the stack's state. The credentials are those that destroy uses.

Exit codes:
  0  nothing blocks destroy; users that it leaves in AWS are named
  2  something blocks it, or a run was interrupted while creating a user that destroy does not know
  1  an error: no stack, no credentials, an endpoint that does not answer

Examples:
  $ pulumi-aws-users destroy-plan                       the selected stack of the project in this folder
  $ pulumi-aws-users destroy-plan --stack dev --cwd infra
  $ pulumi-aws-users destroy-plan --json | jq '.users[] | select(.outcome == "blocked")'
  $ pulumi-aws-users destroy-plan --schema > destroy-plan.schema.json
  $ pulumi-aws-users destroy-plan && pulumi destroy --yes`;

/** Adds the command `destroy-plan`, which says what a destroy will do with the users of a stack. */
export function addDestroyPlanCommand(program: Command): void {
  program
    .command("destroy-plan")
    .description("Show what pulumi destroy will do with the AWS users of a stack, without changing anything.")
    .option("--stack <name>", "the stack; the selected one by default")
    .option("--cwd <folder>", "the folder of the Pulumi project; the current one by default")
    .option("--json", "print one JSON document")
    .option("--schema", "print the JSON schema of that document, and do nothing else")
    .addHelpText("after", HELP)
    .action(run);
}

async function run({ stack, cwd, json, schema }: DestroyPlanFlags): Promise<void> {
  if (schema) {
    print(destroyPlanSchema());
    return;
  }
  const plan = await withProgress("Reading the stack", (onProgress) =>
    planDestroy({ stack, cwd, onProgress }),
  );
  if (json) print(plan);
  else process.stdout.write(planText(plan, process.stdout, Date.now()));
  process.exitCode = plan.verdict === "clear" ? 0 : 2;
}

function print(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
}
