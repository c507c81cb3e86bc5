import { AsyncLocalStorage } from "node:async_hooks";
import type { Clock } from "../../provider/wait/clock";
import { type FaultSpec, faultScript, type Service, type Verb } from "./modelFaults";
import { modelLimits } from "./modelLimits";

/** Something that hangs on a user; one that somebody puts back each time that it is removed has `returns`. */
export interface ModelBlocker {
  readonly kind: string;
  readonly id: string;
  readonly returns: number;
  /** Not there before. */
  readonly from: number;
  /** A group that is being deleted and gone then. */
  readonly until?: number;
}

/** A user as it is from one moment on, until the next change or until a transition ends by itself. */
export interface ModelUser {
  readonly service: Service;
  readonly id: string;
  /** One for each life of a name. */
  readonly uid: string;
  readonly bornAt: number;
  /** Made for the stack; or somebody's, which the program may take over, or which nothing may touch. */
  readonly owner: "stack" | "adoptable" | "somebody";
  readonly status: "creating" | "active" | "modifying" | "deleting";
  /** When the transition ends. */
  readonly until: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly blockers: readonly ModelBlocker[];
  /** DeleteConflict is answered until then, though nothing blocks any more. */
  readonly conflictUntil: number;
}

/** A call that went out. */
export interface ModelCall {
  readonly service: Service;
  readonly verb: Verb;
  readonly id: string;
  readonly at: number;
  readonly failed: string | undefined;
  /** When whoever asked knew that it was carried out. */
  readonly answeredAt: number | undefined;
}

/** How the model's world is made. */
export interface ModelSettings {
  readonly clock: Clock;
  readonly faults: readonly FaultSpec[];
  readonly users: readonly { readonly service: Service }[];
  /** What is hung on a user of the stack as soon as it is there. */
  readonly blockersOf: (id: string, bornAt: number) => readonly ModelBlocker[];
  /** Reads show what was true at most so long ago. */
  readonly lagMs: Readonly<Record<Service, number>>;
  readonly pageSize: number;
  readonly latencyMs: number;
  /** Of each verb of a service; unlimited when absent. */
  readonly callsPerSecond: number | undefined;
}

/** What a call is about; `subject` is the user, empty for calls about all of them. */
interface Asked {
  readonly service: Service;
  readonly verb: Verb;
  readonly operation: string;
  readonly id: string;
}

/** The users of all services, with their past, and everything that is asked about them. */
export type ModelAws = ReturnType<typeof modelAws>;

/** How many walks are under way through each list, as one process knows it. One for all plays: each costs all that follows. */
const walks = new AsyncLocalStorage<Map<string, number>>();

