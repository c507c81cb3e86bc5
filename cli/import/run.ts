import { accountLookup } from "../../provider/aws/account";
import type { Identity } from "../../provider/aws/scope";
import { observe, scopeOf } from "../../provider/observer";
import type { Service } from "../../provider/service";
import { SERVICES } from "../../provider/services";
import { withProgress } from "../progress";
import { assertFree, projectFolderOf, writeAll } from "./folder";
import { importFileText } from "./importFile";
import { type Findings, findUsers, type Sights, together, type WantedTag } from "./live";
import { identifiersOf } from "./names";
import { declaredUsers, programText } from "./program";
import { foundNothing, report } from "./report";

/** What `pulumi-aws-users import` takes. */
export interface ImportFlags {
  readonly service: readonly Service[];
  readonly region?: string;
  readonly profile?: string;
  readonly match?: string;
  readonly tag: readonly WantedTag[];
  readonly collection?: string;
  readonly out: string;
}

const IMPORT_FILE = "pulumi-aws-users.import.json";
const MODULE = "users.ts";
const ENTRY = "index.ts";
const FILES = [IMPORT_FILE, MODULE, ENTRY];

/** @throws Error in words; then nothing was written. */
export async function runImport(flags: ImportFlags): Promise<void> {
  assertFitting(flags);
  assertFree(flags.out, FILES);
  const seen = await withProgress("asking AWS for users", (doing) => look(flags, doing));
  const users = declaredUsers(seen.users, identifiersOf(seen.users));
  if (users.length === 0) return print(foundNothing(seen));
  await writeAll(flags.out, {
    [IMPORT_FILE]: importFileText(users),
    [MODULE]: programText(users, seen.account, seen.region),
    [ENTRY]: 'import "./users";\n',
  });
  const { out: folder, profile } = flags;
  const project = projectFolderOf(folder);
  print(report({ ...seen, users, folder, files: FILES, importFile: IMPORT_FILE, project, profile }));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** @throws Error when the flags contradict each other. */
function assertFitting({ service, collection, tag }: ImportFlags): void {
  const hasRekognition = service.includes("rekognition");
  if (hasRekognition && collection === undefined) {
    throw new Error("Rekognition users are in collections: name one with --collection");
  }
  if (!hasRekognition && collection !== undefined) {
    throw new Error("--collection is for Rekognition users: add rekognition to --service, or leave it out");
  }
  if (hasRekognition && tag.length > 0) {
    throw new Error("Rekognition users have no tags: import them without --tag, in a run of their own");
  }
}

async function look(
  { service: services, region, profile, match, tag, collection }: ImportFlags,
  doing: (text: string) => void,
): Promise<Sights> {
  const identity: Identity = { roles: [], ...(profile !== undefined && { profile }) };
  const account = accountLookup();
  const findings: Findings[] = [];
  let whereabouts = { account: "", region: "" };
  for (const service of services) {
    const kind = await SERVICES[service]();
    const scope = await scopeOf(identity, region, kind);
    const observer = await observe(service, scope, account);
    whereabouts = { account: observer.account, region: scope.region };
    findings.push(await findUsers(observer, { collection, match, tags: tag }, doing));
  }
  return { ...whereabouts, ...together(findings) };
}
