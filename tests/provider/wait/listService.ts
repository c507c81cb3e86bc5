import { type Lookup, sharedLookup } from "../../../provider/wait/sharedLookup";
import type { ListPage } from "../../../provider/wait/walks";
import { awsError, type FakeClock, fakeClock } from "../fakes";

export const denied = awsError("AccessDenied");
export const throttled = awsError("Throttling");

export function pageOf(pages: readonly (readonly string[])[], token = "0"): ListPage<string> {
  const number = Number(token);
  const users = new Map((pages[number] ?? []).map((name) => [name.toLowerCase(), name]));
  return { users, next: number + 1 < pages.length ? String(number + 1) : undefined };
}

/** A service with users, each of them its own name. */
export function service(
  pages: readonly (readonly string[])[],
  of: Partial<Lookup<string>> = {},
  clock: FakeClock = fakeClock(),
) {
  const asked: string[] = [];
  const lookup: Lookup<string> = {
    find: async (id) => {
      asked.push(`find ${id}`);
      return pages.flat().find((name) => name === id);
    },
    findWalks: false,
    keyOf: (id) => id.toLowerCase(),
    page: async (token) => {
      asked.push(`page ${token ?? 0}`);
      return pageOf(pages, token);
    },
    isPassing: (error) => error === throttled,
    isForbidden: (error) => error === denied,
    ...of,
  };
  return { asked, clock, lookup: sharedLookup(lookup, clock) };
}
