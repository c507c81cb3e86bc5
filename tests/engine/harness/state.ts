import type { Deployment } from "@pulumi/pulumi/automation";
import { isBackground, nameInUrn } from "./steps";

/** One resource as a state file has it; secrets are objects with a signature. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly provider?: string;
  readonly delete?: boolean;
  readonly initErrors?: readonly string[];
  readonly protect?: boolean;
}

/** The content of a state file. */
interface State {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly { readonly resource: StateResource; readonly type: string }[];
}

/** What `importState` takes and `export` gives: a state with the version of its format. */
export interface ExportedState extends Deployment {
  readonly deployment: State;
}

/** All resources of the state, but for the stack itself and default providers. */
export function resourcesIn(state: ExportedState): StateResource[] {
  return (state.deployment.resources ?? []).filter(({ type, urn }) => !isBackground(type, nameInUrn(urn)));
}

/** The one resource of this URN or name that does not wait for its deletion; throws when there is none or several. */
export function resourceIn(state: ExportedState, urnOrName: string): StateResource {
  const named = resourcesIn(state).filter(
    ({ urn, delete: waiting }) => !waiting && (urn === urnOrName || nameInUrn(urn) === urnOrName),
  );
  const [resource] = named;
  if (resource === undefined || named.length > 1) {
    const names = resourcesIn(state).map(({ urn }) => nameInUrn(urn));
    throw new Error(
      `${named.length} resources are called "${urnOrName}"; the state has: ${names.join(", ")}`,
    );
  }
  return resource;
}
