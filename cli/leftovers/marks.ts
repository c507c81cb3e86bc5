import { type Owner, ownerIn } from "../../provider/aws/ownerTag";
import type { LiveUser } from "../../provider/gateway";
import { readTags } from "../../provider/lifecycle/operation";
import type { Observer } from "../../provider/observer";
import { type ListedUser, listUnmanaged } from "../../provider/unmanaged";
import type { Deadline } from "../../provider/wait/deadline";
import { inParallel } from "../../provider/wait/inParallel";

/** A live user, and whose it is. */
export interface Marked {
  readonly id: string;
  readonly live: LiveUser;
  /** Undefined without a mark. */
  readonly owner: Owner | undefined;
}

/** Tags take a call for each user; how often calls go out is decided for all of them together, see aws/pacing.ts. */
const AT_ONCE = 16;

/**
 * All users of a list with their marks, those left out that are gone by the time that they are looked at.
 *
 * @throws Error in words when AWS does not show them all.
 */
export async function markedUsers(observer: Observer, doing: (text: string) => void): Promise<Marked[]> {
  const { kind, ask } = observer;
  const users = (await listUnmanaged(observer, "")).filter(({ isBuiltIn }) => !isBuiltIn);
  let read = 0;
  const marked = await inParallel(users, AT_ONCE, async (user) => {
    const found = await ask(`AWS to show the tags of "${user.id}"`, (deadline) =>
      marksOf(observer, user, deadline),
    );
    read += 1;
    doing(`reading the tags of ${kind.label}s: ${read} of ${users.length}`);
    return found;
  });
  return marked.filter((user) => user !== undefined);
}

async function marksOf(
  { kind, gateway, lookup }: Observer,
  { id, live: listed }: ListedUser,
  deadline: Deadline,
): Promise<Marked | undefined> {
  const live = kind.listing.shows === "everything" ? listed : await gateway.find(id);
  const tags = live && (await readTags({ kind, gateway, lookup: lookup(id), id, deadline }, live));
  return live && tags && { id, live, owner: ownerIn(tags) };
}
