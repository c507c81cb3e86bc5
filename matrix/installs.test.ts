import assert from "node:assert/strict";
import { join } from "node:path";
import { build } from "esbuild";
import { type Installer, NPM, PNPM_HOISTED, PNPM_ISOLATED, YARN_NODE_MODULES, YARN_PNP } from "./installers";
import { type Life, openLife } from "./life";
import { manifest, PULUMI } from "./manifest";
import { packed } from "./packed";
import { COMMONJS, ES_MODULE, type Program, TYPESCRIPT } from "./programs";
import { type Files, type UserFolder, userFolder } from "./project";

describe("A project of its users", () => {
  let life: Life;
  const folders: UserFolder[] = [];
  before(packed);
  beforeEach(async () => {
    life = await openLife();
  });
  afterEach(async () => {
    await life.close();
    for (const folder of folders.splice(0)) folder.remove();
  });

  async function install(installer: Installer, files: Files): Promise<UserFolder> {
    const made = userFolder({ ...installer.files, ...files });
    folders.push(made);
    await installer.install(made.folder);
    return made;
  }

  const ways: readonly (readonly [Installer, Program])[] = [
    [NPM, TYPESCRIPT],
    [NPM, ES_MODULE],
    [PNPM_ISOLATED, ES_MODULE],
    [PNPM_HOISTED, TYPESCRIPT],
    [YARN_NODE_MODULES, COMMONJS],
  ];
  for (const [installer, program] of ways) {
    it(`works as ${program.title} installed by ${installer.title}`, async () => {
      const place = await install(installer, {
        ...program.files,
        "package.json": await manifest({ ...program.settings }),
      });
      await life.begin(place);
      await life.end(place);
    });
  }

  it("works as a program that esbuild has put into one file", async () => {
    const { folder } = await install(NPM, {
      ...TYPESCRIPT.files,
      "package.json": await manifest({ ...TYPESCRIPT.settings, main: "bundle.js" }),
    });
    await build({
      entryPoints: [join(folder, "index.ts")],
      outfile: join(folder, "bundle.js"),
      bundle: true,
      platform: "node",
      external: ["@pulumi/pulumi"],
      logLevel: "error",
    });
    await life.begin({ folder });
    await life.end({ folder });
  });

  it("works as one package of a workspace that depends on this package", async () => {
    const { folder } = await install(NPM, {
      "package.json": { name: "all", private: true, workspaces: ["packages/*"] },
      ...within("packages/users", {
        ...COMMONJS.files,
        "package.json": await manifest({ ...COMMONJS.settings }),
      }),
    });
    const place = { folder: join(folder, "packages/users") };
    await life.begin(place);
    await life.end(place);
  });

  it("is told what to do where only one of its dependencies depends on this package", async () => {
    const { main, ...settings } = COMMONJS.settings;
    const { "index.js": program = "", ...files } = COMMONJS.files;
    const { folder } = await install(PNPM_ISOLATED, {
      "package.json": { name: "all", private: true },
      ...within("packages/component", {
        "package.json": await manifest({ ...COMMONJS.settings, name: "component", version: "1.0.0" }),
        "index.js": program,
      }),
      ...within("packages/users", {
        ...files,
        "package.json": {
          name: "users",
          private: true,
          main,
          ...settings,
          dependencies: { component: "workspace:*", "@pulumi/pulumi": PULUMI },
        },
        "index.js": 'require("component");\n',
      }),
    });
    const place = { folder: join(folder, "packages/users") };
    await life.init(place);
    const said = await life.fail(place, "preview");
    assert.match(said, /pulumi-aws-users is not installed for the Pulumi project in \S+packages\/users/);
    assert.match(said, /npm install pulumi-aws-users/);
  });

  it("is told what to do under Plug'n'Play, where it gets as far as this package", async () => {
    const { folder } = await install(YARN_PNP, {
      ...COMMONJS.files,
      "package.json": await manifest({ ...COMMONJS.settings }),
    });
    await life.init({ folder });
    // Without this Pulumi's language host ends first, and says that the Pulumi SDK has not been installed.
    const withPnp = { folder, env: { NODE_OPTIONS: `--require ${join(folder, ".pnp.cjs")}` } };
    assert.match(
      await life.fail(withPnp, "preview"),
      /pulumi-aws-users: .*do not find packages under Yarn's Plug'n'Play.*nodeLinker: node-modules/,
    );
  });
});

function within(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]));
}
