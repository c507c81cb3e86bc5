import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PROJECT_FOLDER } from "../../tools/project";

interface Package {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  optional?: boolean;
}
type Packages = Record<string, Package>;
type Source = { path: string; changed: number };

/** The set-up is plain JavaScript, which must run before anything is compiled. */
async function setup(name: string): Promise<unknown> {
  return import(pathToFileURL(join(PROJECT_FOLDER, "tools/setup", `${name}.mjs`)).href);
}

describe("the set-up of a clone", () => {
  it("refuses a Node.js that is too old, and says what to do", async () => {
    const { checkNode } = (await setup("node")) as { checkNode: (version: string, minimum: string) => void };
    for (const version of ["20.19.0", "20.20.1", "22.0.0", "100.0.0"]) checkNode(version, ">=20.19.0");
    for (const version of ["18.20.4", "20.18.3", "9.11.2"]) {
      assert.throws(
        () => checkNode(version, ">=20.19.0"),
        ({ message, advice }) => message.includes(version) && advice.includes("https://nodejs.org/"),
      );
    }
  });

  describe("looks whether the dependencies are installed", () => {
    const wanted: Packages = {
      "": { version: "0.1.0" },
      "examples/one": { version: "1.0.0" },
      "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
      "node_modules/one": { resolved: "examples/one", link: true },
      "node_modules/b-windows": { version: "1.0.0", integrity: "sha512-b", optional: true },
    };
    const installed: Packages = {
      "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
      "node_modules/one": { resolved: "examples/one", link: true },
    };
    let holds: (installed: Packages | undefined, wanted: Packages) => boolean;

    before(async () => {
      ({ holds } = (await setup("dependencies")) as { holds: typeof holds });
    });

    it("and is content when only packages for other systems are absent", () => {
      assert.ok(holds(installed, wanted));
    });

    it("and installs when there is nothing, a package is absent or has another version", () => {
      assert.ok(!holds(undefined, wanted));
      assert.ok(!holds({ "node_modules/one": { resolved: "examples/one", link: true } }, wanted));
      assert.ok(
        !holds({ ...installed, "node_modules/a": { version: "1.0.1", integrity: "sha512-c" } }, wanted),
      );
      assert.ok(!holds({ ...installed, "node_modules/one": { resolved: "other", link: true } }, wanted));
    });
  });

  describe("looks whether the sources are compiled", () => {
    const stamp = { began: 1_000, sources: ["sdk/index.ts", "cli/index.ts"] };
    const sources = [
      { path: "sdk/index.ts", changed: 900 },
      { path: "cli/index.ts", changed: 999 },
    ];
    let whatToCompile: (compiled: typeof stamp | undefined, sources: Source[]) => string;

    before(async () => {
      ({ whatToCompile } = (await setup("sources")) as { whatToCompile: typeof whatToCompile });
    });

    it("and does nothing when none has changed since", () => {
      assert.equal(whatToCompile(stamp, sources), "nothing");
    });

    it("and compiles what was changed, even while the last compilation ran, or was added", () => {
      assert.equal(
        whatToCompile(stamp, [...sources.slice(1), { path: "sdk/index.ts", changed: 1_000 }]),
        "changes",
      );
      assert.equal(whatToCompile(stamp, [...sources, { path: "sdk/new.ts", changed: 1 }]), "changes");
    });

    it("and starts afresh when a source is gone or nothing is known", () => {
      assert.equal(whatToCompile(stamp, sources.slice(1)), "everything");
      assert.equal(whatToCompile(undefined, sources), "everything");
    });
  });
});
