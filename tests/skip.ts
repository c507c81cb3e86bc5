import { type Context, Test } from "mocha";

/** Skips a test, or from a hook all tests of its suite; the reporter takes the reason from the titles. */
export function skipBecause(context: Context, reason: string): never {
  const mark = (test: Test) => {
    test.title += ` (skipped: ${reason})`;
  };
  const { test } = context;
  if (test instanceof Test) mark(test);
  else test?.parent?.eachTest(mark);
  return context.skip();
}
