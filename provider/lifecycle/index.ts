import type { dynamic } from "@pulumi/pulumi";
import type { CheckedArgs, CommonArgs, Past } from "../args";
import { accountLookup } from "../aws/account";
import { localKeys } from "../changes";
import type { UserKind } from "../kind";
import { idsNamedBy } from "../runSettings";
import { systemClock } from "../wait/clock";
import { check } from "./check";
import { create } from "./create";
import { remove } from "./delete";
import { type Difference, diff, replacementLine } from "./diff";
import { HalfMade } from "./errors";
import { sayLeftBehind } from "./estate";
import { begin, describe, type Host, hostOf, type Verb, type World } from "./host";
import { read } from "./read";
import { slots } from "./slots";
import { argsIn, assertReadable, halfMadeState, readyState, seenState } from "./state";
import { bringTo } from "./update";
import { plain, sealed, withoutSecrets } from "./wire";

type Props = Record<string, unknown>;

const say = (line: string) => void process.stderr.write(`${line}\n`);

const THIS_PROCESS: World = {
  clock: systemClock,
  account: accountLookup(),
  say,
  slots: slots(systemClock, say),
};

/** Turns a kind of user into the provider that Pulumi's dynamic host runs. All that is known of Pulumi is here. */
export function lifecycle(
  kind: UserKind,
  world: World = THIS_PROCESS,
): dynamic.ResourceProvider<Props, Props> {
  const host = hostOf(kind, world);
  return {
    // Concurrent first calls do not wait for it, so it keeps the source and leaves reading to whoever needs it.
    configure: async ({ config }) => host.configure((key) => config.get(key)),
    check: (olds, news) => checkInputs(host, olds ?? {}, news),
    diff: (id, olds, news) => reported(host, "read", id, [], async () => compare(host, id, olds, news)),
    create: (inputs) => createUser(host, inputs),
    read: (id, props) => readUser(host, id, props ?? {}),
    update: (id, olds, news) => updateUser(host, id, olds, news),
    delete: (id, props) => deleteUser(host, id, props),
  };
}

/**
 * A failure names no property: the engine would print the property's value, even a secret one. Its reason has the path.
 */
async function checkInputs(
  host: Host,
  olds: Props,
  { __provider, ...news }: Props,
): Promise<dynamic.CheckResult<Props>> {
  const { kind, memory, world } = host;
  return reported(host, "check", String(news[kind.name.property] ?? ""), [], async () => {
    const { inputs, problems } = await check(kind, host.settings(), memory, world.say, olds, news);
    const failures = problems.map(({ path, rule }) => ({ property: "", reason: `${path} ${rule}` }));
    return { inputs: { ...sealed(inputs, kind.secrets), __provider }, failures };
  });
}

function compare({ kind, memory, world }: Host, id: string, olds: Props, news: Props): Difference {
  assertReadable(olds);
  const open = memory.leftOpen(kind.awsKey(olds as unknown as CommonArgs));
  const difference = diff(kind, olds, news, open);
  const line = replacementLine(kind, id, difference, open);
  if (line !== undefined && memory.isNews(line)) world.say(line);
  return difference;
}

async function createUser(
  host: Host,
  { __provider, ...inputs }: Props,
): Promise<dynamic.CreateResult<Props>> {
  const { kind, memory } = host;
  const args = inputs as unknown as CheckedArgs;
  const id = kind.id(args);
  return reported(host, "create", id, [inputs], async () => {
    const op = await begin(host, "create", id, args);
    const precedent = { holder: memory.marked(kind.awsKey(args)), adopt: mayAdopt(id, args.adoptExisting) };
    const live = await keepingHalfMade(host, "create", { id, args, account: op.account, __provider }, () =>
      create(op, args, precedent),
    );
    memory.mark(kind.awsKey(args), "run");
    return { id, outs: sealed(readyState(kind, args, live, op.account), kind.secrets) };
  });
}

