import { CreateCollectionCommand } from "@aws-sdk/client-rekognition";
import { type Behaviour, type MeasuredAws, startAws } from "./aws";
import { openClients } from "./clients";
import { type EngineFigures, type Life, measureEngine } from "./engine/run";
import { type Figures, STAGES } from "./figures";
import { measureFloor } from "./floor/run";
import { DEFAULT_PARALLEL, measuresUsualWay, type Size } from "./plan";
import { COLLECTION_ID, usersOf } from "./users";

/** One size, measured in every way. */
export interface Measured {
  readonly size: Size;
  readonly product: EngineFigures;
  readonly floor: Figures;
  /** The engine with a provider that does nothing. */
  readonly engine: Figures;
  /** Absent where it would take too long. */
  readonly usual?: Figures;
}

/** Tells the people who wait how far it is. */
export type Say = (line: string) => void;

/** Measures sizes one after the other, each in every way. */
export async function measureSizes(
  behaviour: Behaviour,
  sizes: readonly Size[],
  say: Say,
): Promise<Measured[]> {
  const aws = await startAws(behaviour);
  const engineAlone = engineTimes(aws);
  const measured: Measured[] = [];
  try {
    for (const size of sizes) {
      const engine = await engineAlone(size);
      const result = await measureSize(aws, size, engine);
      measured.push(result);
      say(`${nameOf(size)}: ${summary(result)}`);
    }
  } finally {
    await aws.close();
  }
  return measured;
}

async function measureSize(aws: MeasuredAws, size: Size, engine: Figures): Promise<Measured> {
  const { count, population } = size;
  const life = { users: usersOf(population, count), saves: "at the end" as const, ...parallelOf(size) };
  await aws.reset();
  const floor = await measureFloor(aws, life.users, size.parallel ?? DEFAULT_PARALLEL);
  await aws.reset();
  const product = await measureEngine(aws, { variant: "product", ...life });
  if (!measuresUsualWay(size)) return { size, product, floor, engine };
  await aws.reset();
  const usual = await measureEngine(aws, { variant: "usual", ...life });
  return { size, product, floor, engine, usual };
}

/** The engine's own time depends on nothing but the number of resources and the parallelism. */
function engineTimes(aws: MeasuredAws): (size: Size) => Promise<Figures> {
  const known = new Map<string, Figures>();
  return async (size) => {
    const key = `${size.count}/${size.parallel}`;
    const figures = known.get(key) ?? (await measureNothing(aws, size, "at the end"));
    known.set(key, figures);
    return figures;
  };
}

function measureNothing(aws: MeasuredAws, size: Size, saves: Life["saves"]): Promise<EngineFigures> {
  return measureEngine(aws, {
    variant: "nothing",
    users: usersOf("iam", size.count),
    saves,
    ...parallelOf(size),
  });
}

/** What the engine takes by itself, with a provider that does nothing, when it saves its state at every step. */
export interface Saving {
  readonly count: number;
  readonly figures: Figures;
}

/** Measures what it costs the engine to save its state. */
export async function measureSaving(
  behaviour: Behaviour,
  counts: readonly number[],
  parallel: number,
): Promise<Saving[]> {
  const aws = await startAws(behaviour);
  const measured: Saving[] = [];
  try {
    for (const count of counts) {
      const figures = await measureNothing(aws, { population: "mixed", count, parallel }, "every step");
      measured.push({ count, figures });
    }
  } finally {
    await aws.close();
  }
  return measured;
}

/** Rekognition's calls a second of each operation, by its quota. */
const REKOGNITION_RATE = 5;
/** It knows no state "deleting": a user is gone soon after its deletion was accepted. */
const REKOGNITION_DELETE_MS = 300;

/** Measures Rekognition users apart: its quota decides. */
export async function measureRekognition(behaviour: Behaviour, size: Size): Promise<Measured> {
  const operations = ["CreateUser", "DeleteUser", "ListUsers"];
  const limits = Object.fromEntries(
    operations.map((operation) => [`rekognition:${operation}`, REKOGNITION_RATE]),
  );
  const { count, pageSize } = size;
  const aws = await startAws({ ...behaviour, deleteMs: REKOGNITION_DELETE_MS, limits, pageSize });
  const users = usersOf("rekognition", count);
  try {
    const engine = await engineTimes(aws)(size);
    await makeCollection(aws);
    const floor = await measureFloor(aws, users, count, REKOGNITION_RATE);
    const product = await measureEngine(aws, {
      variant: "product",
      users,
      saves: "at the end",
      ...parallelOf(size),
    });
    return { size, floor, product, engine };
  } finally {
    await aws.close();
  }
}

async function makeCollection(aws: MeasuredAws): Promise<void> {
  const clients = openClients(aws, 1);
  await clients.rekognition.send(new CreateCollectionCommand({ CollectionId: COLLECTION_ID }));
  clients.close();
}

/** How late the end of deletions was noticed, in milliseconds. */
export interface Lateness {
  readonly median: number;
  readonly most: number;
}

/** From the moment at which a user was gone in AWS to the one at which the engine said that it is deleted. */
export function latenessOf({ destroy }: EngineFigures, { latencyMs, deleteMs }: Behaviour): Lateness {
  const late = destroy.log
    .filter(({ operation, error, service }) => operation === "DeleteUser" && !error && service !== "iam")
    .map(({ time, parameters }) => {
      const name = String(parameters["UserId"] ?? parameters["UserName"]);
      return (destroy.endedAt.get(name) ?? Number.NaN) - (time + latencyMs + deleteMs);
    })
    .sort((one, other) => one - other);
  return { median: late[Math.floor(late.length / 2)] ?? Number.NaN, most: late.at(-1) ?? Number.NaN };
}

/** How late the end of a long deletion is noticed. */
export interface LongDeletion {
  readonly behaviour: Behaviour;
  readonly lateness: Lateness;
}

/** Deletes some users that take long. */
export async function measureLongDeletion(behaviour: Behaviour): Promise<LongDeletion> {
  const aws = await startAws(behaviour);
  try {
    const users = usersOf("memorydb", 20);
    const life = { variant: "product", users, saves: "at the end", parallel: users.length } as const;
    return { behaviour, lateness: latenessOf(await measureEngine(aws, life), behaviour) };
  } finally {
    await aws.close();
  }
}

/** A size in words: `400 mixed at 200`. */
export function nameOf({ population, count, parallel, pageSize }: Size): string {
  const pages = pageSize === undefined ? "" : `, ${pageSize} a page`;
  return `${count} ${population} at ${parallel ?? `default (${DEFAULT_PARALLEL})`}${pages}`;
}

function parallelOf({ parallel }: Size): { parallel?: number } {
  return parallel === undefined ? {} : { parallel };
}

function summary({ product, floor }: Measured): string {
  return STAGES.map(
    (stage) => `${stage} ${seconds(product[stage].ms)} (floor ${seconds(floor[stage].ms)})`,
  ).join(", ");
}

/** `12.3 s` */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
