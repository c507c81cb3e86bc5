import { skipBecause } from "./skip";

/** The Python with moto and botocore that `npm test` has set up; undefined where there can be none. */
export const PYTHON: string | undefined = process.env["TEST_PYTHON"];

export const NO_PYTHON = "there is no Python with moto and botocore";

/** Registers a hook that skips the tests of a suite where there is no Python. */
export function onlyWithPython(): void {
  before(function () {
    if (PYTHON === undefined) skipBecause(this, NO_PYTHON);
  });
}
