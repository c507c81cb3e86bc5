import { setTimeout as sleep } from "node:timers/promises";
import { DeleteUserCommand } from "@aws-sdk/client-elasticache";
import type { Call } from "../local";
import { KINDS, UserName } from "../tests/local/nineKinds";
import { type Behaviour, type MeasuredAws, startAws } from "./aws";
import { openClients } from "./clients";
import { type EngineFigures, measureEngine } from "./engine/run";
import { STAGES, type Stage } from "./figures";
import { type Service, usersOf } from "./users";

/** The calls of single users. */
export interface Counts {
  /** Calls of a create, a refresh and a destroy of one user, by service. */
  readonly single: Readonly<Record<"iam" | "memorydb" | "elasticache", Readonly<Record<Stage, number>>>>;
  /** Those of the destroys that only ask whether the user is gone. */
  readonly polls: Readonly<Record<"memorydb" | "elasticache", number>>;
  /** An IAM user with one of each of the nine kinds of things that block its deletion. */
  readonly loaded: { readonly destroy: number; readonly chain: number };
  /** What a refresh asks for an ElastiCache user that somebody else deleted. */
  readonly deletedOutOfBand: { readonly calls: number; readonly ms: number };
}

/** Counts on an AWS whose users are ready at once, as nothing else would make counts comparable. */
export async function countCalls(behaviour: Behaviour): Promise<Counts> {
  const aws = await startAws({ ...behaviour, createMs: 0 });
  try {
    const bare = await measureEngine(aws, {
      variant: "product",
      users: usersOf("mixed", 3),
      saves: "at the end",
    });
    await aws.reset();
    const burdened = await measureEngine(aws, {
      variant: "product",
      users: [
        { service: "iam", name: UserName },
        { service: "elasticache", name: "gone" },
      ],
      saves: "at the end",
      meanwhile: () => burden(aws),
    });
    return countsFrom(bare, burdened, behaviour.latencyMs);
  } finally {
    await aws.close();
  }
}

/** Hangs one thing of each kind on the IAM user, and takes the ElastiCache user away. */
async function burden(aws: MeasuredAws): Promise<void> {
  const clients = openClients(aws, 10);
  for (const { hang } of KINDS) await hang(clients.iam);
  await clients.elasticache.send(new DeleteUserCommand({ UserId: "gone" }));
  await sleep(aws.behaviour.deleteMs + 500);
  clients.close();
}

function countsFrom(bare: EngineFigures, burdened: EngineFigures, latencyMs: number): Counts {
  const single = (service: Service) =>
    Object.fromEntries(STAGES.map((stage) => [stage, callsOf(bare[stage].log, service).length])) as Record<
      Stage,
      number
    >;
  const polls = (service: Service) =>
    callsOf(bare.destroy.log, service).filter(({ operation }) => operation === "DescribeUsers").length;
  const purge = callsOf(burdened.destroy.log, "iam");
  return {
    single: { iam: single("iam"), memorydb: single("memorydb"), elasticache: single("elasticache") },
    polls: { memorydb: polls("memorydb"), elasticache: polls("elasticache") },
    loaded: { destroy: purge.length, chain: longestChain(purge, latencyMs) },
    deletedOutOfBand: {
      calls: callsOf(burdened.refresh.log, "elasticache").length,
      ms: burdened.refresh.ms,
    },
  };
}

function callsOf(log: readonly Call[], service: Service): readonly Call[] {
  return log.filter((call) => call.service === service);
}

/**
 * The most calls of which each began after the one before was answered: no fewer than really waited for each other. A
 * call is answered when the latency has passed since it came.
 */
function longestChain(log: readonly Call[], latencyMs: number): number {
  let length = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;
  for (const { time } of [...log].sort((one, other) => one.time - other.time)) {
    if (time < answeredAt) continue;
    length += 1;
    answeredAt = time + latencyMs;
  }
  return length;
}
