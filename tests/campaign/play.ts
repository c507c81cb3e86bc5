import type { dynamic } from "@pulumi/pulumi";
import { elastiCacheUser } from "../../provider/elasticache/kind";
import type { UserGateway } from "../../provider/gateway";
import { iamUser } from "../../provider/iam/kind";
import type { UserKind } from "../../provider/kind";
import { lifecycle } from "../../provider/lifecycle";
import type { World } from "../../provider/lifecycle/host";
import { slots } from "../../provider/lifecycle/slots";
import { memoryDbUser } from "../../provider/memorydb/kind";
import { rekognitionUser } from "../../provider/rekognition/kind";
import { parseDuration } from "../../provider/wait/deadline";
import { broken } from "./invariants";
import { modelElastiCache, modelMemoryDb } from "./modelAccess";
import { type ModelAws, modelAws } from "./modelAws";
import {
  type Declared,
  engineRun,
  isBare,
  type Props,
  type Provider,
  type Resource,
  type Step,
  type StepError,
} from "./modelEngine";
import { SERVICES, type Service } from "./modelFaults";
import { modelIam } from "./modelIam";
import { modelRekognition } from "./modelRekognition";
import { declaredUser, idOf, MARKER, slotOf } from "./program";
import type { RunSpec, Scenario } from "./scenario";
import { blockersOf, somebodyElse } from "./somebodyElse";
import { chanceOf, virtualTime } from "./virtualTime";

/** As the provider's own defaults. */
const DEFAULT_LIMIT_MS: Readonly<Record<Step, number>> = {
  create: 600_000,
  read: 300_000,
  update: 1_200_000,
  delete: 1_200_000,
};
const BETWEEN_RUNS_MS = 20_000;
const SECOND_LOOK_WHEN_NEW_MS = 10_000;
const BETWEEN_CALM_RUNS_MS = 600_000;
const CALM_RUNS = 3;
const FIRST_RUN: RunSpec = { act: "up", version: 0 };

/** Plays a scenario to its end, which is a destroy in a calm world, and tells which invariants were broken. */
export async function play(scenario: Scenario): Promise<string[]> {
  const time = virtualTime(chanceOf(scenario.seed));
  const specOf = (id: string) => scenario.users[slotOf(id)];
  const aws = modelAws({
    ...scenario,
    clock: time.clock,
    blockersOf: (id, bornAt) => {
      const spec = specOf(id);
      return spec === undefined ? [] : blockersOf(spec, bornAt);
    },
  });
  const stage = stageOf(scenario, aws);
  try {
    await time.play(() => playRuns(scenario, aws, stage));
  } catch (error) {
    aws.wrongs.push(`the play broke off: ${(error as Error).stack}`);
  }
  return aws.wrongs;
}

type Stage = ReturnType<typeof stageOf>;

async function playRuns(scenario: Scenario, aws: ModelAws, stage: Stage): Promise<void> {
  const { lost } = stage;
  const others = somebodyElse(scenario, aws, stage);
  others.before();
  for (const [index, { act, version }] of [FIRST_RUN, ...scenario.runs].entries()) {
    aws.begin(index);
    const program = scenario.users.map((_, slot) => declaredUser(scenario, slot, version, lost));
    const engine = stage.run();
    const acts = {
      up: () => engine.up(program),
      less: () => engine.up(program.slice(1)),
      refresh: engine.refresh,
      destroy: engine.destroy,
    };
    await Promise.all([aws.inProcess(acts[act]), others.during(index)]);
    await aws.clock.sleep(pauseAfterRun(scenario));
  }
  others.calmDown();
  await takeOverWhatWasLost(aws, scenario, stage);
  await destroyCalmly(aws, stage);
  others.after();
}

/** As the errors of those creates said; all else stays as it is. */
async function takeOverWhatWasLost(
  { clock, inProcess }: ModelAws,
  scenario: Scenario,
  { state, lost, run }: Stage,
): Promise<void> {
  const left = [...lost.values()].filter(({ slot }) => !state.has(slot));
  if (left.length === 0) return;
  await clock.sleep(BETWEEN_CALM_RUNS_MS);
  const kept = [...state.keys()].map((slot) => declaredUser(scenario, slot, 0, lost));
  const declared = left.map(({ inputs: { __provider, tagsAll, ...inputs }, ...of }) => ({ ...of, inputs }));
  await inProcess(() => run().up([...kept, ...declared]));
}

/**
 * The second of two looks that miss a new IAM user proves absence when reads lag by less than the time between them.
 * Where one look is enough, the next run begins only when all reads show what this one did.
 */
function pauseAfterRun({ lagMs: { memorydb, elasticache, iam } }: Scenario): number {
  return memorydb + elasticache === 0 && iam < SECOND_LOOK_WHEN_NEW_MS ? 0 : BETWEEN_RUNS_MS;
}

