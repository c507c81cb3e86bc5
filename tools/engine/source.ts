/** How an engine is looked for: one source after the other, each with a reason when it has none. */

/** A Pulumi engine that is ready to use. */
export interface Engine {
  /** Holds the `pulumi` executable and its Node.js language host, or has the host elsewhere on PATH. */
  readonly folder: string;
  /** Without a leading `v`. */
  readonly version: string;
}

/** Why a source has no engine, as the end of a sentence. */
interface Refusal {
  readonly reason: string;
}

/** One way to get an engine. */
export interface EngineSource {
  /** What was tried, for the error that lists all of it. */
  readonly name: string;
  find(): Promise<Engine | Refusal>;
}

/** No source has an engine. The message says what was tried and what to do. */
export class EngineNotFound extends Error {
  override readonly name = "EngineNotFound";
}

/** The engine of the first source that has one; throws EngineNotFound when none has. */
export async function firstEngine(sources: readonly EngineSource[]): Promise<Engine> {
  const tried: string[] = [];
  for (const source of sources) {
    const found = await source.find();
    if ("folder" in found) return found;
    tried.push(`  - ${source.name}: ${found.reason}`);
  }
  throw new EngineNotFound(
    [
      "No Pulumi engine could be found or set up:",
      ...tried,
      "Install Pulumi as https://www.pulumi.com/docs/install/ says, so that `pulumi` is on PATH, and run this again.",
    ].join("\n"),
  );
}
