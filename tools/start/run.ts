import { randomBytes } from "node:crypto";
import { existingEngine } from "../engine";
import { type Account, localAccount, realAccount } from "./account";
import { createCleanup } from "./cleanup";
import { createClients } from "./clients";
import { confirm } from "./confirm";
import { Interrupted, JobFailure } from "./failure";
import { type Job, runJob } from "./job";
import type { Options } from "./options";
import type { Screen } from "./screen";
import { openStack } from "./stack";
import { describeUsers, lookUp, type Users } from "./users";

/** Runs the job on the local AWS or on a real account, and leaves nothing behind that it could remove. */
export async function runOn(options: Options, screen: Screen, signal: AbortSignal): Promise<void> {
  const engine = await existingEngine();
  const account = options.aws ? await realAccount() : await localAccount();
  try {
    screen.title("One user of each kind, through the life of a Pulumi stack", [
      `Pulumi ${engine.version} on ${account.kind === "local" ? "a local AWS in memory" : `AWS as ${account.caller}`}`,
      `account ${account.id}, region ${account.region}`,
    ]);
    await runOnce(prepare(account, engine.folder, options, screen, signal));
  } finally {
    await account.close();
  }
}

/** The job with all that it needs, and the names of the users once they are known. */
interface Prepared extends Job {
  readonly known: { users?: Users };
}

function prepare(
  account: Account,
  engine: string,
  options: Options,
  screen: Screen,
  signal: AbortSignal,
): Prepared {
  // The users' names are made from the stack's name as well: they meet nothing that exists.
  const name = `start-${randomBytes(4).toString("hex")}`;
  const known: { users?: Users } = {};
  return {
    ...{ screen, account, signal, known },
    clients: createClients(account.clientConfig),
    stack: openStack(name, engine, account, signal),
    cleanup: createCleanup(),
    collectionId: `pulumi-aws-users-${name}`,
    consent: (things) => consent(things, account, options, screen, signal),
    onUsers: (users) => {
      known.users = users;
    },
  };
}

async function consent(
  things: readonly string[],
  account: Account,
  { yes }: Options,
  screen: Screen,
  signal: AbortSignal,
): Promise<void> {
  if (account.kind === "local") return;
  screen.say(`\nTo be made in account ${account.id}, region ${account.region}, and removed again:`);
  for (const thing of things) screen.say(`  ${thing}`);
  screen.say("");
  if (!yes) await confirm("Go on?", screen, signal);
}

async function runOnce(job: Prepared): Promise<void> {
  const { screen, stack } = job;
  let failure: unknown;
  try {
    await runJob(job);
  } catch (error) {
    failure = error;
  }
  const left = await leave(job, failure);
  if (left.length === 0) stack.remove();
  if (failure !== undefined) throw withRest(failure, left, job);
  if (left.length > 0) throw withRest(new JobFailure("Not all could be removed."), left, job);
  screen.times();
  screen.success("All of it held, and AWS has none of those users left.");
}

/** Takes away what the job has made; gives what is left. */
async function leave(job: Prepared, failure: unknown): Promise<string[]> {
  const { account, cleanup, clients, known, screen } = job;
  if (known.users === undefined) return [];
  // The local AWS takes its users with it; and who interrupts has not asked for a destroy.
  if (failure !== undefined && account.kind === "real" && !(failure instanceof Interrupted)) {
    await screen.step("Destroy, after the failure", (report) => job.stack.destroy(report)).catch(() => {});
  }
  const stuck = await screen.step("Clean up", () => cleanup.run());
  if (account.kind === "local") return stuck;
  const sightings = await lookUp(clients, known.users).catch(() => undefined);
  const texts = describeUsers(known.users);
  if (sightings === undefined) return [...texts.map((text) => `${text} (perhaps)`), ...stuck];
  return [...texts.filter((_, index) => sightings[index]?.found !== undefined), ...stuck];
}

/** The failure, with what is left in the account and how to get rid of it. */
function withRest(failure: unknown, left: readonly string[], { account, stack }: Prepared): unknown {
  if (account.kind === "local") {
    const rest = ["The local AWS has ended with this run, and with it all that was made."];
    return failure instanceof Interrupted ? new Interrupted(rest) : failure;
  }
  const rest =
    left.length === 0
      ? ["Nothing of this run is left in the account."]
      : [
          "Left in the account:",
          ...left.map((thing) => `  ${thing}`),
          "To remove the users:",
          stack.destroyCommand,
        ];
  if (failure instanceof Interrupted) return new Interrupted(rest);
  if (!(failure instanceof JobFailure)) {
    const { name, message } = failure as Error;
    return new JobFailure(`${name}: ${message}`, rest, { cause: failure });
  }
  return new JobFailure(failure.message, [...failure.advice, ...rest], { cause: failure });
}
