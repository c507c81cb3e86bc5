import type { Files } from "./project";

const USERS = `
const path = new pulumi.Config().get("path") ?? "/ci/";
const deployer = new iam.User("deployer", { userName: "ann", path });
const authentication = { type: "iam" }CONST;
new memorydb.User("reader", { userName: "bob", accessString: "on ~app:* +@read", authentication });
new elasticache.User("cache", { userId: "cid", engine: "valkey", accessString: "on ~* +@all", authentication });
new rekognition.User("visitor", { collectionId: "lobby", userId: "dan" });
`;
const PLAIN = USERS.replace("CONST", "");
const TYPED = USERS.replace("CONST", " as const");

const IMPORTS = `import * as pulumi from "@pulumi/pulumi";
import { elasticache, iam, memorydb, rekognition } from "pulumi-aws-users";
`;

const PROJECT = { "Pulumi.yaml": "name: elsewhere\nruntime: nodejs\n" };

/** A program with a user of each kind; what it adds to the project's package.json, and its files. */
export interface Program {
  readonly title: string;
  readonly settings: { readonly main: string; readonly type?: "module"; readonly devDependencies?: object };
  readonly files: Files;
}

export const COMMONJS: Program = {
  title: "a CommonJS program",
  settings: { main: "index.js" },
  files: {
    ...PROJECT,
    "index.js": `const pulumi = require("@pulumi/pulumi");
const { elasticache, iam, memorydb, rekognition } = require("pulumi-aws-users");
${PLAIN}
exports.arn = deployer.arn;
exports.node = process.version;
`,
  },
};

export const ES_MODULE: Program = {
  title: "an ES module program",
  settings: { main: "index.mjs", type: "module" },
  files: {
    ...PROJECT,
    "index.mjs": `${IMPORTS}${PLAIN}\nexport const arn = deployer.arn;\nexport const node = process.version;\n`,
  },
};

export const TYPESCRIPT: Program = {
  title: "a TypeScript program",
  settings: { main: "index.ts", devDependencies: { typescript: "~5.9.3", "@types/node": "^20" } },
  files: {
    ...PROJECT,
    "index.ts": `${IMPORTS}${TYPED}\nexport const arn = deployer.arn;\nexport const node = process.version;\n`,
    "tsconfig.json": {
      compilerOptions: { strict: true, module: "node16", moduleResolution: "node16", target: "es2022" },
      files: ["index.ts"],
    },
  },
};
