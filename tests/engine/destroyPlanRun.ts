import assert from "node:assert/strict";
import type { Call, LocalAws } from "../../local";
import type { DestroyPlan, PlannedUser } from "../../plan";
import { PROGRAM } from "../program";
import { callsDuring } from "./fixtures";
import type { TestStack } from "./harness";
import { type CommandResult, runProcess } from "./harness/process";

/** What the command says of a stack; it must not change anything. */
export async function planOf(
  stack: TestStack,
  aws: LocalAws,
): Promise<DestroyPlan & { readonly code: number }> {
  let result: CommandResult | undefined;
  const { workDir: cwd, envVars: env } = stack.stack.workspace;
  const calls = await callsDuring(aws, async () => {
    result = await runProcess(process.execPath, [PROGRAM, "destroy-plan", "--json"], { cwd, env });
  });
  assert.deepEqual(calls.filter(isChange), []);
  assert.ok(result !== undefined && result.stdout !== "", result?.output);
  return { ...JSON.parse(result.stdout), code: result.code };
}

/** Whether a call was carried out and changed something. */
export function isChange({ operation, error }: Call): boolean {
  return error === undefined && !/^(Get|List|Describe)/.test(operation);
}

/** The changes that were carried out for a user: by its name, or by the id of something that hangs on it. */
export function changesFor({ id, service, region, attachments }: PlannedUser, calls: readonly Call[]) {
  const names = new Set([id, id.split("/").at(-1), ...attachments.map((thing) => thing.id)]);
  const ours = calls.filter((call) => {
    const { UserName, UserId, SerialNumber, FaceIds } = call.parameters;
    const subject = UserName ?? UserId ?? SerialNumber ?? [FaceIds].flat()[0];
    const isHere = call.service === service && (region === null || call.region === region);
    return isChange(call) && isHere && names.has(String(subject));
  });
  const actions = ours.map(({ operation }) => `${service}:${operation}`);
  return Object.fromEntries(
    actions.map((action) => [action, actions.filter((other) => other === action).length]),
  );
}

/** The changes that a plan announces for a user. */
export function announced({ calls }: PlannedUser) {
  return Object.fromEntries(calls.map(({ action, times }) => [action, times]));
}
