import { join } from "node:path";
import { addCompanions, hasLanguageHost } from "./companions";
import { cacheFolder, executableName, folderWith, searchPath } from "./files";
import type { EngineSource } from "./source";
import { ENGINE_VERSION, isSupported, OLDEST_ENGINE_VERSION, versionOf } from "./version";

/** The folder in which this project keeps its own engine. */
export function cachedEngineFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(cacheFolder(environment), `engine-${ENGINE_VERSION.version}`);
}

/** The engine that the user has on PATH, when it is recent enough and can run Node.js programs. */
export function engineOnPath(environment: NodeJS.ProcessEnv = process.env): EngineSource {
  return {
    name: "`pulumi` on PATH",
    async find() {
      const folder = folderWith("pulumi", searchPath(environment));
      if (folder === undefined) return { reason: "there is none" };
      const executable = join(folder, executableName("pulumi"));
      const version = await versionOf(executable);
      if (version === undefined) return { reason: `${executable} does not say its version` };
      if (!isSupported(version)) {
        return { reason: `${executable} is ${version}, at least ${OLDEST_ENGINE_VERSION.version} is needed` };
      }
      if (!hasLanguageHost(executable, searchPath(environment))) {
        return { reason: `${executable} has no pulumi-language-nodejs beside it or on PATH` };
      }
      return { folder, version };
    },
  };
}

/** The engine that an earlier run installed or built. Completes it with a language host where it has none. */
export function cachedEngine(environment: NodeJS.ProcessEnv = process.env): EngineSource {
  const kept = cachedEngineFolder(environment);
  return {
    name: "the engine of an earlier set-up",
    async find() {
      const folder = folderWith("pulumi", [join(kept, "bin"), kept]);
      if (folder === undefined) return { reason: `there is none in ${kept}` };
      const version = await versionOf(join(folder, executableName("pulumi")));
      if (version === undefined) return { reason: `the one in ${folder} does not run` };
      addCompanions(folder);
      return { folder, version };
    },
  };
}
