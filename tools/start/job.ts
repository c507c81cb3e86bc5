import type { Account } from "./account";
import { loadIamUser } from "./burden";
import type { Cleanup } from "./cleanup";
import type { Clients } from "./clients";
import { makeCollection } from "./collection";
import { DRIFTS } from "./drift";
import type { Change } from "./events";
import { expectChanges, linesOf } from "./expectation";
import { JobFailure } from "./failure";
import { newPassword } from "./keyMaterial";
import type { Screen } from "./screen";
import type { Stack } from "./stack";
import { describeUsers, lookUp, type Sighting, type Users, usersOf } from "./users";

/** All that the job works with. */
export interface Job {
  readonly screen: Screen;
  readonly account: Account;
  readonly clients: Clients;
  readonly stack: Stack;
  readonly cleanup: Cleanup;
  readonly signal: AbortSignal;
  /** The Rekognition collection to make. */
  readonly collectionId: string;
  /** Called with what will be made, before anything is. Throws when it shall not be. */
  readonly consent: (things: readonly string[]) => Promise<void>;
  /** Called when the names of the users are known, for those who clean up. */
  readonly onUsers: (users: Users) => void;
}

const ALL = ["create reader", "create session", "create deployer", "create visitor"];

/** Takes the stack through its life. Throws JobFailure when anything is not as it must be, Interrupted when told to. */
export async function runJob(job: Job): Promise<void> {
  const users = await preview(job);
  await makeUsers(job);
  await load(job, users);
  const before = await lookUp(job.clients, users);
  await drift(job, users);
  await repair(job, users, before);
  await destroy(job);
  await prove(job, users);
}

async function preview({ screen, account, stack, collectionId, consent, onUsers }: Job): Promise<Users> {
  const users = await screen.step("Preview", async (report) => {
    report.doing("setting up the stack");
    await stack.create(
      { collectionId, "aws:region": account.region },
      { readerPassword: newPassword(), sessionPassword: newPassword() },
    );
    const changes = await stack.preview(report);
    expectChanges("The preview", changes, ALL);
    for (const user of describeUsers(usersOf(changes))) report.note(`+ ${user}`);
    return usersOf(changes);
  });
  await consent([
    ...describeUsers(users),
    `Rekognition collection ${collectionId}`,
    `IAM group, policy and virtual MFA device whose names begin with ${users.deployer}`,
    "one thing of each kind that blocks the deletion of that IAM user, access key and password included",
  ]);
  onUsers(users);
  return users;
}

async function makeUsers({ screen, clients, stack, collectionId, cleanup }: Job): Promise<void> {
  await screen.step("Up", async (report) => {
    await makeCollection(clients, collectionId, cleanup);
    const changes = await stack.up(report);
    expectChanges("The up", changes, ALL);
    report.note(`created ${names(changes)}`);
  });
  await screen.step("Up again", async (report) => {
    expectChanges("A second up", await stack.up(report), []);
    report.note("no change");
  });
}

async function load({ screen, account, clients, cleanup, signal }: Job, users: Users): Promise<void> {
  await screen.step("Load the IAM user", async (report) => {
    const bearer = { iam: clients.iam, account, UserName: users.deployer, cleanup, signal };
    const kinds = await loadIamUser(bearer, report.doing);
    report.note(`all ${kinds.length} kinds of things that block its deletion:`);
    report.note(kinds.join(", "));
  });
}

async function drift({ screen, clients, stack, signal }: Job, users: Users): Promise<void> {
  await screen.step("Drift, made behind Pulumi's back", async (report) => {
    report.doing("changing users by the AWS SDK");
    await Promise.all(DRIFTS.map(({ make }) => make(clients, users, signal)));
    for (const { what } of DRIFTS) report.note(what);
  });
  await screen.step("Preview with refresh", async (report) => {
    const changes = await stack.preview(report, { refresh: true });
    expectChanges("The preview with refresh", changes, shownDrifts());
    for (const line of changes.flatMap(linesOf)) report.note(line);
  });
}

async function repair(
  { screen, clients, stack }: Job,
  users: Users,
  before: readonly Sighting[],
): Promise<void> {
  await screen.step("Repair, by up with refresh", async (report) => {
    const changes = await stack.up(report, { refresh: true });
    expectChanges("The repair", changes, shownDrifts());
    const after = await lookUp(clients, users);
    const different = after.filter(({ found }, index) => found !== before[index]?.found);
    if (different.length > 0) {
      const lines = different.map(
        ({ kind, name, found }) => `${kind} user ${name} is now: ${found ?? "gone"}`,
      );
      throw new JobFailure(`The repair did not bring back what was there before:\n${lines.join("\n")}`);
    }
    report.note("AWS has again what it had before the drift");
  });
}

async function destroy({ screen, stack }: Job): Promise<void> {
  await screen.step("Destroy", async (report) => {
    const changes = await stack.destroy(report);
    expectChanges(
      "The destroy",
      changes,
      ALL.map((line) => line.replace("create", "delete")),
    );
    report.note(`deleted ${names(changes)}; what hung on deployer went first`);
  });
}

async function prove({ screen, clients }: Job, users: Users): Promise<void> {
  await screen.step("Proof, asked of AWS itself", async (report) => {
    const sightings = await lookUp(clients, users);
    const left = sightings.filter(({ found }) => found !== undefined);
    for (const { kind, name, found, absence } of sightings) {
      report.note(`${kind.padEnd(11)} ${name.padEnd(24)} ${found ?? `gone (${absence})`}`);
    }
    if (left.length > 0) throw new JobFailure(`AWS still has ${left.map(({ name }) => name).join(", ")}.`);
  });
}

function shownDrifts(): string[] {
  return DRIFTS.map(({ shown }) => shown);
}

function names(changes: readonly Change[]): string {
  return changes.map(({ name }) => name).join(", ");
}
