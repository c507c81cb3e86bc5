import type { LiveUser } from "../gateway";
import { within } from "../wait/deadline";
import { endIfOver } from "../wait/until";
import { Refusal } from "./errors";
import { ask, look, type Operation } from "./operation";

/** A user that was seen so recently is still the same. */
const SAME_FOR_MS = 8_000;

/** Does a change, or says why not. */
type Guard = <T>(change: () => Promise<T>) => Promise<{ readonly done: T } | "another" | "gone">;

/**
 * Does changes only while the name still belongs to the same user, for retries and the pace of calls may outlive it. It
 * looks when the last sighting is too old, and a change does not go out when its turn comes too late for the sighting.
 * Where users have no identity, nothing can be told.
 *
 * @param isAnother Whether a live user is somebody else's.
 * @param seenAt When the user was last seen to be the same, if it was.
 */
export function identityGuard(
  op: Operation,
  isAnother: (live: LiveUser) => boolean,
  seenAt = Number.NEGATIVE_INFINITY,
): Guard {
  const { clock, endsAt } = op.deadline;
  let lastSeenAt = seenAt;
  return async (change) => {
    if (op.kind.identity === undefined) return { done: await change() };
    if (clock.now() - lastSeenAt >= SAME_FOR_MS) {
      const live = await look(op);
      if (live === undefined) return "gone";
      if (isAnother(live)) return "another";
      lastSeenAt = clock.now();
      endIfOver(op.deadline, "a change of the user", "the user as it was");
    }
    const holdsUntil = { ...op.deadline, endsAt: Math.min(endsAt, lastSeenAt + SAME_FOR_MS) };
    return { done: await within(holdsUntil, change) };
  };
}

/** Asks AWS to change a user that has been seen before. */
export type Change = <T>(awaited: string, call: () => Promise<T>) => Promise<T>;

/** Asks for changes of a user that has just been seen, and of no other that may carry its name later. */
export function changing(op: Operation, live: LiveUser): Change {
  const { identity } = op.kind;
  const guarded = identityGuard(op, (seen) => identity?.(seen) !== identity?.(live), op.deadline.clock.now());
  return (awaited, call) =>
    ask(op, awaited, async () => {
      const result = await guarded(call);
      if (typeof result === "string") throw result === "gone" ? vanished() : another();
      return result.done;
    });
}

/** What is said of a user that carries the name and is not the one in question. */
export function another(): Refusal {
  return new Refusal(
    "somebody deleted it and made another of the same name, which is left alone",
    MAKE_AGAIN,
  );
}

export function vanished(): Refusal {
  return new Refusal("it was deleted by somebody else meanwhile", MAKE_AGAIN);
}

export function goingAway(): Refusal {
  return new Refusal("it is being deleted by somebody else", MAKE_AGAIN);
}

/** What to do where the state has a user that is no more. */
export const MAKE_AGAIN = "Run pulumi up --refresh: it takes the user out of the state and makes it again.";
