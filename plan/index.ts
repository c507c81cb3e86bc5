/**
 * What `pulumi destroy` will do with the AWS users of a stack, found out without changing anything.
 *
 * @module pulumi-aws-users/plan
 */

import { systemClock } from "../provider/wait/clock";
import { readStack, type StackOptions } from "../stack";
import type { DestroyPlan } from "./document";
import { planFor } from "./planFor";

export type { Service } from "../provider/service";
export type { StackOptions } from "../stack";
export type {
  Attachment,
  DestroyPlan,
  IdentifiedUser,
  LastUse,
  PendingOperation,
  PlannedCall,
  PlannedUser,
  Warning,
} from "./document";
export { destroyPlanSchema } from "./schema";

/** Which stack, and who is told how it goes. */
export interface PlanOptions extends StackOptions {
  /** Told what is being done now, for a line of progress. */
  readonly onProgress?: ((doing: string) => void) | undefined;
}

/**
 * Says for each AWS user of a stack what `pulumi destroy` will do with it, from the stack's state and from what AWS
 * shows. Nothing is changed, in AWS or in the state. It runs the `pulumi` on the PATH, and uses the credentials that
 * destroy will use: those in the stack's configuration as of the last `up`, else those of the environment.
 *
 * ```ts
 * import { planDestroy } from "pulumi-aws-users/plan";
 *
 * const plan = await planDestroy({ stack: "dev" });
 * if (plan.verdict === "blocked") console.log(plan.users.filter(({ outcome }) => outcome === "blocked"));
 * ```
 *
 * @throws Error in words: no stack, the wrong folder, no AWS credentials, no permission, an endpoint that does not answer.
 */
export async function planDestroy({ onProgress, ...options }: PlanOptions = {}): Promise<DestroyPlan> {
  onProgress?.("Reading the stack's state");
  return planFor(await readStack(options), systemClock, onProgress);
}
