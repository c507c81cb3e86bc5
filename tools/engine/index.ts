import { cachedEngine, engineOnPath } from "./existing";
import { engineFromGo } from "./goBuild";
import { officialEngine } from "./official";
import { type Engine, firstEngine } from "./source";

/** The engine to use, without setting one up: the one on PATH, else that of an earlier set-up. Throws EngineNotFound. */
export function existingEngine(): Promise<Engine> {
  return firstEngine([engineOnPath(), cachedEngine()]);
}

/** The engine to use; sets one up where there is none, which can take minutes. Throws EngineNotFound. */
export function readyEngine(say: (line: string) => void): Promise<Engine> {
  return firstEngine([engineOnPath(), cachedEngine(), officialEngine(say), engineFromGo(say)]);
}
