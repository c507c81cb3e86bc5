import { styleText } from "node:util";
import Table from "cli-table3";
import type { Attachment, DestroyPlan, PlannedUser } from "../plan";
import { by } from "../plan/warnings";
import { ago, titleOf } from "../plan/words";
import { plural } from "../provider/lifecycle/purge";

/** Where the text goes. */
interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

type Outcome = PlannedUser["outcome"];
type Colour = "green" | "red" | "yellow" | "dim";
type Paint = (colour: Colour, text: string) => string;

/** What is said of one, and of several. */
type Words = readonly [one: string, several: string];

const OUTCOMES: Readonly<Record<Outcome, { readonly words: Words; readonly colour: Colour }>> = {
  deleted: { words: ["will be deleted", "will be deleted"], colour: "green" },
  blocked: { words: ["is blocked", "are blocked"], colour: "red" },
  protected: { words: ["is protected", "are protected"], colour: "red" },
  retained: { words: ["will stay in AWS", "will stay in AWS"], colour: "yellow" },
  gone: { words: ["is gone already", "are gone already"], colour: "dim" },
  somebodyElses: { words: ["is somebody else's now", "are somebody else's now"], colour: "yellow" },
  otherAccount: { words: ["is in another account", "are in another account"], colour: "red" },
};

const FATES: Readonly<Record<Attachment["fate"], Words>> = {
  purged: ["will be removed", "will be removed"],
  purgeable: ["could be removed", "could be removed"],
  blocks: ["blocks", "block"],
  awaited: ["will be waited for", "will be waited for"],
  detached: ["will lose the user", "will lose the user"],
  disconnected: ["will be disconnected", "will be disconnected"],
  freed: ["will stay", "will stay"],
};

/** A plan for people: warnings, then a table on a terminal or paragraphs elsewhere, then what is pending. */
export function planText(plan: DestroyPlan, screen: Screen, now: number): string {
  const paint: Paint =
    screen.isTTY && !process.env["NO_COLOR"]
      ? (colour, text) => styleText(colour, text, { validateStream: false })
      : (_, text) => text;
  const warnings = plan.warnings.map(({ text }) => `${paint("yellow", "Warning:")} ${text}`);
  const users = screen.isTTY
    ? [table(plan.users, screen.columns || 100, paint, now)]
    : plan.users.map((user) => paragraph(user, now));
  const pending = plan.pending.map(
    ({ type, label, id, advice }) =>
      `${paint("red", `Interrupted while ${type}`)} ${label} "${id}": ${advice}`,
  );
  const blocks = [
    warnings.join("\n"),
    ...(plan.users.length > 0 ? users : []),
    pending.join("\n"),
    summary(plan, paint),
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function table(users: readonly PlannedUser[], columns: number, paint: Paint, now: number): string {
  // Four borders, and a blank on each side of each column.
  const room = Math.max(columns, 60) - 10;
  const first = Math.min(Math.floor(room * 0.3), 40);
  const second = 22;
  const lines = new Table({
    head: ["user", "destroy", "what it does"],
    colWidths: [first + 2, second + 2, room - first - second + 2],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const user of users) {
    const { words, colour } = OUTCOMES[user.outcome];
    lines.push([
      breakable(titleOf(user), first),
      paint(colour, said(words, 1)),
      breakable(details(user, now).join("\n"), room - first - second),
    ]);
  }
  return lines.toString();
}

/** Words that are wider than a column would lose their end, such as that of a user name or of what to set. */
function breakable(text: string, columns: number): string {
  return text.replaceAll(new RegExp(`\\S{${columns}}(?=\\S)`, "g"), "$&\n");
}

function paragraph(user: PlannedUser, now: number): string {
  const lines = [
    `${titleOf(user)} ${said(OUTCOMES[user.outcome].words, 1)}`,
    ...details(user, now).map((line) => `  ${line}`),
  ];
  return lines.join("\n");
}

function details({ reason, calls, attachments }: PlannedUser, now: number): string[] {
  const counted = calls.map(({ action, times }) => (times === 1 ? action : `${action} ${times} times`));
  return [
    ...(reason === null ? [] : [reason]),
    ...(counted.length === 0 ? [] : [counted.join(", ")]),
    ...dated(attachments, now),
    ...undated(attachments),
  ];
}

function dated(attachments: readonly Attachment[], now: number): string[] {
  return attachments.filter(hasTime).map(({ noun, id, fate, madeAt, lastUsed }) => {
    const made = madeAt === undefined ? [] : [`made ${ago(madeAt, now)}`];
    const used = lastUsed === undefined ? [] : [`used ${ago(lastUsed.at, now)}${by(lastUsed)}`];
    return `${noun} ${id} ${said(FATES[fate], 1)}: ${[...made, ...used].join(", ")}`;
  });
}

/** More than these are counted, not named. */
const NAMED = 3;

function undated(attachments: readonly Attachment[]): string[] {
  const others = attachments.filter((thing) => !hasTime(thing));
  const firsts = others.filter(
    (thing, index) => others.findIndex((other) => isAlike(thing, other)) === index,
  );
  return firsts.map((first) => {
    const ids = others.filter((thing) => isAlike(thing, first)).map(({ id }) => id);
    const what = ids.length === 1 ? first.noun : plural(first.noun);
    const which = ids.length > NAMED ? `${ids.length} ${what}` : `${what} ${ids.join(", ")}`;
    return `${which} ${said(FATES[first.fate], ids.length)}`;
  });
}

function isAlike(one: Attachment, other: Attachment): boolean {
  return one.noun === other.noun && one.fate === other.fate;
}

function hasTime({ madeAt, lastUsed }: Attachment): boolean {
  return madeAt !== undefined || lastUsed !== undefined;
}

function said([one, several]: Words, count: number): string {
  return count === 1 ? one : several;
}

function summary(plan: DestroyPlan, paint: Paint): string {
  const { project, stack, users } = plan;
  const counts = (Object.keys(OUTCOMES) as Outcome[]).flatMap((outcome) => {
    const count = users.filter((user) => user.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${said(OUTCOMES[outcome].words, count)}`];
  });
  const found = users.length === 0 ? "no users" : counts.join(", ");
  return `Stack ${stack} of project ${project}: ${found}. ${conclusion(plan, paint)}`;
}

function conclusion({ users, warnings, pending, verdict }: DestroyPlan, paint: Paint): string {
  if (verdict === "clear") return paint("green", "Nothing blocks a destroy.");
  const fails =
    users.some(({ outcome }) => OUTCOMES[outcome].colour === "red") ||
    warnings.some(({ code }) => code === "otherProtected");
  const loses = pending.some(({ inState }) => !inState);
  const sentences = [
    ...(fails ? ["A destroy will not complete."] : []),
    ...(loses ? ["A destroy would know nothing of what an interrupted run made."] : []),
  ];
  return paint("red", sentences.join(" "));
}
