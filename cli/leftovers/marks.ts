import type { CommonArgs, Past } from "../../provider/args";
import { faultOf } from "../../provider/aws/faults";
import { type Owner, ownerIn } from "../../provider/aws/ownerTag";
import type { Tags } from "../../provider/aws/tags";
import type { LiveUser } from "../../provider/gateway";
import type { UserKind } from "../../provider/kind";
import type { Observer } from "../../provider/observer";
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
  const listed = await ask("AWS to list the users", () => everyUser(observer));
  const users = listed.filter((live) => idOf(kind, live) !== kind.builtIn);
  let read = 0;
  const marked = await inParallel(users, AT_ONCE, async (live) => {
    const found = await ask(`AWS to show the tags of "${idOf(kind, live)}"`, () => marksOf(observer, live));
    read += 1;
    doing(`reading the tags of ${kind.label}s: ${read} of ${users.length}`);
    return found;
  });
  return marked.filter((user) => user !== undefined);
}

async function everyUser({ gateway }: Observer): Promise<LiveUser[]> {
  const found: LiveUser[] = [];
  for await (const page of gateway.list("")) found.push(...page.values());
  return found;
}

function idOf(kind: UserKind, live: LiveUser): string {
  return kind.id(kind.observed(live, {} as Past) as CommonArgs);
}

async function marksOf({ kind, gateway }: Observer, listed: LiveUser): Promise<Marked | undefined> {
  const id = idOf(kind, listed);
  const live = kind.listing.shows === "everything" ? listed : await gateway.find(id);
  if (live === undefined) return undefined;
  try {
    const tags: Tags = (await gateway.tagging?.read(live)) ?? {};
    return { id, live, owner: ownerIn(tags) };
  } catch (error) {
    // A user that is being changed cannot be tagged; only a look-up tells whether it is gone.
    const gone = faultOf(error, kind.faults) === "busy" && (await gateway.find(id)) === undefined;
    if (gone) return undefined;
    throw error;
  }
}
