import { type Command, Option } from "commander";
import { readSettings } from "../../provider/config";
import type { Service } from "../../provider/service";
import { SERVICES } from "../../provider/services";
import { NoSuchStack, readStack, readStackSettings, type StackState } from "../../stack";
import { profileOption, regionsOption, servicesOption } from "../flags";
import { withProgress } from "../progress";
import { placesOf, taggable, type Whereabouts } from "./places";
import { jsonOf, textOf } from "./report";
import { search } from "./search";

interface LeftoversFlags {
  readonly stack: string;
  readonly project?: string;
  readonly cwd?: string;
  readonly service?: readonly Service[];
  readonly region: readonly string[];
  readonly profile?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Exit code: 0 nothing is left over, 2 something is, 1 not everything could be looked at.

Examples:
  $ pulumi-aws-users leftovers --stack dev                    after a crash, or after a destroy: is anything left?
  $ pulumi-aws-users leftovers --stack dev --region eu-west-1 --region us-east-1
  $ pulumi-aws-users leftovers --stack acme/shop/dev          a stack that has been removed
  $ pulumi-aws-users leftovers --stack dev --project shop     the same
  $ pulumi-aws-users leftovers --stack dev --json | jq -r '.leftovers[].deletion'`;

/** Adds the command `leftovers`, which lists users that carry a stack's mark and are not in its state. */
export function addLeftoversCommand(program: Command): void {
  program
    .command("leftovers")
    .description(
      "List the users in AWS that carry the mark of a stack (see aws-users:ownerTag) and are not in its state. Changes nothing.",
    )
    .requiredOption("--stack <name>", "the stack: a name, or organization/project/name")
    .option("--project <name>", "the project of a stack that has been removed")
    .option("--cwd <folder>", "folder of the Pulumi project; the current one by default")
    .addOption(servicesOption())
    .addOption(regionsOption())
    .addOption(profileOption())
    .addOption(new Option("--json", "print one JSON document"))
    .addHelpText("after", EXAMPLES)
    .action(leftovers);
}

async function leftovers(flags: LeftoversFlags): Promise<void> {
  const services = await taggable(flags.service ?? (Object.keys(SERVICES) as Service[]));
  if (services.length === 0)
    throw new Error("Rekognition users cannot carry tags: none can be found by a mark");
  const report = await withProgress(
    `looking for users with the mark of stack ${flags.stack}`,
    async (doing) => {
      const { stackExists, state, where } = await stackOf(flags);
      const places = await placesOf(services, where);
      const { project, stack } = state;
      return { project, stack, stackExists, ...(await search(places, state, doing)) };
    },
  );
  process.stdout.write(flags.json ? jsonOf(report) : textOf(report));
  process.exitCode = exitCode(report);
}

function exitCode({
  leftovers,
  failures,
}: {
  leftovers: readonly unknown[];
  failures: readonly unknown[];
}): number {
  if (failures.length > 0) return 1;
  return leftovers.length > 0 ? 2 : 0;
}

interface Found {
  readonly stackExists: boolean;
  readonly state: StackState;
  readonly where: Whereabouts;
}

async function stackOf({ stack, project, cwd, region: regions, profile }: LeftoversFlags): Promise<Found> {
  try {
    const state = await readStack({ stack, cwd });
    if (project !== undefined && project !== state.project) {
      throw new Error(`stack ${stack} belongs to project ${state.project}, not ${project}`);
    }
    const settings = await readStackSettings({ stack, cwd });
    return { stackExists: true, state, where: { ...state, settings, regions, profile } };
  } catch (error) {
    if (!(error instanceof NoSuchStack)) throw error;
    const state = removedStack(stack, project, error);
    const settings = readSettings(() => undefined);
    return { stackExists: false, state, where: { ...state, settings, regions, profile } };
  }
}

function removedStack(given: string, declared: string | undefined, error: NoSuchStack): StackState {
  const parts = given.split("/");
  const stack = parts.at(-1) ?? "";
  const project = declared ?? (parts.length === 3 ? parts[1] : undefined);
  if (project !== undefined) return { project, stack, users: [], pending: [], protectedOthers: [] };
  throw new Error(`${error.message} If it has been removed, name the project that it was of by --project.`, {
    cause: error,
  });
}
