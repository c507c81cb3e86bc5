/** Loaded before tests that are written for the local AWS: has them work on moto, where they must pass or differ. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect, stripVTControlCharacters } from "node:util";
import type { Context, RootHookObject, Test } from "mocha";
import type { LocalAws } from "../../local";
import { useAws } from "../aws";
import { NO_PYTHON, PYTHON } from "../python";
import { skipBecause } from "../skip";
import { DIFFERENCES, type Difference, IN_VAIN } from "./differences";
import { type MotoProcess, startMotoProcess } from "./process";
import { motoAsAws, OnlyLocal } from "./server";

/** How long a test that cannot pass may wait for what does not come. */
const PATIENCE_MS = 20_000;

type Run = (this: Context) => Promise<void>;

let moto: MotoProcess | undefined;
let aws: LocalAws | undefined;

export const mochaHooks: RootHookObject = {
  async beforeAll(this: Context) {
    if (PYTHON === undefined) skipBecause(this, NO_PYTHON);
    const started = await startMotoProcess(PYTHON);
    moto = started;
    useAws(async (options = {}) => {
      aws = await motoAsAws(started.endpoint, options);
      return aws;
    });
  },
  beforeEach(this: Context) {
    aws = undefined;
    const test = this.currentTest as Test;
    const difference = DIFFERENCES.find(({ tests }) => tests.includes(test.fullTitle()));
    const run = test.fn as Run;
    const judged = difference === undefined ? run : differing(run, difference);
    test.fn = async function (this: Context) {
      try {
        await judged.call(this);
      } catch (error) {
        if (!(error instanceof OnlyLocal)) throw error;
        skipBecause(this, error.message);
      }
    };
  },
  async afterAll() {
    await moto?.stop();
  },
};

/** The test turned round: it must fail as it does where moto differs, and have met the operation in which it does. */
function differing(run: Run, { operation, reason, error }: Difference): Run {
  return async function (this: Context) {
    const failure = await failureOf(run.call(this), error.test(IN_VAIN));
    if (failure instanceof OnlyLocal) throw failure;
    assert.ok(failure, `passes on moto, so this is no difference any more: ${operation}, ${reason}`);
    const met = aws?.calls().map((call) => `${call.service}:${call.operation}`) ?? [];
    assert.ok(met.includes(operation), `fails without a call of ${operation}, so not because ${reason}`);
    const text = stripVTControlCharacters(inspect(failure));
    assert.match(text, error, `fails otherwise than because ${reason}`);
  };
}

/** What a test fails with, if it does; one that waits for what never comes has failed. */
async function failureOf(test: Promise<void>, mayWait: boolean): Promise<unknown> {
  const failed = test.then(
    () => undefined,
    (failure: unknown) => failure ?? new Error("fails without an error"),
  );
  if (!mayWait) return failed;
  const enough = new AbortController();
  const inVain = sleep(PATIENCE_MS, new Error(IN_VAIN), { signal: enough.signal }).catch(() => undefined);
  return Promise.race([failed, inVain]).finally(() => enough.abort());
}
