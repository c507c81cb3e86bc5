import type { ListPage } from "../wait/walks";
import { UnreadableAnswer } from "./faults";

/**
 * A user's name on its way to AWS.
 *
 * @throws Error when it is empty: many IAM operations without a name take the caller for the user.
 */
export function named(name: string | undefined): string {
  if (name) return name;
  throw new Error("the name of the user is empty; nothing was sent to AWS");
}

/** Does what is asked, and answers with a value where AWS says by an error of this name that there is nothing. */
export async function absentIs<T>(value: T, errorName: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.name === errorName) return value;
    throw error;
  }
}

/**
 * What an answer of AWS always holds. One without it is not of AWS, such as a proxy's page that happens to parse: it
 * must not be taken for the absence of a user.
 *
 * @throws UnreadableAnswer when it is not there.
 */
export function held<T>(member: T | undefined): T {
  if (member === undefined) throw new UnreadableAnswer();
  return member;
}

/** Items of a list, and the token of the next ones while there are more. */
interface Page<Item> {
  readonly items: readonly Item[] | undefined;
  readonly next: string | undefined;
}

/** All items of a paged list. */
export async function allPages<Item>(
  ask: (token: string | undefined) => Promise<Page<Item>>,
): Promise<Item[]> {
  const found: Item[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await ask(token);
    found.push(...(items ?? []));
    token = next;
  } while (token);
  return found;
}

/** A page of users as AWS answers it, by key. */
export function pageByKey<Item, Live>(
  { items, next }: Page<Item>,
  liveOf: (item: Item) => Live,
  keyOf: (live: Live) => string,
): ListPage<Live> {
  const users = held(items).map(liveOf);
  return { users: new Map(users.map((live) => [keyOf(live), live])), next: next || undefined };
}
