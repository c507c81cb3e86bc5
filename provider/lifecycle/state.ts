import type { CheckedArgs, CommonArgs, Outputs, Past } from "../args";
import { localKeys } from "../changes";
import type { LiveUser } from "../gateway";
import type { UserKind } from "../kind";
import { type HalfMade, Refusal } from "./errors";
import type { Sighting } from "./read";

/** The shape of the state that this version writes; older ones are read for ever. */
const STATE_VERSION = 1;

/** The state of a user that became what was asked. */
export function readyState(
  kind: UserKind,
  args: Partial<CommonArgs>,
  live: LiveUser,
  accountId: string,
): Outputs {
  return { ...args, ...kind.outputs(live), accountId, stateVersion: STATE_VERSION };
}

/**
 * The inputs and outputs of a user that was looked at: those by which a program that declares the same finds no
 * difference.
 *
 * @param steering What AWS does not hold.
 */
export function seenState(
  kind: UserKind,
  steering: Partial<CommonArgs>,
  { live, observed }: Sighting,
  accountId: string,
): { readonly inputs: Outputs; readonly outputs: Outputs } {
  const inputs = { ...steering, ...observed };
  return { inputs, outputs: readyState(kind, inputs, live, accountId) };
}

/**
 * The state of a user that exists and did not become what was asked: what was seen of it and, for the next run, which
 * one it is and what steers the provider. Nothing that was only wished: the next diff finds it missing.
 */
export function halfMadeState(
  kind: UserKind,
  args: CheckedArgs,
  { live, belongings }: HalfMade,
  accountId: string,
): Outputs {
  const kept = Object.entries(args).filter(
    ([key]) => localKeys(kind).includes(key) || kind.replaces.includes(key),
  );
  const identified = {
    ...(Object.fromEntries(kept) as Partial<CommonArgs>),
    accountId,
    stateVersion: STATE_VERSION,
  };
  if (live === undefined) return identified;
  return {
    ...identified,
    ...kind.observed(live, {} as Past),
    ...(kind.belongings && belongings && { [kind.belongings.property]: belongings }),
    ...kind.outputs(live),
  };
}

/** The arguments within a state: what a refreshed program would declare. */
export function argsIn(kind: UserKind, state: Outputs): Partial<CommonArgs> {
  const names = [...Object.keys(kind.inputs.shape), "tagsAll"];
  return Object.fromEntries(
    names.filter((name) => name in state).map((name) => [name, state[name]]),
  ) as Partial<CommonArgs>;
}

/** @throws Refusal when the state was written by a version that this one does not know. */
export function assertReadable(state: Outputs): void {
  const version = Number(state["stateVersion"] ?? STATE_VERSION);
  if (version <= STATE_VERSION) return;
  throw new Refusal(
    `its state has version ${version}, and this pulumi-aws-users reads up to ${STATE_VERSION}`,
    "Install the version of pulumi-aws-users that wrote it, or a newer one.",
  );
}
