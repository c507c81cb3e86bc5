/** Loaded before tests that are written for the local AWS: has them work on moto, where they must pass or differ. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Context, RootHookObject, Test } from "mocha";
import type { LocalAws } from "../../local";
import { useAws } from "../aws";
import { NO_PYTHON, PYTHON } from "../python";
import { skipBecause } from "../skip";
import { DIFFERENCES, type Difference } from "./differences";
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

/** The test turned round: it must fail, and have met the operation in which moto differs. */
function differing(run: Run, { operation, reason }: Difference): Run {
  return async function (this: Context) {
    const tooLong = new AbortController();
    const failed = await Promise.race([
      run.call(this).then(
        () => false,
        () => true,
      ),
      sleep(PATIENCE_MS, true, { signal: tooLong.signal }).catch(() => true),
    ]);
    tooLong.abort();
    assert.ok(failed, `passes on moto, so this is no difference any more: ${operation}, ${reason}`);
    const met = aws?.calls().map((call) => `${call.service}:${call.operation}`) ?? [];
    assert.ok(met.includes(operation), `fails without a call of ${operation}, so not because ${reason}`);
  };
}
