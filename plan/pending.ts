import type { Scope } from "../provider/aws/scope";
import type { CheckedArgs } from "../provider/kind";
import { SERVICES, type Service } from "../provider/services";
import type { PendingOperation as Begun, StackState } from "../stack";
import type { PendingOperation } from "./document";
import type { Source } from "./sources";
import { scopeOfUser } from "./whereabouts";

/** What to do about an operation that the engine did not see ending. */
export async function plannedPending(
  begun: Begun,
  state: StackState,
  sourceOf: (service: Service, scope: Scope) => Promise<Source>,
): Promise<PendingOperation> {
  const { urn, name, service, type, inputs } = begun;
  const kind = await SERVICES[service]();
  const id = begun.id || kind.id(inputs as CheckedArgs);
  const identified = { urn, name, service, label: kind.label, id, type };
  if (type !== "creating") return { ...identified, existsInAws: null, advice: GOES_ON[type] };
  const isInState = state.users.some((user) => user.urn === urn && user.id === id && !user.replaced);
  if (isInState) return { ...identified, existsInAws: null, advice: `It is in the state. ${FORGET}` };
  const source = await sourceOf(service, scopeOfUser({ inputs, outputs: {}, settings: begun.settings }));
  const existsInAws = (await source.find(id)) !== undefined;
  return {
    ...identified,
    existsInAws,
    advice: existsInAws ? howToAdopt(id) : `AWS has no such user. ${FORGET}`,
  };
}

const FORGET = "Run pulumi refresh --clear-pending-creates to forget it.";

const GOES_ON = {
  updating: "The user is in the state as it was before; destroy deletes it all the same.",
  deleting: "The user is in the state; destroy goes on with it.",
};

function howToAdopt(id: string): string {
  return (
    "AWS has a user of that name and the state does not know it: destroy would leave it. If the run made it, run pulumi up " +
    `once with PULUMI_AWS_USERS_ADOPT_EXISTING=${id}, then pulumi refresh --clear-pending-creates, then destroy.`
  );
}
