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

/** All items of a paged list. */
export async function allPages<Item>(
  page: (
    token: string | undefined,
  ) => Promise<{ items: readonly Item[] | undefined; next: string | undefined }>,
): Promise<Item[]> {
  const found: Item[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await page(token);
    found.push(...(items ?? []));
    token = next;
  } while (token);
  return found;
}
