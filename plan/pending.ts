import type { CheckedArgs } from "../provider/args";
import type { UserKind } from "../provider/kind";
import { naming } from "../provider/runSettings";
import { SERVICES } from "../provider/services";
import type { PendingOperation as Begun, StackState } from "../stack";
import type { PendingOperation } from "./document";
import type { SourceOf } from "./sources";
import { scopeOfUser } from "./whereabouts";

/** What to do about an operation that the engine did not see ending. */
export async function plannedPending(
  begun: Begun,
  state: StackState,
  sourceOf: SourceOf,
): Promise<PendingOperation> {
  const { urn, name, service, type } = begun;
  const kind = await SERVICES[service]();
  const id = begun.id || idIn(begun, kind);
  const inState = state.users.some(
    (user) => user.urn === urn && !user.replaced && user.id === (id ?? user.id),
  );
  const identified = { urn, name, service, label: kind.label, id: id ?? name, type, inState };
  if (inState) {
    const advice = type === "creating" ? `It is in the state. ${FORGET}` : GOES_ON[type];
    return { ...identified, existsInAws: null, advice };
  }
  if (id === undefined) return { ...identified, existsInAws: null, advice: `${UNNAMED} ${adoption("NAME")}` };
  const source = await sourceOf(service, scopeOfUser(begun));
  const existsInAws = (await source.find(id)) !== undefined;
  return {
    ...identified,
    existsInAws,
    advice: existsInAws ? howToAdopt(id) : `AWS has no such user. ${FORGET}`,
  };
}

/** The name that a user was to have; undefined where it is a secret. */
function idIn({ inputs }: Begun, kind: UserKind): string | undefined {
  if (typeof inputs[kind.name.property] !== "string") return undefined;
  const id: unknown = kind.id(inputs as CheckedArgs);
  return typeof id === "string" ? id : undefined;
}

const FORGET = "Run pulumi refresh --clear-pending-creates to forget it.";

const GOES_ON = {
  updating: "The user is in the state as it was before; destroy deletes it all the same.",
  deleting: "The user is in the state; destroy goes on with it.",
};

const adoption = (id: string) =>
  `run pulumi up once with ${naming("PULUMI_AWS_USERS_ADOPT_EXISTING", [id])}, then pulumi refresh --clear-pending-creates, then destroy.`;

const UNNAMED = "Its name is a secret, so AWS was not asked for it. If it is there,";

function howToAdopt(id: string): string {
  const loss = "AWS has a user of that name and the state does not know it: destroy would leave it.";
  return `${loss} If the run made it, ${adoption(id)}`;
}
