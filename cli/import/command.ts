import { type Command, InvalidArgumentError, Option } from "commander";
import { profileOption, regionOption, servicesOption } from "../flags";
import type { WantedTag } from "./live";
import type { ImportFlags } from "./run";

const EXAMPLES = `
Examples:
  $ pulumi-aws-users import --service iam --out imported
        all IAM users of the account
  $ pulumi-aws-users import --service memorydb,elasticache --region eu-central-1 --tag team=build --out imported
        the users of one region with a tag
  $ pulumi-aws-users import --service iam --match 'ci-*' --profile staging --out imported
        those with a name that begins with ci-
  $ pulumi-aws-users import --service rekognition --collection lobby --out imported
        the users of a collection

It changes nothing in AWS and in no stack: it writes an import file and a program, and prints what to run next.`;

/** Adds the command `import`, which writes what takes users that exist into a stack. */
export function addImportCommand(program: Command): void {
  program
    .command("import")
    .description(
      "Write an import file and a program for users that exist in AWS, to manage them from now on.",
    )
    .addOption(servicesOption().makeOptionMandatory())
    .addOption(regionOption())
    .addOption(profileOption())
    .option("--match <glob>", "only users whose name (or user id) matches, such as 'ci-*'", glob)
    .addOption(
      new Option("--tag <key=value>", "only users with this tag; may be repeated, all must be there")
        .argParser(tag)
        .default([], "any tags"),
    )
    .option("--collection <id>", "the collection of Rekognition users")
    .requiredOption("--out <folder>", "where to write; it is made, and no file in it is overwritten")
    .addHelpText("after", EXAMPLES)
    .action(async (flags: ImportFlags) => (await import("./run.js")).runImport(flags));
}

function glob(text: string): string {
  if (text !== "") return text;
  throw new InvalidArgumentError("It needs a pattern such as 'ci-*'.");
}

function tag(text: string, before: readonly WantedTag[]): readonly WantedTag[] {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key !== undefined && value !== undefined) return [...before, { key, value }];
  throw new InvalidArgumentError("It needs a key and a value, such as team=build.");
}
