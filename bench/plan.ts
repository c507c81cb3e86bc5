import { availableParallelism } from "node:os";
import type { Behaviour } from "./aws";
import { USUAL_BEHAVIOUR } from "./aws";
import type { Population } from "./users";

/** So many users of a kind, at some parallelism. */
export interface Size {
  readonly population: Population;
  readonly count: number;
  /** The engine's default when absent. */
  readonly parallel?: number;
  /** How many users a page of a list holds; what AWS gives when absent. */
  readonly pageSize?: number;
}

/** What one run measures. */
export interface Plan {
  readonly behaviour: Behaviour;
  readonly sizes: readonly Size[];
  /** Rekognition users, who are made and deleted at 5 calls a second. */
  readonly rekognition: readonly Size[];
  /** For how many users the engine alone is measured while it saves its state at every step. */
  readonly savingCounts: readonly number[];
  /** A longer deletion, to see how late its end is noticed; none when absent. */
  readonly longDeletion?: Behaviour;
}

/** The parallelism of large stacks. */
export const WIDE = 200;

/** How many operations the engine runs at once when nothing is said. */
export const DEFAULT_PARALLEL = 4 * availableParallelism();

/** Everything, in less than 20 minutes. */
export const FULL: Plan = {
  behaviour: USUAL_BEHAVIOUR,
  sizes: [
    ...(["iam", "memorydb", "elasticache"] as const).flatMap((population) => [
      { population, count: 1 },
      { population, count: 20 },
      { population, count: 100, parallel: WIDE },
      { population, count: 400, parallel: WIDE },
    ]),
    ...[20, 100, 400, 1_000].map((count) => ({ population: "mixed" as const, count, parallel: WIDE })),
  ],
  // As few users a page make as many pages as a collection of thousands has.
  rekognition: [rekognition(100), { ...rekognition(100), pageSize: 5 }],
  savingCounts: [100, 400],
  longDeletion: { ...USUAL_BEHAVIOUR, deleteMs: 30_000 },
};

/** A first impression, in less than 2 minutes. */
export const QUICK: Plan = {
  behaviour: { ...USUAL_BEHAVIOUR, deleteMs: 2_000 },
  sizes: [{ population: "mixed", count: 20, parallel: WIDE }],
  rekognition: [rekognition(10)],
  savingCounts: [],
};

function rekognition(count: number): Size {
  return { population: "rekognition", count, parallel: count };
}

/** Whether the usual way is measured as well: it takes too long for many users, and is much the same for each kind. */
export function measuresUsualWay({ population, count }: Size): boolean {
  return count === 1 || (population === "mixed" && count <= 100);
}
