import type { LiveUser } from "../gateway";

/** A cause in words that an operation found by itself; the operation puts verb, kind and id before it. */
export class Refusal extends Error {
  constructor(
    message: string,
    /** What to do about it, as sentences. */
    readonly advice?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "Refusal";
  }
}

/** The user exists in AWS, but it did not become what was asked. */
export class HalfMade extends Error {
  constructor(
    /** What was last seen of it. */
    readonly live: LiveUser | undefined,
    override readonly cause: unknown,
    /** What it was last seen to have, where anything of that is declared and was seen. */
    readonly belongings?: readonly string[] | undefined,
  ) {
    super("the user exists but is not ready");
    this.name = "HalfMade";
  }
}
