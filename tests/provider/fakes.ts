import { nameOperation } from "../../provider/aws/faults";
import type { Tags } from "../../provider/aws/tags";
import type {
  Belongings,
  Blocker,
  Declined,
  Dependents,
  LiveUser,
  Tagging,
  UserGateway,
} from "../../provider/gateway";
import type { UserKind } from "../../provider/kind";
import type { Clock } from "../../provider/wait/clock";

/** A clock whose time passes only while everybody sleeps, and which notes each gap. */
export interface FakeClock extends Clock {
  readonly gaps: readonly number[];
  /** Milliseconds since the clock was made. */
  elapsed(): number;
}

/** @param random What chance gives each time; 1 makes every jittered gap its longest. */
export function fakeClock(random = 1): FakeClock {
  const start = Date.UTC(2026, 0, 1);
  const gaps: number[] = [];
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  let time = start;
  let passing = false;
  function pass(): void {
    sleepers.sort((one, other) => one.until - other.until);
    const next = sleepers.shift();
    passing = next !== undefined;
    if (next === undefined) return;
    time = next.until;
    next.wake();
    setImmediate(pass);
  }
  return {
    gaps,
    elapsed: () => time - start,
    now: () => time,
    random: () => random,
    sleep: (ms) => {
      if (gaps.length > 20_000) throw new Error("the wait never ends");
      gaps.push(ms);
      if (!passing) setImmediate(pass);
      passing = true;
      return new Promise((wake) => sleepers.push({ until: time + ms, wake }));
    },
  };
}

/** An error as the AWS SDK throws it. */
export function awsError(name: string, operation?: string, message = "said AWS."): Error {
  const error = Object.assign(new Error(message), { name, $metadata: { requestId: "4711-request" } });
  if (operation !== undefined) nameOperation(error, operation);
  return error;
}

/** What a call is answered with, call by call; the last answer stands for all that follow. */
type Answers<T, Args extends unknown[] = unknown[]> = readonly (T | Error | ((...args: Args) => T))[];

/** A gateway's answers. Calls without answers fail; a gateway has tagging, dependents and belongings only if scripted. */
export interface Script<Live = LiveUser> {
  readonly find?: Answers<Live | undefined>;
  /** The pages of a walk through the list; without a script they hold what `find` answers. */
  readonly list?: Answers<readonly (readonly Live[])[]>;
  readonly create?: Answers<Live | undefined>;
  readonly update?: Answers<void>;
  readonly remove?: Answers<void>;
  readonly tags?: Answers<Tags>;
  readonly retag?: Answers<void>;
  readonly blockers?: Answers<readonly Blocker[]>;
  readonly purge?: Answers<void, [string, Blocker]>;
  readonly belongings?: Answers<readonly string[]>;
  readonly give?: Answers<readonly Declined[]>;
  readonly take?: Answers<void>;
  readonly destroy?: Answers<readonly Declined[]>;
}

/** A call that reached the gateway. */
export interface FakeCall {
  readonly verb: keyof Script;
  readonly args: readonly unknown[];
}

/** A gateway that answers as scripted and notes each call; `idOf` keys the users of a list. */
export function fakeGateway<Live extends object>(
  script: Script<Live>,
  idOf: (live: Live) => string = () => "",
): UserGateway & { readonly calls: readonly FakeCall[] } {
  const calls: FakeCall[] = [];
  let walked: readonly (readonly Live[])[] = [];
  const answer = async (verb: keyof Script, ...args: unknown[]): Promise<never> => {
    const answers = (script[verb] ?? []) as Answers<unknown>;
    const next = answers[Math.min(calls.filter((call) => call.verb === verb).length, answers.length - 1)];
    calls.push({ verb, args });
    if (answers.length === 0) throw new Error(`no answer is scripted for ${verb}`);
    if (next instanceof Error) throw next;
    return (typeof next === "function" ? await next(...args) : next) as never;
  };
  /** The list of a service that finds users in no other way. */
  const foundAlone = async () => {
    const live: Live | undefined = await answer("find");
    return live === undefined ? [] : [[live]];
  };
  const tagging: Tagging<LiveUser> = {
    read: (live) => answer("tags", live),
    write: (live, changes) => answer("retag", live, changes),
  };
  const dependents: Dependents = {
    list: (id) => answer("blockers", id),
    ...(script.purge
      ? { purge: (id, blocker) => answer("purge", id, blocker) }
      : {
          remedy: "Put another user of the same user name in its place in one change, or delete them first.",
        }),
  };
  const belongings: Belongings = {
    list: (id) => answer("belongings", id),
    give: (args, things, token) => answer("give", args, things, token),
    take: (id, things, token) => answer("take", id, things, token),
    destroy: (id, things) => answer("destroy", id, things),
    destroyCall: "DestroyThings",
  };
  return {
    calls,
    find: (id) => answer("find", id),
    async page(group, token) {
      if (token === undefined) walked = await (script.list ? answer("list", group) : foundAlone());
      const number = Number(token ?? 0);
      const users = new Map((walked[number] ?? []).map((live) => [idOf(live), live]));
      return { users, next: number + 1 < walked.length ? String(number + 1) : undefined };
    },
    create: (args, token) => answer("create", args, token),
    update: (live, want, changed) => answer("update", live, want, [...changed]),
    remove: (id) => answer("remove", id),
    ...((script.tags || script.retag) && { tagging }),
    ...(script.blockers && { dependents }),
    ...((script.belongings || script.give || script.destroy) && { belongings }),
  };
}

/** A kind whose users are all behind one gateway; notes the scopes that it was connected to. */
export function behind(
  kind: UserKind,
  gateway: UserGateway,
): { readonly kind: UserKind; readonly scopes: readonly unknown[] } {
  const scopes: unknown[] = [];
  const connect: UserKind["connect"] = (scope) => {
    scopes.push(scope);
    return gateway;
  };
  return { kind: { ...kind, connect }, scopes };
}
