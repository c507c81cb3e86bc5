import type { DestroyPlan, PlannedUser } from "../../plan/document";
import { planFor } from "../../plan/planFor";
import type { Service } from "../../provider/service";
import { systemClock } from "../../provider/wait/clock";
import type { PendingOperation, StackState, StackUser } from "../../stack";

/** The account of the local AWS. */
const ACCOUNT = "123456789012";

/** The time of the local AWS in these tests, and of the plans. */
export const NOW = Date.UTC(2026, 0, 1);

const settings: StackUser["settings"] = {
  identity: { roles: [] },
  defaultTags: {},
  ownerTag: false,
  allowedAccountIds: [],
  forbiddenAccountIds: [],
};

/** A user in the state of a stack, as `up` leaves it. */
export function inState(service: Service, id: string, of: Partial<StackUser> = {}): StackUser {
  return {
    urn: urnOf(service, id),
    name: id,
    service,
    id,
    settings,
    protect: false,
    retainOnDelete: false,
    deletedWith: undefined,
    replaced: false,
    awaitsReplacement: false,
    inputs: {},
    ...of,
    outputs: { region: "us-east-1", accountId: ACCOUNT, stateVersion: 1, ...of.outputs },
  };
}

/** What an interrupted run began. */
export function begun(
  service: Service,
  type: PendingOperation["type"],
  inputs: PendingOperation["inputs"],
  id?: string,
): PendingOperation {
  const name = String(inputs["userName"] ?? inputs["userId"]);
  return { urn: urnOf(service, name), name, service, type, inputs, outputs: {}, settings, id };
}

/** A plan for these users, made when it is {@link NOW}. */
export function planOf(
  users: readonly StackUser[],
  pending: readonly PendingOperation[] = [],
  protectedOthers: readonly string[] = [],
): Promise<DestroyPlan> {
  const state: StackState = { project: "shop", stack: "dev", users, pending, protectedOthers };
  return planFor(state, { ...systemClock, now: () => NOW });
}

/** The plan for the only user of a stack. */
export async function planOfOne(user: StackUser): Promise<PlannedUser> {
  const { users } = await planOf([user]);
  const [planned] = users;
  if (planned === undefined || users.length > 1) throw new Error(`${users.length} users are planned`);
  return planned;
}

function urnOf(service: Service, name: string): string {
  return `urn:pulumi:dev::shop::pulumi-nodejs:dynamic/aws-users/${service}:User::${name}`;
}

/** What becomes of each kind of thing that hangs on a user. */
export function fates({
  attachments,
}: {
  readonly attachments: readonly { readonly kind: string; readonly fate: string }[];
}): Record<string, string> {
  return Object.fromEntries(attachments.map(({ kind, fate }) => [kind, fate]));
}

/** A local AWS in which nothing takes time. */
export const QUICK = { createMs: 0, modifyMs: 0, deleteMs: 0, groupMs: 0 };
