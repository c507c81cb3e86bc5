import type { Scope } from "../../provider/aws/scope";
import type { UserKind } from "../../provider/kind";
import { type Observer, observe } from "../../provider/observer";
import { isRegional } from "../../provider/regions";
import { shellText } from "../../provider/runSettings";
import type { Service } from "../../provider/service";
import type { StackState } from "../../stack";
import { type Marked, markedUsers } from "./marks";
import type { Place } from "./places";

/** A user in AWS that carries the mark of the stack and is not in its state. */
export interface Leftover extends List {
  readonly id: string;
  /** AWS's own word. */
  readonly status: string;
  /** Null where AWS does not tell. */
  readonly madeAt: string | null;
  /** The resource that it was made for: types, `::`, name, as in a URN. */
  readonly resource: string;
  /** The state knows that its creation was begun. */
  readonly pending: boolean;
  /** The command of AWS that deletes it. */
  readonly deletion: string;
}

/** A list of users that was looked through from its beginning to its end. */
export interface Looked extends List {
  readonly users: number;
  /** Those of them that carry the mark of the stack, in its state or not. */
  readonly marked: number;
}

/** A list of users that could not be looked through. */
interface Failure {
  readonly service: Service;
  /** Null where users have no region. */
  readonly region: string | null;
  readonly reason: string;
}

/** What was found, and how far one has looked. */
export interface Findings {
  readonly leftovers: readonly Leftover[];
  readonly looked: readonly Looked[];
  readonly failures: readonly Failure[];
}

interface List {
  readonly service: Service;
  /** The kind in words: `IAM user`. */
  readonly label: string;
  readonly account: string;
  /** Null where users have no region. */
  readonly region: string | null;
}

/**
 * Looks through all users of the places, each list of an account once. A list that cannot be looked through ends
 * nothing: it is among the failures.
 */
export async function search(
  places: readonly Place[],
  stack: StackState,
  doing: (text: string) => void,
): Promise<Findings> {
  const leftovers: Leftover[] = [];
  const looked: Looked[] = [];
  const failures: Failure[] = [];
  const begun = new Set<string>();
  const look = async ({ service, scope }: Place) => {
    const observer = await observe(service, scope);
    const list = listOf(observer);
    const key = `${service} ${list.account} ${list.region}`;
    if (begun.has(key)) return;
    begun.add(key);
    const users = await markedUsers(observer, doing);
    const marked = users.filter(
      ({ owner }) => owner?.project === stack.project && owner.stack === stack.stack,
    );
    looked.push({ ...list, users: users.length, marked: marked.length });
    const lost = marked.filter(({ id }) => !isInState(id, list, observer, stack));
    leftovers.push(...lost.map((user) => leftoverOf(user, list, observer, stack)));
  };
  await Promise.all(
    places.map(async (place) => {
      const { service, kind, scope } = place;
      try {
        await look(place);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        failures.push({ service, region: regionIn(scope, kind), reason });
      }
    }),
  );
  return { leftovers: inOrder(leftovers), looked: inOrder(looked), failures: inOrder(failures) };
}

function listOf({ service, kind, account, scope }: Observer): List {
  return { service, label: kind.label, account, region: regionIn(scope, kind) };
}

function regionIn({ region }: Scope, kind: UserKind): string | null {
  return isRegional(kind) ? region : null;
}

/** A state that does not say in which account a user is may mean any. */
function isInState(
  id: string,
  { service, account, region }: List,
  { kind }: Observer,
  { users }: StackState,
) {
  const key = kind.listing.key(id);
  return users.some(
    ({ service: theirs, id: known, outputs }) =>
      theirs === service &&
      kind.listing.key(known) === key &&
      (outputs["accountId"] ?? account) === account &&
      (region === null || outputs["region"] === region),
  );
}

function leftoverOf(
  { id, live, owner }: Marked,
  list: List,
  { kind, scope }: Observer,
  { project, stack, pending }: StackState,
): Leftover {
  const resource = owner?.resource ?? "";
  const madeAt = kind.outputs(live)["createDate"];
  const option = kind.name.property.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const { profile } = scope.identity;
  return {
    ...list,
    id,
    status: kind.status(live),
    madeAt: typeof madeAt === "string" ? madeAt : null,
    resource,
    pending: pending.some(
      ({ type, urn }) => type === "creating" && urn === `urn:pulumi:${stack}::${project}::${resource}`,
    ),
    deletion: [
      `aws ${list.service} delete-user --${option} ${shellText(id)}`,
      ...(list.region === null ? [] : [`--region ${list.region}`]),
      ...(profile === undefined ? [] : [`--profile ${shellText(profile)}`]),
    ].join(" "),
  };
}

/** What ran side by side is told in the same order each time. */
function inOrder<Item extends object>(items: readonly Item[]): Item[] {
  const texts = new Map(items.map((item) => [item, JSON.stringify(item)]));
  return items.toSorted((one, other) => ((texts.get(one) ?? "") < (texts.get(other) ?? "") ? -1 : 1));
}
