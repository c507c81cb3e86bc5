import { basename, join, relative, resolve, sep } from "node:path";
import { shellText } from "../../provider/runSettings";
import type { FoundUser, Sights } from "./live";
import type { DeclaredUser } from "./program";

/** What was written, and where. */
export interface Written extends Sights {
  readonly users: readonly DeclaredUser[];
  readonly folder: string;
  readonly files: readonly string[];
  readonly importFile: string;
  /** The folder of the Pulumi project that the folder is in, or is; undefined where there is none. */
  readonly project: string | undefined;
  readonly profile: string | undefined;
}

/** What is said where there is nothing to write. */
export function foundNothing({ account, region, leftOut }: Sights): string {
  return [
    `No user was found that matches, in account ${account}, region ${region}; nothing was written.`,
    ...listed("Left out", leftOut),
  ].join("\n");
}

/** What was written, and what to run next. */
export function report(written: Written): string {
  const { users, account, region, folder, files, leftOut, remarks } = written;
  return [
    `${inWords(users)} of account ${account}, region ${region}`,
    ...listed("Left out", leftOut),
    ...listed("Mind", remarks),
    `Written into ${folder}: ${files.join(", ")}`,
    "",
    ...listed("Next", commands(written)),
    "",
    ...explanations(written).map((text) => `- ${text}`),
  ].join("\n");
}

function listed(title: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [`${title}:`, ...texts.map((text) => `  ${text}`)];
}

/** `2 MemoryDB users, 1 IAM user`. */
function inWords(users: readonly FoundUser[]): string {
  const counts = new Map<string, number>();
  for (const { label } of users) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, count]) => counted(count, label)).join(", ");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function commands({ users, folder, importFile, project, profile }: Written): string[] {
  const base = project ?? folder;
  const there = relative(".", base);
  const file = join(relative(base, folder), importFile);
  return [
    ...(there === "" ? [] : [`cd ${shellText(there)}`]),
    ...(project === undefined ? projectCommands(folder) : []),
    ...(profile === undefined ? [] : [`pulumi config set aws:profile ${shellText(profile)}`]),
    `pulumi import --file ${shellText(file)} --generate-code=false --protect=false`,
    ...users.flatMap(({ passwordKeys }) => passwordKeys.map((key) => `pulumi config set --secret ${key}`)),
    "pulumi preview",
  ];
}

function projectCommands(folder: string): string[] {
  const name = basename(resolve(folder)).replaceAll(/[^\w.-]/g, "-") || "users";
  return [
    `printf 'name: ${name}\\nruntime: nodejs\\n' > Pulumi.yaml`,
    "npm install --prefix . pulumi-aws-users @pulumi/pulumi typescript ts-node",
    "pulumi stack init dev",
  ];
}

function explanations({ users, folder, project }: Written): string[] {
  const secured = users.filter(({ passwordKeys }) => passwordKeys.length > 0).length;
  const isBelow = project !== undefined && resolve(folder) !== resolve(project);
  return [
    ...(isBelow
      ? [
          `The program of the project must have the line: import ${JSON.stringify(modulePath(project, folder))};`,
        ]
      : []),
    "The import changes nothing in AWS. Without --protect=false the users would be protected from destroy; with it, " +
      "pulumi destroy deletes them.",
    ...(secured === 0
      ? ["The preview shows no change."]
      : [
          `The preview shows no change but the authentication of ${counted(secured, "user")}: AWS never shows passwords, so ` +
            "the next pulumi up sends those of the configuration. Give the ones in use, or clients can no longer log in. " +
            "Where nobody knows them, take the passwords out of users.ts: the user then keeps those that it has.",
        ]),
    "Tags of aws:defaultTags in the stack's configuration are not known here: the preview shows those that users lack.",
  ];
}

function modulePath(project: string, folder: string): string {
  return `./${relative(project, folder).split(sep).join("/")}`;
}
