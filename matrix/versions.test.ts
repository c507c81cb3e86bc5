import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { minVersion } from "semver";
import { PROJECT_FOLDER } from "../tools/project";
import { NPM } from "./installers";
import { type Life, openLife, type Place } from "./life";
import { manifest } from "./manifest";
import { say } from "./npm";
import { COMMONJS } from "./programs";
import { type UserFolder, userFolder } from "./project";
import { newestOf, newestThatRunsOn, nodeOf } from "./tools";

/** What a user may have. */
interface Combination {
  readonly node: 20 | 22 | 24;
  /** A version of @pulumi/pulumi; latest is the newest that the Node.js allows. */
  readonly pulumi: "3.216.0" | "3.248.0" | "latest";
  /** The AWS SDK at the lowest version that package.json allows, or the newest. */
  readonly sdk: "lowest" | "latest";
}

const COMBINATIONS: readonly Combination[] = [
  { node: 20, pulumi: "3.216.0", sdk: "lowest" },
  { node: 20, pulumi: "latest", sdk: "latest" },
  { node: 22, pulumi: "3.216.0", sdk: "latest" },
  { node: 22, pulumi: "latest", sdk: "lowest" },
  { node: 24, pulumi: "3.248.0", sdk: "lowest" },
  { node: 24, pulumi: "latest", sdk: "latest" },
];

describe("Versions that users may have", () => {
  const folders: UserFolder[] = [];
  const places = new Map<Combination, Promise<Place>>();
  let life: Life;

  beforeEach(async () => {
    life = await openLife();
  });
  afterEach(() => life.close());
  after(() => {
    for (const folder of folders) folder.remove();
  });

  for (const combination of COMBINATIONS) {
    it(`take a stack through its life: ${nameOf(combination)}`, async () => {
      const place = await placeOf(combination);
      await life.begin(place);
      assert.match(await life.output(place, "node"), new RegExp(`^v${combination.node}\\.`));
      await life.change(place);
      await life.end(place);
    });
  }

  const [oldest, newest] = [COMBINATIONS[0] as Combination, COMBINATIONS.at(-1) as Combination];
  for (const [first, second] of [
    [oldest, newest],
    [newest, oldest],
  ] as const) {
    it(`refresh and destroy what another has made: ${nameOf(second)}, after ${nameOf(first)}`, async () => {
      await life.begin(await placeOf(first));
      await life.end(await placeOf(second));
    });
  }

  /** Installs a combination once. */
  function placeOf(combination: Combination): Promise<Place> {
    const place = places.get(combination) ?? install(combination);
    places.set(combination, place);
    return place;
  }

  async function install({ node, pulumi, sdk }: Combination): Promise<Place> {
    const versions = await Promise.all(
      clients().map(async ([name, range]) => [name, await versionOf(name, range, sdk)] as const),
    );
    const chosen = pulumi === "latest" ? await newestThatRunsOn(node, "@pulumi/pulumi", "3") : pulumi;
    const installation = userFolder({
      ...COMMONJS.files,
      "package.json": await manifest({
        ...COMMONJS.settings,
        dependencies: { "@pulumi/pulumi": chosen },
        overrides: Object.fromEntries(versions),
      }),
    });
    folders.push(installation);
    await NPM.install(installation.folder);
    for (const [name, version] of [["@pulumi/pulumi", chosen], ...versions] as const) {
      assert.deepEqual(installedIn(installation.folder, name), [version], name);
    }
    say(`Node.js ${node}, @pulumi/pulumi ${chosen}, ${versions.map((each) => each.join(" ")).join(", ")}`);
    return { folder: installation.folder, node: await nodeOf(node) };
  }
});

/** The clients of the AWS SDK that the package depends on, with their ranges. */
function clients(): (readonly [name: string, range: string])[] {
  const manifest = JSON.parse(readFileSync(join(PROJECT_FOLDER, "package.json"), "utf8"));
  return Object.entries<string>(manifest.dependencies).filter(([name]) => name.startsWith("@aws-sdk/"));
}

/** The versions of a package in a folder, wherever npm has put them. */
function installedIn(folder: string, name: string): string[] {
  const { packages } = JSON.parse(readFileSync(join(folder, "node_modules/.package-lock.json"), "utf8"));
  const found = Object.entries<{ version: string }>(packages).filter(([path]) =>
    path.endsWith(`node_modules/${name}`),
  );
  return [...new Set(found.map(([, { version }]) => version))];
}

async function versionOf(name: string, range: string, sdk: Combination["sdk"]): Promise<string> {
  return sdk === "lowest" ? String(minVersion(range)) : newestOf(name, range);
}

function nameOf({ node, pulumi, sdk }: Combination): string {
  return `Node.js ${node}, @pulumi/pulumi ${pulumi}, ${sdk} AWS SDK`;
}
