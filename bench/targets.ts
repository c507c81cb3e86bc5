import type { Call } from "../local";
import type { Behaviour } from "./aws";
import type { Counts } from "./counts";
import { type LongDeletion, latenessOf, type Measured, type Saving, seconds } from "./measure";
import type { Population } from "./users";

/** One thing that is to be reached. */
export interface Target {
  readonly measure: string;
  readonly target: string;
  readonly measured: string;
  /** Undefined where a figure is only reported. */
  readonly met?: boolean;
  /** Set for the few that the first page shows. */
  readonly headline?: true;
}

/** All that a run has measured. */
export interface Results {
  readonly behaviour: Behaviour;
  readonly counts: Counts;
  readonly sizes: readonly Measured[];
  readonly rekognition: readonly Measured[];
  readonly saving: readonly Saving[];
  readonly longDeletion?: LongDeletion;
}

/** Holds what was measured against what is to be reached. */
export function targetsOf(results: Results): Target[] {
  return [
    ...callTargets(results.counts),
    ...sharing(results),
    ...wallTime(results),
    ...lateness(results),
    ...process(results),
    ...growth(results),
  ];
}

function callTargets({ single, polls, loaded, deletedOutOfBand }: Counts): Target[] {
  const { iam } = single;
  const access = (["memorydb", "elasticache"] as const).map((service) => {
    const { create, refresh, destroy } = single[service];
    const asks = destroy - polls[service];
    return {
      measure: `calls, ${service}: create / refresh / destroy`,
      target: "at most 3 / 2 / 1 + polls",
      measured: `${create} / ${refresh} / ${asks} + ${polls[service]} polls`,
      met: create <= 3 && refresh <= 2 && asks <= 1,
    };
  });
  return [
    {
      measure: "calls, IAM bare: create / refresh / destroy",
      target: "2 / 1 / 4",
      measured: `${iam.create} / ${iam.refresh} / ${iam.destroy}`,
      headline: true,
      met: iam.create <= 2 && iam.refresh <= 1 && iam.destroy <= 4,
    },
    {
      measure: "calls, IAM with one of each of nine kinds: destroy; longest chain",
      target: "at most 24; at most 8",
      measured: `${loaded.destroy}; ${loaded.chain}`,
      headline: true,
      met: loaded.destroy <= 24 && loaded.chain <= 8,
    },
    ...access,
    {
      measure: "ElastiCache user deleted out of band: refresh",
      target: "1 look-up, no waiting",
      measured: `${deletedOutOfBand.calls} call${deletedOutOfBand.calls === 1 ? "" : "s"}`,
      met: deletedOutOfBand.calls === 1,
    },
  ];
}

/** Look-ups of those who wait or are read together. */
function sharing({ sizes }: Results): Target[] {
  const wide = wideOf(sizes, "memorydb");
  const destroys = wide.map(({ size, product }) => ({
    count: size.count,
    ...lookUps(product.destroy.log),
  }));
  const refreshes = wide.map(({ size, product }) => ({
    count: size.count,
    calls: product.refresh.calls,
    ...lookUps(product.refresh.log),
  }));
  if (wide.length === 0) return [];
  return [
    {
      measure: "describe calls of a destroy of N waiting together",
      target: "pages x polls",
      measured: destroys
        .map(({ count, walks, pages, byName }) => `N=${count}: ${walks} polls x ${pages} pages + ${byName}`)
        .join("; "),
      headline: true,
      met: destroys.every(({ pages, byName }) => byName <= pages + 1),
    },
    {
      measure: "calls of a refresh of N MemoryDB users",
      target: "N tag reads + pages",
      measured: refreshes.map(({ count, calls }) => `N=${count}: ${count} + ${calls - count}`).join("; "),
      met: refreshes.every(({ count, calls, pages }) => calls - count <= pages + 2),
    },
  ];
}

function lookUps(log: readonly Call[]) {
  const describes = log.filter(({ operation }) => operation === "DescribeUsers");
  const byName = describes.filter(({ parameters }) => parameters["UserName"] !== undefined).length;
  const walks = describes.filter(
    ({ parameters }) => parameters["UserName"] === undefined && parameters["NextToken"] === undefined,
  ).length;
  return { byName, walks, pages: Math.ceil((describes.length - byName) / Math.max(walks, 1)) };
}

/** With fewer users than that, it is the look-ups at the end that decide how long a quota's worth of calls takes. */
const TELLING_COUNT = 100;

function wallTime({ sizes, rekognition }: Results): Target[] {
  const crowd = sizes.findLast(({ size }) => size.population === "mixed" && size.count <= 400);
  const quotas = rekognition.map(quotaTarget);
  if (crowd === undefined) return quotas;
  const { product, floor, engine } = crowd;
  const own = product.destroy.ms - engine.destroy.ms;
  return [
    {
      measure: `destroy of ${crowd.size.count} mixed at ${crowd.size.parallel} over the floor, engine's own time apart`,
      target: "at most 1.15",
      measured: `${ratio(own, floor.destroy.ms)} (${seconds(product.destroy.ms)} with the engine's ${seconds(
        engine.destroy.ms,
      )}; floor ${seconds(floor.destroy.ms)})`,
      headline: true,
      met: own <= 1.15 * floor.destroy.ms,
    },
    ...quotas,
  ];
}

