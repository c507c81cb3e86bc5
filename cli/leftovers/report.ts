import Table from "cli-table3";
import { naming, shellText } from "../../provider/runSettings";
import type { Findings, Leftover, Looked } from "./search";

/** What is printed of a search. */
export interface Report extends Findings {
  readonly project: string;
  readonly stack: string;
  /** False where the backend knows no stack of that name. */
  readonly stackExists: boolean;
}

/** One document for machines; `docs/commands/leftovers.md` has its properties. */
export function jsonOf(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

/** What was found, what to do about it, and how wide one has looked. */
export function textOf(report: Report): string {
  return [headline(report), ...remedies(report), ...extent(report)].join("\n").concat("\n");
}

function headline({ leftovers, looked, failures, project, stack, stackExists }: Report): string {
  const whose = `the mark of stack ${stack} of project ${project}`;
  if (looked.length === 0) return `Nothing could be looked at: whether users carry ${whose} is not known.`;
  const extent = failures.length === 0 ? "" : "Not everything could be looked at, see below.\n";
  if (leftovers.length === 0) {
    const others = stackExists ? " without being in its state." : `. ${NO_STACK}`;
    return `${extent}No user carries ${whose}${others}`;
  }
  const [users, are] =
    leftovers.length === 1 ? ["1 user carries", "is"] : [`${leftovers.length} users carry`, "are"];
  const beside = stackExists ? ` and ${are} not in its state:` : `. ${NO_STACK}`;
  return `${extent}${users} ${whose}${beside}\n\n${table(leftovers)}\n`;
}

const NO_STACK = "The backend of this Pulumi knows no such stack.";

function table(leftovers: readonly Leftover[]): string {
  const rows = new Table({
    head: ["user", "account", "region", "status", "made", "resource"],
    style: { head: [], border: [] },
  });
  for (const { label, id, account, region, status, madeAt, resource, pending } of leftovers) {
    const name = resource.split("::").slice(1).join("::");
    rows.push([
      `${label} ${id}`,
      account,
      region ?? "-",
      status,
      madeAt ?? "-",
      pending ? `${name} (its creation was interrupted)` : name,
    ]);
  }
  return rows.toString();
}

function remedies({ leftovers, stack, stackExists }: Report): string[] {
  if (leftovers.length === 0) return [];
  const takeOver = [
    "To take over what the program still declares, and to destroy it with the stack:",
    `  ${naming(
      "PULUMI_AWS_USERS_ADOPT_EXISTING",
      leftovers.map(({ id }) => id),
    )} pulumi up --stack ${shellText(stack)}`,
  ];
  const remove = [
    stackExists
      ? "To delete the others, once you know that nobody needs them:"
      : "Is this the right backend, and the right name? Then, to delete them once you know that nobody needs them:",
    ...leftovers.map(({ deletion }) => `  ${deletion}`),
  ];
  return [...(stackExists ? takeOver : []), ...remove, ""];
}

function extent({ looked, failures }: Report): string[] {
  return [
    ...looked.map(
      (list) => `Looked at all ${place(list)}: ${list.users}, of them ${list.marked} with the mark.`,
    ),
    ...failures.map(({ region, reason }) => `NOT looked at${region ? ` in ${region}` : ""}: ${reason}`),
    "Nothing is said of other accounts and regions, of users that were made without aws-users:ownerTag, and of Rekognition",
    "users, which cannot carry tags.",
  ];
}

function place({ label, account, region }: Looked): string {
  return `${label}s of account ${account}${region ? ` in ${region}` : ""}`;
}
