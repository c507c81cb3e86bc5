import { satisfies } from "semver";
import { NPM } from "./installers";
import { manifest } from "./manifest";
import { run, say } from "./npm";
import { type UserFolder, userFolder } from "./project";
import { installed, newestOf } from "./tools";

/** The oldest TypeScript that is supported, the newest of each major version, and some between. */
const TYPESCRIPTS = ["5.4", "5.6", "5.8", "5", "6", "*"];

const PROGRAM = `import * as pulumi from "@pulumi/pulumi";
import { elasticache, iam, memorydb, Provider, rekognition } from "pulumi-aws-users";
import { startLocalAws } from "pulumi-aws-users/local";
import { planDestroy } from "pulumi-aws-users/plan";
import * as provider from "pulumi-aws-users/provider";

const user = new iam.User("deployer", { path: "/ci/", forceDestroy: { accessKeys: true } });
export const arn: pulumi.Output<string> = user.arn;
export const users = [memorydb.User, elasticache.User, rekognition.User, Provider];
export const functions = [startLocalAws, planDestroy, provider.iam];
`;

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
  target: "es2022",
  types: ["node"],
};

/** The ways to resolve imports, and the files that are compiled in each. */
const RESOLUTIONS = [
  { name: "node16", module: "node16", moduleResolution: "node16", files: ["index.ts", "module.mts"] },
  // Before 5.6 it is the declarations of grpc-js, which Pulumi brings, that do not compile so.
  {
    name: "bundler",
    module: "esnext",
    moduleResolution: "bundler",
    files: ["index.ts", "module.mts"],
    range: ">=5.6",
  },
  // As Pulumi's own templates have it; TypeScript has given it up with version 6.
  { name: "node", module: "commonjs", moduleResolution: "node", files: ["index.ts"], range: "<6" },
];

describe("The declarations of types", () => {
  let project: UserFolder;
  before(async () => {
    project = userFolder({
      "package.json": await manifest({ dependencies: { "@types/node": "^20" } }),
      "index.ts": PROGRAM,
      "module.mts": PROGRAM,
    });
    await NPM.install(project.folder);
    for (const { name, module, moduleResolution, files } of RESOLUTIONS) {
      const compilerOptions = { ...STRICT, module, moduleResolution };
      project.write({ [`tsconfig.${name}.json`]: { compilerOptions, files } });
    }
  });
  after(() => project?.remove());

  for (const typescript of TYPESCRIPTS) {
    it(`compile with the newest TypeScript ${typescript === "*" ? "of all" : typescript}`, async () => {
      const version = await newestOf("typescript", typescript);
      say(`TypeScript ${version}`);
      const compiler = await installed("typescript", version);
      for (const { name } of RESOLUTIONS.filter(({ range = "*" }) => satisfies(version, range))) {
        await run(project.folder, process.execPath, [`${compiler}/bin/tsc`, "-p", `tsconfig.${name}.json`]);
      }
    });
  }
});