async function destroyCalmly(aws: ModelAws, stage: Stage): Promise<void> {
  process.env["PULUMI_AWS_USERS_FORCE_DESTROY"] = "*";
  try {
    for (let run = 0; run < CALM_RUNS && stage.state.size > 0; run++) {
      await aws.clock.sleep(BETWEEN_CALM_RUNS_MS);
      await aws.inProcess(() => stage.run().destroy());
    }
  } finally {
    delete process.env["PULUMI_AWS_USERS_FORCE_DESTROY"];
  }
  for (const { service, id } of stage.state.values()) {
    aws.wrongs.push(`(2) ${service} ${id} stays in the state, though nothing goes wrong any more`);
  }
}

/** The providers of all services in one stack, over the model. */
function stageOf(scenario: Scenario, aws: ModelAws) {
  const state = new Map<number, Resource>();
  const lost = new Map<number, Declared>();
  const busy = new Set<number>();
  const kinds = kindsOf(scenario, aws);
  const inspect = (output: unknown) => {
    if (isBare(MARKER, output)) aws.wrongs.push(`(7) a password is in ${JSON.stringify(output)}`);
  };
  const observe = async <T>(
    step: Step,
    of: Declared & { id?: string; outputs?: Props },
    act: () => Promise<T>,
  ) => {
    const { slot, service, inputs, outputs = {} } = of;
    const startedAt = aws.clock.now();
    const id = of.id ?? idOf(scenario, slot);
    if (step === "create" && inputs["adoptExisting"] === true) claim(aws, service, id);
    busy.add(slot);
    const finish = (error: StepError | undefined, answer: unknown) => {
      busy.delete(slot);
      const { blockers } = scenario.users[slot] ?? { blockers: [] };
      const finished = {
        step,
        service,
        id,
        kind: kinds[service],
        startedAt,
        endedAt: aws.clock.now(),
        error,
        answer,
      };
      const purges = blockers.reduce((sum, { returns }) => sum + 1 + returns, 0);
      const limitMs = limitOf(step, step === "delete" ? outputs : inputs);
      aws.wrongs.push(...broken(aws, { ...finished, uid: outputs["uniqueId"], purges, limitMs }));
      const user = aws.userNow(service, id);
      const made = step === "create" && user?.owner === "stack" && user.bornAt >= startedAt;
      if (made && error !== undefined && error.id === undefined) {
        lost.set(slot, { slot, service, inputs: { ...inputs, adoptExisting: true } });
      }
    };
    try {
      const answer = await act();
      finish(undefined, answer);
      return answer;
    } catch (error) {
      finish(error as StepError, undefined);
      throw error;
    }
  };
  const run = () =>
    engineRun({
      state,
      providers: providersOf(kinds, aws, inspect),
      parallel: scenario.parallel,
      observe,
      inspect,
    });
  return { state, lost, busy, run };
}

/** What the program may take over is nobody else's any more. */
function claim(aws: ModelAws, service: Service, id: string): void {
  const user = aws.userNow(service, id);
  if (user?.owner === "somebody") aws.write(service, id, { ...user, owner: "adoptable" });
}

function limitOf(step: Step, { timeouts }: Props): number {
  const declared = (timeouts as Record<string, string> | undefined)?.[step];
  return (declared !== undefined && step !== "read" && parseDuration(declared)) || DEFAULT_LIMIT_MS[step];
}

function kindsOf({ users }: Scenario, aws: ModelAws): Record<Service, UserKind> {
  const durations = (id: string) => users[slotOf(id)] ?? { createMs: 0, modifyMs: 0, deleteMs: 0 };
  const mayErase = (id: string) =>
    users[slotOf(id)]?.forceDestroy === true || process.env["PULUMI_AWS_USERS_FORCE_DESTROY"] === "*";
  const over = (kind: unknown, gateway: unknown): UserKind => ({
    ...(kind as UserKind),
    connect: () => gateway as UserGateway,
  });
  return {
    memorydb: over(memoryDbUser, modelMemoryDb(aws, durations)),
    elasticache: over(elastiCacheUser, modelElastiCache(aws, durations)),
    iam: over(iamUser, modelIam(aws)),
    rekognition: over(rekognitionUser, modelRekognition(aws, durations, mayErase)),
  };
}

/** Each run of Pulumi has a provider process of its own. */
function providersOf(
  kinds: Record<Service, UserKind>,
  aws: ModelAws,
  inspect: (output: unknown) => void,
): Record<Service, Provider> {
  const shared = slots(aws.clock, inspect);
  const config = {
    get: (key: string) => (key === "aws:region" ? "eu-central-1" : undefined),
  } as dynamic.Config;
  const providers = SERVICES.map((service) => {
    const account: World["account"] = () =>
      aws.call({ service, verb: "account", operation: "GetCallerIdentity", id: "*" }, () => "123456789012");
    const provider = lifecycle(kinds[service], {
      clock: aws.clock,
      account,
      say: inspect,
      slots: shared,
    }) as Provider;
    void provider.configure({ config });
    return [service, provider];
  });
  return Object.fromEntries(providers) as Record<Service, Provider>;
}