/** Makes an AWS without users. */
export function modelAws({
  clock,
  faults: specs,
  users,
  blockersOf,
  lagMs,
  pageSize,
  latencyMs,
  callsPerSecond,
}: ModelSettings) {
  const past = new Map<string, { readonly at: number; readonly user: ModelUser | undefined }[]>();
  const staleInARow = new Map<string, number>();
  const sightings = new Map<string, number>();
  const faults = faultScript(
    specs,
    users.map(({ service }) => service),
  );
  const limits = modelLimits(clock, callsPerSecond);
  const calls: ModelCall[] = [];
  const wrongs: string[] = [];
  let born = 0;
  let calm = false;
  const keyOf = (service: Service, id: string) => `${service} ${service === "iam" ? id.toLowerCase() : id}`;

  function userAt(service: Service, id: string, at: number): ModelUser | undefined {
    const user = past.get(keyOf(service, id))?.findLast((moment) => moment.at <= at)?.user;
    if (user === undefined || user.status === "active" || at < user.until) return user;
    return user.status === "deleting" ? undefined : { ...user, status: "active" };
  }

  function write(service: Service, id: string, user: ModelUser | undefined): void {
    const key = keyOf(service, id);
    past.set(key, [...(past.get(key) ?? []), { at: clock.now(), user }]);
  }

  /** Of all that ever lived, in the order of a list. */
  function names(service: Service): string[] {
    return [...past.keys()]
      .filter((key) => key.startsWith(`${service} `))
      .map((key) => key.slice(service.length + 1))
      .sort();
  }

  return {
    clock,
    calls,
    /** Does what one process of the provider does: only within one can walks know of each other. */
    inProcess<T>(act: () => T): T {
      return walks.run(new Map(), act);
    },

    /** A run of Pulumi begins; what goes wrong in it is scripted. */
    begin(run: number): void {
      faults.begin(run);
      limits.begin();
    },
    /** From now on nothing goes wrong, and nothing is hung on users. */
    calmDown(): void {
      faults.begin(Number.POSITIVE_INFINITY);
      limits.calmDown();
      calm = true;
    },
    /** Rules that were broken by what was asked. */
    wrongs,
    lagMs,
    pageSize,
    userNow: (service: Service, id: string) => userAt(service, id, clock.now()),
    /** When the user of a name was made or was gone last. */
    lastChangeAt: (service: Service, id: string) => past.get(keyOf(service, id))?.at(-1)?.at,
    write,

    /** What a read shows: at most as old as the lag; where there is a status, at most twice in a row. */
    userSeen(service: Service, id: string): ModelUser | undefined {
      const key = keyOf(service, id);
      const before = staleInARow.get(key) ?? 0;
      const mayLag = service === "iam" || before < 2;
      const stale = lagMs[service] > 0 && mayLag && clock.random() < 0.5;
      staleInARow.set(key, stale ? before + 1 : 0);
      const seen = userAt(service, id, clock.now() - (stale ? clock.random() * lagMs[service] : 0));
      if (seen !== undefined) sightings.set(key, clock.now());
      return seen;
    },

    /** When a read showed a user of the name last. */
    lastSeenAt: (service: Service, id: string) =>
      sightings.get(keyOf(service, id)) ?? Number.NEGATIVE_INFINITY,

    names,

    /** A page of a list of users as reads show them: of those after the token, which is a name. */
    pageSeen(service: Service, token = "", isListed = (_id: string) => true) {
      const left = names(service).filter((id) => id > token && isListed(id));
      const ids = left.slice(0, pageSize);
      const users = ids.flatMap((id) => this.userSeen(service, id) ?? []);
      return { users, next: left.length > pageSize ? ids.at(-1) : undefined };
    },

    newborn(of: Pick<ModelUser, "service" | "id" | "owner" | "attributes" | "tags">): ModelUser {
      born += 1;
      const bornAt = clock.now();
      const blockers = of.owner === "stack" && !calm ? blockersOf(of.id, bornAt) : [];
      return { ...of, uid: `AIDA${born}`, bornAt, status: "active", until: 0, blockers, conflictUntil: 0 };
    },

    /** Changes a user on behalf of the provider. */
    change(user: ModelUser, changes: Partial<ModelUser>): void {
      if (user.owner === "somebody")
        wrongs.push(`(3) ${user.service} user ${user.id} of somebody else was changed`);
      write(user.service, user.id, { ...user, ...changes });
    },

    /** Takes the time of a call, and lets it meet what is scripted. */
    async call<T>({ service, verb, operation, id }: Asked, carryOut: () => T): Promise<T> {
      if (id === "" || id.startsWith("/") || id.endsWith("/")) wrongs.push(`(4) ${operation} without a name`);
      const { take, answered } = await limits.turn(service, verb, operation);
      const ordeal = faults.meet(service, verb, operation) ?? take();
      const call = { service, verb, id, at: clock.now(), failed: ordeal?.error.name, answeredAt: undefined };
      calls.push(call);
      const walksHere = walks.getStore() ?? new Map();
      if (verb === "list") noteWalk(walksHere, service, id, 1);
      await clock.sleep(clock.random() * latencyMs);
      const answer = ordeal === undefined || ordeal.carriedOut ? carriedOut(call, carryOut) : undefined;
      await clock.sleep(ordeal === undefined ? clock.random() * latencyMs : ordeal.takesMs);
      answered(ordeal?.error);
      if (verb === "list") noteWalk(walksHere, service, id, -1);
      if (ordeal !== undefined) throw ordeal.error;
      if (answer instanceof Failed) throw answer.error;
      Object.assign(call, { answeredAt: clock.now() });
      return answer as T;
    },
  };

  /** One walk through a list is enough for all at a time. */
  function noteWalk(here: Map<string, number>, service: Service, list: string, change: 1 | -1): void {
    const key = `${service} ${list}`;
    const underWay = (here.get(key) ?? 0) + change;
    here.set(key, underWay);
    if (underWay > 1) wrongs.push(`(8) ${underWay} walks through the list of ${key} at once`);
  }

  function carriedOut<T>(call: ModelCall, carryOut: () => T): T | Failed {
    try {
      return carryOut();
    } catch (error) {
      Object.assign(call, { failed: (error as Error).name });
      return new Failed(error);
    }
  }
}

class Failed {
  constructor(readonly error: unknown) {}
}