function quotaTarget({ size: { count, pageSize }, product, engine }: Measured): Target {
  const quotaMs = (count / 5) * 1_000;
  const own = product.destroy.ms - engine.destroy.ms;
  const pages = pageSize === undefined ? "" : `, in ${Math.ceil(count / pageSize)} pages`;
  return {
    measure: `${count} Rekognition deletes at 5 calls a second${pages}`,
    target: `at most 1.15 x ${seconds(quotaMs)}, engine's own time apart`,
    measured: `${seconds(product.destroy.ms)}; without the engine's ${seconds(engine.destroy.ms)}: ${ratio(own, quotaMs)}`,
    headline: true,
    ...(count >= TELLING_COUNT && { met: own <= 1.15 * quotaMs }),
  };
}

function lateness({ sizes, behaviour, longDeletion }: Results): Target[] {
  const small = sizes.find(({ size }) => size.count === 20 && size.parallel && size.population !== "iam");
  const seen = [
    ...(small ? [{ behaviour, lateness: latenessOf(small.product, behaviour) }] : []),
    ...(longDeletion ? [longDeletion] : []),
  ];
  return seen.map(({ behaviour: { deleteMs }, lateness: { median, most } }) => ({
    measure: `20 deletions of ${seconds(deleteMs)}: from gone in AWS to the delete's return`,
    target: `at most ${seconds(Math.max(2_000, deleteMs / 10))}`,
    measured: `${seconds(median)} in the middle, ${seconds(most)} at most`,
    headline: true,
    met: most <= Math.max(2_000, deleteMs / 10),
  }));
}

function process({ sizes }: Results): Target[] {
  const first = sizes[0]?.product.destroy.host;
  const largest = sizes.at(-1);
  const rss = largest?.product.destroy.host?.maxRssMb;
  const clients = first?.clients.map((name) => name.replace("client-", "")) ?? [];
  return [
    {
      measure: "provider process: start to first call answered",
      target: "measured; only the service in use is loaded",
      measured: `${seconds(first?.firstAnswerMs ?? Number.NaN)}, loads ${clients.join(", ")}`,
      ...(sizes[0]?.size.population !== "mixed" && { met: clients.length <= 2 }),
    },
    {
      measure: `provider process: most memory, N = ${largest?.size.count}`,
      target: "measured",
      measured: `${rss?.toFixed(0)} MB (${largest?.size.population})`,
    },
  ];
}

/** What grows with the number of users, and how: what each further one adds. */
function growth({ sizes, saving }: Results): Target[] {
  const populations: readonly Population[] = ["iam", "memorydb", "elasticache"];
  const bytes = populations.flatMap((population) => {
    const [few, ...more] = wideOf(sizes, population);
    const many = more.at(-1);
    return few && many ? [`${population} ${addedBytes(few, many).toFixed(0)}`] : [];
  });
  const mixed = wideOf(sizes, "mixed");
  const steps = mixed.slice(1).map((many, index) => ({ many, few: mixed[index] as Measured }));
  const added = steps.map(({ few, many }) => addedBytes(few, many));
  const engine = mixed.map(({ size, engine: { destroy } }) => `N=${size.count}: ${seconds(destroy.ms)}`);
  const saved = saving.map(({ count, figures }) => `N=${count}: ${seconds(figures.destroy.ms)}`);
  const measured = "measured";
  return [
    ...(bytes.length > 0
      ? [{ measure: "state bytes a resource", target: measured, measured: bytes.join(", ") }]
      : []),
    ...(added.length > 1
      ? [
          {
            measure: "state bytes that each further user adds, mixed",
            target: "linear: the same for many as for few, within 5 %",
            measured: steps
              .map(
                ({ few, many }, index) =>
                  `${few.size.count} to ${many.size.count}: ${added[index]?.toFixed(0)}`,
              )
              .join(", "),
            met: Math.max(...added) <= 1.05 * Math.min(...added),
          },
        ]
      : []),
    { measure: "engine's own time for a destroy against N", target: measured, measured: engine.join(", ") },
    ...(saved.length > 0
      ? [
          {
            measure: "the same, with its state in a file saved at every step",
            target: measured,
            measured: saved.join(", "),
          },
        ]
      : []),
  ];
}

function addedBytes(few: Measured, many: Measured): number {
  return (many.product.stateBytes - few.product.stateBytes) / (many.size.count - few.size.count);
}

function wideOf(sizes: readonly Measured[], population: Population): Measured[] {
  return sizes.filter(({ size }) => size.population === population && size.parallel !== undefined);
}

function ratio(part: number, whole: number): string {
  return (part / whole).toFixed(2);
}
