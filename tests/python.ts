/** The Python with moto and botocore that `npm test` has set up; undefined where there can be none. */
export const PYTHON: string | undefined = process.env["TEST_PYTHON"];

/** Registers a hook that skips the tests of a suite where there is no Python, and says so. */
export function onlyWithPython(): void {
  before(function () {
    if (PYTHON !== undefined) return;
    process.stderr.write(
      `  skipped, for there is no Python with moto and botocore: ${this.test?.parent?.title}\n`,
    );
    this.skip();
  });
}
