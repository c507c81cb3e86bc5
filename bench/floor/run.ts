import { setTimeout as sleep } from "node:timers/promises";
import type { MeasuredAws } from "../aws";
import { openClients } from "../clients";
import type { Figure, Figures } from "../figures";
import type { Service, WantedUser } from "../users";
import { type FloorCalls, floorCalls } from "./services";

const LOOK_GAP_MS = 250;
/** ElastiCache shows no tags of a user that was made so short a time ago. */
const TAG_WINDOW_MS = 1_000;
const READY: ReadonlySet<string | undefined> = new Set(["active", "ACTIVE", "CREATED"]);

/**
 * What the bare calls of a create, a refresh and a destroy take, with so many users under way at once, as an engine
 * has them: each keeps its slot until AWS says that it is ready or gone. One look-up a service serves all who wait.
 *
 * @param callsPerSecond A limit that AWS sets, and a careful script keeps to.
 */
export async function measureFloor(
  aws: MeasuredAws,
  users: readonly WantedUser[],
  parallel: number,
  callsPerSecond = Number.POSITIVE_INFINITY,
): Promise<Figures> {
  const clients = openClients(aws, parallel);
  const calls = floorCalls(clients, metronome(callsPerSecond));
  const waits = Object.fromEntries(
    Object.entries(calls).map(([service, { list }]) => [service, sharedLook(list)]),
  ) as Record<Service, SharedLook>;
  const services = [...new Set(users.map(({ service }) => service))];
  const turn = metronome(callsPerSecond);
  const timed = (act: () => Promise<unknown>) => figureOf(aws, act);
  const create = await timed(() =>
    pool(users, parallel, async ({ service, name }) => {
      await turn();
      await calls[service].create(name);
      if (service !== "iam") await waits[service](name, (status) => READY.has(status));
    }),
  );
  await sleep(TAG_WINDOW_MS);
  const refresh = await timed(async () => {
    await Promise.all(services.map((service) => calls[service].readsList && calls[service].list()));
    await pool(users, parallel, ({ service, name }) => calls[service].read(name));
  });
  const destroy = await timed(() =>
    pool(users, parallel, async ({ service, name }) => {
      await turn();
      await calls[service].remove(name);
      await waits[service](name, (status) => status === undefined);
    }),
  );
  clients.close();
  return { create, refresh, destroy };
}

async function figureOf(aws: MeasuredAws, act: () => Promise<unknown>): Promise<Figure> {
  const before = (await aws.calls()).length;
  const begin = performance.now();
  await act();
  const ms = performance.now() - begin;
  return { ms, calls: (await aws.calls()).length - before };
}

type SharedLook = (name: string, isOver: (status: string | undefined) => boolean) => Promise<void>;

interface Waiting {
  readonly name: string;
  readonly isOver: (status: string | undefined) => boolean;
  readonly done: () => void;
}

/** One look-up for all who wait; a look-up answers those who waited when it began. */
function sharedLook(list: FloorCalls["list"]): SharedLook {
  let waiting: Waiting[] = [];
  let looking = false;

  async function look(): Promise<void> {
    looking = true;
    while (waiting.length > 0) {
      const asked = waiting;
      const statuses = await list();
      const over = new Set(asked.filter(({ name, isOver }) => isOver(statuses.get(name))));
      waiting = waiting.filter((each) => !over.has(each));
      for (const { done } of over) done();
      if (waiting.length > 0) await sleep(LOOK_GAP_MS);
    }
    looking = false;
  }

  return (name, isOver) =>
    new Promise((done, fail) => {
      waiting = [...waiting, { name, isOver, done }];
      if (!looking) look().catch(fail);
    });
}

/** Lets so many through each second, evenly. */
function metronome(perSecond: number): () => Promise<void> {
  let nextAt = 0;
  return async () => {
    if (perSecond === Number.POSITIVE_INFINITY) return;
    const now = performance.now();
    nextAt = Math.max(now, nextAt);
    const wait = nextAt - now;
    nextAt += 1_000 / perSecond;
    await sleep(wait);
  };
}

async function pool<Item>(
  items: readonly Item[],
  size: number,
  act: (item: Item) => Promise<unknown>,
): Promise<void> {
  const queue = [...items];
  const work = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(size, items.length) }, work));
}
