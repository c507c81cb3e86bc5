import { type Block, blocksOf, proseOf } from "./documents";

/** A command that a document tells its readers to run. */
export interface Command {
  readonly text: string;
  /** Where it stands, as `README.md:12`, or the document alone for one within a sentence. */
  readonly place: string;
  /** What the document shows of its output, for a command after a `$`. */
  readonly shown?: string;
}

/** The commands in the blocks of a document, in order: in those of `sh` all lines, in those of output what was typed. */
export function commandsInBlocks(document: string): Command[] {
  const typed = blocksOf(document, "sh").flatMap((block) => commandsOf(block, linesOf(block.code)));
  const shown = blocksOf(document, "").flatMap((block) => commandsOf(block, typedIn(block.code)));
  const line = ({ place }: Command) => Number(place.split(":").at(-1));
  return [...typed, ...shown].toSorted((one, other) => line(one) - line(other));
}

/** The commands within the sentences of a document, each once, in order: a program's name alone is none. */
export function commandsInProse(document: string): Command[] {
  const programs = /`((?:[A-Z_]+=\S+ )*(?:pulumi|npm|npx|node|git|aws) [^`]+)`/g;
  const texts = [...proseOf(document).matchAll(programs)].map(([, text = ""]) =>
    text.replaceAll(/\s+/g, " "),
  );
  return [...new Set(texts)].map((text) => ({ text, place: document }));
}

interface Line {
  readonly text: string;
  /** From 0, within its block. */
  readonly index: number;
  readonly shown?: string;
}

function commandsOf({ document, line }: Block, lines: readonly Line[]): Command[] {
  return lines.map(({ index, ...command }) => ({ ...command, place: `${document}:${line + index}` }));
}

/** Whole commands without their comments; a line that ends in `\` or `|` goes on in the next. */
function linesOf(code: string): Line[] {
  const lines: Line[] = [];
  let begun: Line | undefined;
  for (const [index, line] of code.split("\n").entries()) {
    const text = line.replace(/(^|\s+)# .*$/, "").trim();
    const whole = begun === undefined ? { text, index } : { ...begun, text: `${begun.text} ${text}` };
    const goesOn = /[\\|]$/.test(text);
    begun = goesOn ? { ...whole, text: whole.text.replace(/\\$/, "").trimEnd() } : undefined;
    if (!goesOn && whole.text !== "") lines.push(whole);
  }
  return lines;
}

/** What stands after a `$`, and commands that the output says to go on with. */
function typedIn(code: string): Line[] {
  const lines = code.split("\n");
  return lines.flatMap((line, index) => {
    const [, typed, next] = /^(?:\$ (.*)| {2}((?:pulumi|npx) .*))$/.exec(line) ?? [];
    if (typed === undefined) return next === undefined ? [] : [{ text: next, index }];
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((other) => other.startsWith("$ "));
    return [{ text: typed, index, shown: rest.slice(0, end < 0 ? undefined : end).join("\n") }];
  });
}
