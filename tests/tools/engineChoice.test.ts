import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cachedEngine, cachedEngineFolder, engineOnPath } from "../../tools/engine/existing";
import { cacheFolder } from "../../tools/engine/files";
import { type Engine, EngineNotFound, type EngineSource, firstEngine } from "../../tools/engine/source";
import { ENGINE_VERSION, isSupported } from "../../tools/engine/version";
import { PROJECT_FOLDER } from "../../tools/project";

describe("the choice of an engine", () => {
  const asked: string[] = [];
  const source = (name: string, answer: Engine | { reason: string }): EngineSource => ({
    name,
    find: async () => {
      asked.push(name);
      return answer;
    },
  });

  beforeEach(() => asked.splice(0));

  it("ends at the first source that has one", async () => {
    const engine = { folder: "/there", version: "3.259.0" };
    const sources = [source("path", { reason: "none" }), source("cache", engine), source("network", engine)];
    assert.equal(await firstEngine(sources), engine);
    assert.deepEqual(asked, ["path", "cache"]);
  });

  it("says all that was tried and where to get an engine when there is none", async () => {
    const sources = [
      source("the path", { reason: "there is none" }),
      source("Go", { reason: "not installed" }),
    ];
    await assert.rejects(firstEngine(sources), (error) => {
      assert.ok(error instanceof EngineNotFound);
      assert.match(error.message, /the path: there is none\n.*Go: not installed/);
      assert.match(error.message, /https:\/\/www\.pulumi\.com\/docs\/install\//);
      return true;
    });
  });

  it("takes engines from 3.216 on", () => {
    const versions = ["v3.216.0", "3.259.0\n", "v4.0.0", "3.215.9", "v3.216.0-alpha.1", "", "unknown"];
    assert.deepEqual(versions.filter(isSupported), ["v3.216.0", "3.259.0\n", "v4.0.0"]);
  });

  it("builds the version that go.mod names", () => {
    const goModule = readFileSync(join(PROJECT_FOLDER, "tools/engine/go.mod"), "utf8");
    const [, version] = /pulumi\/pkg\/v3 v([\d.]+)/.exec(goModule) ?? [];
    assert.equal(version, ENGINE_VERSION.version);
  });

  it("keeps its own engine in the user's cache folder", () => {
    assert.equal(cacheFolder({ XDG_CACHE_HOME: "/var/cache/ann" }), "/var/cache/ann/pulumi-aws-users");
    assert.match(cacheFolder({ XDG_CACHE_HOME: "relative" }), /\.cache\/pulumi-aws-users$/);
    assert.match(cachedEngineFolder({}), /\/engine-\d+\.\d+\.\d+$/);
  });
});

describe("an engine that is there already", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "engines-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function script(path: string, text: string): void {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
  }

  it("is taken from PATH when it is recent and runs Node.js programs", async () => {
    script(join(folder, "pulumi"), "echo v3.300.1");
    assert.match(await reasonOf(engineOnPath({ PATH: folder })), /no pulumi-language-nodejs/);
    script(join(folder, "pulumi-language-nodejs"), "");
    assert.deepEqual(await engineOnPath({ PATH: folder }).find(), { folder, version: "3.300.1" });
  });

  it("is refused with the reason otherwise", async () => {
    assert.equal(await reasonOf(engineOnPath({ PATH: folder })), "there is none");
    script(join(folder, "pulumi"), "echo v3.215.0");
    assert.match(
      await reasonOf(engineOnPath({ PATH: folder })),
      /is 3\.215\.0, at least 3\.216\.0 is needed/,
    );
    script(join(folder, "pulumi"), "exit 1");
    assert.match(await reasonOf(engineOnPath({ PATH: folder })), /does not say its version/);
  });

  it("is completed with a language host when it comes from the cache", async () => {
    const environment = { XDG_CACHE_HOME: folder };
    const bin = join(cachedEngineFolder(environment), "bin");
    script(join(bin, "pulumi"), "echo v3.259.0");
    assert.deepEqual(await cachedEngine(environment).find(), { folder: bin, version: "3.259.0" });
    assert.match(readFileSync(join(bin, "pulumi-language-nodejs"), "utf8"), /language_grpc_pb/);
    assert.match(readFileSync(join(bin, "pulumi-resource-pulumi-nodejs"), "utf8"), /dynamic-provider/);
  });

  it("keeps the language host that it came with", async () => {
    const environment = { XDG_CACHE_HOME: folder };
    const bin = join(cachedEngineFolder(environment), "bin");
    script(join(bin, "pulumi"), "echo v3.259.0");
    script(join(bin, "pulumi-language-nodejs"), "# official");
    await cachedEngine(environment).find();
    assert.match(readFileSync(join(bin, "pulumi-language-nodejs"), "utf8"), /official/);
  });

  async function reasonOf(source: EngineSource): Promise<string> {
    const found = await source.find();
    return "reason" in found ? found.reason : `found ${found.folder}`;
  }
});
