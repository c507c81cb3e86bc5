/** The job did not do what it promises. The message says what happened; the advice, what to do. */
export class JobFailure extends Error {
  override readonly name = "JobFailure";
  constructor(
    message: string,
    readonly advice: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Somebody wants the job to end. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor(readonly advice: readonly string[] = []) {
    super("Interrupted: the engine was stopped, and the stack was not destroyed.");
  }
}
