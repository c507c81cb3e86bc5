import { join } from "node:path";
import { cachedEngineFolder } from "./existing";
import { fillAtOnce } from "./fillAtOnce";
import type { EngineSource } from "./source";
import { ENGINE_VERSION } from "./version";

/** Where Pulumi's installer comes from. */
const INSTALLER = "https://get.pulumi.com/";
/** A machine without a network should not wait for one. */
const REACHABLE_MS = 4_000;

/** The official engine, downloaded by Pulumi's own installer into the cache. */
export function officialEngine(say: (line: string) => void): EngineSource {
  return {
    name: "Pulumi's installer",
    async find() {
      say(
        `Looking whether ${INSTALLER} answers, to install the Pulumi engine (${REACHABLE_MS / 1000} s at most)`,
      );
      const unreachable = await whyUnreachable();
      if (unreachable !== undefined) return { reason: `${INSTALLER} does not answer (${unreachable})` };
      say(`Installing the Pulumi engine ${ENGINE_VERSION.version} (usually less than a minute)`);
      try {
        await install();
      } catch (error) {
        return { reason: `it failed: ${lastLine(error)}` };
      }
      return { folder: join(cachedEngineFolder(), "bin"), version: ENGINE_VERSION.version };
    },
  };
}

async function whyUnreachable(): Promise<string | undefined> {
  try {
    const answer = await fetch(INSTALLER, { method: "HEAD", signal: AbortSignal.timeout(REACHABLE_MS) });
    return answer.ok ? undefined : `HTTP status ${answer.status}`;
  } catch (error) {
    const { name, cause } = error as Error & { cause?: NodeJS.ErrnoException };
    return cause?.code ?? name;
  }
}

async function install(): Promise<void> {
  await fillAtOnce(cachedEngineFolder(), async (folder) => {
    // Loaded here only: it takes a second, and most runs find an engine.
    const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
    await PulumiCommand.install({ root: folder, version: ENGINE_VERSION });
  });
}

function lastLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).trim().split("\n");
  return lines.at(-1) ?? "";
}
