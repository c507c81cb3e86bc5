import { isDeepStrictEqual } from "node:util";
import { type Members, ServiceError } from "../service";

/** Requests that were carried out, by operation and ClientRequestToken. */
export interface Replays {
  /**
   * Carries a request out once for each token: sent again it gets the same answer and does nothing. One that failed
   * is carried out again.
   *
   * @throws IdempotentParameterMismatchException when the token came with other members before
   */
  once(operation: string, token: string | undefined, input: Members, run: () => Members): Members;
}

/** None yet. AWS does not tell how long it remembers tokens; here it is until a reset. */
export function createReplays(): Replays {
  const done = new Map<string, { readonly input: Members; readonly answer: Members }>();
  return {
    once: (operation, token, input, run) => {
      if (token === undefined) {
        return run();
      }
      const key = `${operation} ${token}`;
      const earlier = done.get(key);
      if (!earlier) {
        const answer = run();
        done.set(key, { input, answer });
        return answer;
      }
      if (!isDeepStrictEqual(earlier.input, input)) {
        throw new ServiceError(
          "IdempotentParameterMismatchException",
          "A ClientRequestToken was used again with different parameters.",
        );
      }
      return earlier.answer;
    },
  };
}
