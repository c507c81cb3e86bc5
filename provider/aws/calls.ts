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

/** One page of a list, and the token of the next one while there is more. */
interface Page<Item> {
  readonly items: readonly Item[] | undefined;
  readonly next: string | undefined;
}

type AskForPage<Item> = (token: string | undefined) => Promise<Page<Item>>;

/** The pages of a list, one after the other. */
async function* pages<Item>(ask: AskForPage<Item>): AsyncGenerator<readonly Item[]> {
  let token: string | undefined;
  do {
    const { items, next } = await ask(token);
    yield items ?? [];
    token = next;
  } while (token);
}

/** All items of a paged list. */
export async function allPages<Item>(ask: AskForPage<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const items of pages(ask)) found.push(...items);
  return found;
}

/** The users on each page of a list, by key. */
export async function* usersByKey<Item, Live>(
  ask: AskForPage<Item>,
  liveOf: (item: Item) => Live,
  keyOf: (live: Live) => string,
): AsyncGenerator<ReadonlyMap<string, Live>> {
  const whole: AskForPage<Item> = async (token) => {
    const page = await ask(token);
    return { ...page, items: held(page.items) };
  };
  for await (const items of pages(whole)) {
    const users = items.map(liveOf);
    yield new Map(users.map((live) => [keyOf(live), live]));
  }
}
