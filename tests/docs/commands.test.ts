import assert from "node:assert/strict";
import { Command as Program } from "commander";
import { addDestroyPlanCommand } from "../../cli/destroyPlan";
import { addImportCommand } from "../../cli/import/command";
import { addLeftoversCommand } from "../../cli/leftovers";
import { addLocalCommand } from "../../cli/local";
import { openCommandLine } from "../engine/harness";
import { type Command, commandsInBlocks, commandsInProse } from "./commands";
import { markdownFiles } from "./documents";

const DOCUMENTS = markdownFiles().filter((path) => !path.startsWith("docs/decisions/"));
const COMMANDS = DOCUMENTS.flatMap((document) => [
  ...commandsInBlocks(document),
  ...commandsInProse(document),
]);

describe("The commands in the documentation", () => {
  it("are taken by pulumi-aws-users as they stand", () => {
    const ours = COMMANDS.flatMap((command) => callsIn(command, "(?:npx )?pulumi-aws-users"));
    assert.ok(ours.length >= 15, `${ours.length} commands`);
    const refused = ours.map(({ place, args }) => ({ place, args, reason: refusal(args) }));
    assert.deepEqual(
      refused.filter(({ reason }) => reason !== undefined),
      [],
    );
  });

  it("are taken by pulumi as they stand", async () => {
    const theirs = COMMANDS.flatMap((command) => callsIn(command, "pulumi"));
    const distinct = new Map(theirs.map((call) => [call.args.join(" "), call]));
    assert.ok(distinct.size >= 25, `${distinct.size} commands`);
    const commandLine = await openCommandLine({ env: {} });
    const refused: string[] = [];
    try {
      for (const { place, args } of distinct.values()) {
        // Flags are read from left to right: one that is not known comes before the help.
        const { code, output } = await commandLine.pulumi([...args, "--help"]);
        const isKnown = new RegExp(`^ +pulumi ${args[0]}\\b`, "m").test(output);
        if (code !== 0 || !isKnown) refused.push(`${place}: pulumi ${args.join(" ")}: ${output}`);
      }
    } finally {
      await commandLine.close();
    }
    assert.deepEqual(refused, []);
  });
});

interface Call {
  readonly place: string;
  readonly args: readonly string[];
}

/** The calls of a program within a line of shell, with their arguments. */
function callsIn({ text, place }: Command, program: string): Call[] {
  const word = "(?:'[^']*'|\"[^\"]*\"|[^\\s|&;<>()'\"]+)";
  const call = new RegExp(`(?:^|[|&;(] *|^(?:[A-Z_]+=${word} )+)${program}((?: +${word})+)`, "g");
  return [...text.matchAll(call)].map(([, args = ""]) => ({ place, args: wordsOf(args) }));
}

function wordsOf(text: string): string[] {
  return (text.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll(/^['"]|['"]$/g, ""));
}

/** What the command line says against these arguments, if anything; nothing is carried out. */
function refusal(args: readonly string[]): string | undefined {
  const program = new Program("pulumi-aws-users");
  for (const add of [addDestroyPlanCommand, addImportCommand, addLeftoversCommand, addLocalCommand])
    add(program);
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} });
  }
  for (const command of program.commands) command.action(() => {});
  try {
    program.parse(args, { from: "user" });
    return undefined;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    return code === "commander.helpDisplayed" ? undefined : message;
  }
}