async function readUser(
  host: Host,
  id: string,
  { __provider, ...props }: Props,
): Promise<dynamic.ReadResult<Props>> {
  const { kind } = host;
  return reported(host, "read", id, [props], async () => {
    assertReadable(props);
    const past = props as Past;
    const op = await begin(host, "read", id, past);
    const sighting = await read(op, past);
    if (sighting === undefined) {
      sayLeftBehind(op, past);
      return { id: "", props: {} };
    }
    const { inputs, outputs } = seenState(kind, steering(kind, past), sighting, op.account);
    return { id, props: sealed(outputs, kind.secrets), inputs: sealed(inputs, kind.secrets) };
  });
}

async function updateUser(
  host: Host,
  id: string,
  olds: Props,
  { __provider, ...news }: Props,
): Promise<dynamic.UpdateResult<Props>> {
  const { kind } = host;
  const args = news as unknown as CheckedArgs;
  return reported(host, "update", id, [olds, news], async () => {
    assertReadable(olds);
    const op = await begin(host, "update", id, { ...olds, timeouts: args.timeouts ?? {} });
    const live = await keepingHalfMade(host, "update", { id, args, account: op.account, __provider }, () =>
      bringTo(op, args, olds as Past),
    );
    return { outs: sealed(readyState(kind, args, live, op.account), kind.secrets) };
  });
}

async function deleteUser(host: Host, id: string, props: Props): Promise<void> {
  const past = props as Past;
  await reported(host, "delete", id, [props], async () => {
    assertReadable(props);
    if (isTakenOver(host, id, past)) return;
    const op = await begin(host, "delete", id, past);
    await host.world.slots.occupy(() => remove(op, past, host.memory.isClaimed));
    host.memory.unmark(host.kind.awsKey(past as CheckedArgs));
  });
}

/**
 * A replacement that made or took over a user of the same AWS key leaves nothing to delete: what carries the name now is
 * the new one. Each operation of the engine has a process of its own, so no other deletion can follow a creation.
 */
function isTakenOver({ kind, memory, world }: Host, id: string, past: Past): boolean {
  if (memory.marked(kind.awsKey(past as CheckedArgs)) !== "run") return false;
  world.say(`${kind.label} "${id}" is kept: this run has taken it over`);
  return true;
}

/** What AWS does not hold: it stays as it was last declared. */
function steering(kind: UserKind, past: Past): Partial<CommonArgs> {
  const kept = Object.entries(argsIn(kind, past)).filter(([key]) => localKeys(kind).includes(key));
  return plain(Object.fromEntries(kept)) as Partial<CommonArgs>;
}

function mayAdopt(id: string, declared: boolean | undefined): boolean {
  return declared === true || idsNamedBy("PULUMI_AWS_USERS_ADOPT_EXISTING").includes(id);
}

interface Attempt {
  readonly id: string;
  readonly args: CheckedArgs;
  readonly account: string;
  readonly __provider: unknown;
}

/** A user that exists and is not ready stays in the state, as one that the next update repairs. */
async function keepingHalfMade<T>(
  host: Host,
  verb: Verb,
  { id, args, account, __provider }: Attempt,
  attempt: () => Promise<T>,
): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof HalfMade)) throw error;
    const seen = halfMadeState(host.kind, args, error, account);
    const properties = { ...sealed(seen, host.kind.secrets), __provider };
    throw Object.assign(error, { id, properties, reasons: [describe(host, verb, id, error)] });
  }
}

/**
 * The engine prints a stack where an error has one; people get one message instead.
 *
 * @param given What holds secrets that AWS may repeat in its answers.
 */
async function reported<T>(
  host: Host,
  verb: Verb,
  id: string,
  given: readonly Props[],
  act: () => Promise<T>,
): Promise<T> {
  const readable = (text: string) => withoutSecrets(text, given, host.kind.secrets);
  try {
    return await act();
  } catch (error) {
    const message = readable(describe(host, verb, id, error));
    const {
      id: halfMade,
      properties,
      reasons,
    } = error as { id?: string; properties?: Props; reasons?: string[] };
    const shown =
      error instanceof HalfMade ? { id: halfMade, properties, reasons: reasons?.map(readable) } : {};
    throw Object.assign(new Error(message, { cause: error }), shown, { stack: "" });
  }
}
