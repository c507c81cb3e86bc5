import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import ts from "typescript";
import type { FoundUser } from "../../cli/import/live";
import { identifiersOf } from "../../cli/import/names";
import { declaredUsers, programText } from "../../cli/import/program";
import { PROJECT_FOLDER } from "../../tools/project";

const ACCOUNT = "123456789012";
const REGION = "eu-central-1";

function found(of: Partial<FoundUser>): FoundUser {
  const declared = { region: REGION, userName: "ann", path: "/" };
  const user = {
    service: "iam",
    label: "IAM user",
    id: "ann",
    name: "ann",
    declared,
    inputs: {},
    outputs: {},
    passwordCount: 0,
  } as const;
  return { ...user, isRegional: (of.service ?? "iam") !== "iam", ...of };
}

const ACCESS = { region: REGION, accessString: "on ~app:* resetchannels -@all +@read" };

/** What would end a text, or begin code, where it is not escaped. */
const HOSTILE = ["\\", "`", "$", "{x}", "'", "*/", "\u2028"].join("");

const USERS: readonly FoundUser[] = [
  found({
    service: "memorydb",
    name: "ann",
    declared: { userName: "ann", ...ACCESS, authentication: { type: "password" } },
    passwordCount: 2,
  }),
  found({
    service: "elasticache",
    name: "cache",
    declared: {
      ...ACCESS,
      userId: "cache",
      userName: `"${HOSTILE}`,
      engine: "redis",
      authentication: { type: "no-password-required" },
      tags: { team: "build" },
    },
  }),
  found({
    name: HOSTILE,
    declared: {
      region: REGION,
      userName: HOSTILE,
      path: "/ci/",
      permissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess",
      tags: {
        "cost center": "4\u20282",
        class: "*/",
        ["__proto__"]: "x",
        url: "https://example.com/a/very/long/path",
      },
    },
  }),
  ...[30, 45, 64].map((length) => {
    const userName = "n".repeat(length);
    return found({ name: userName, declared: { region: REGION, userName, path: "/" } });
  }),
  found({
    service: "rekognition",
    name: "default",
    declared: { region: REGION, collectionId: "lobby", userId: "default" },
  }),
];

const TEXT = programText(declaredUsers(USERS, identifiersOf(USERS)), ACCOUNT, REGION);

describe("The program for imported users", () => {
  it("declares what AWS shows of each, with the region and the passwords kept apart", () => {
    const users = USERS.slice(0, 1);
    assert.equal(
      programText(declaredUsers(users, identifiersOf(users)), ACCOUNT, REGION),
      `// Users of account 123456789012 that existed before this program.
import * as pulumi from "@pulumi/pulumi";
import { memorydb } from "pulumi-aws-users";

const config = new pulumi.Config();
const region = "eu-central-1";

export const ann = new memorydb.User("ann", {
  region,
  userName: "ann",
  accessString: "on ~app:* resetchannels -@all +@read",
  authentication: {
    type: "password",
    passwords: [
      config.requireSecret("annPassword1"),
      config.requireSecret("annPassword2"),
    ],
  },
});
`,
    );
  });

  it("imports and defines nothing that it does not use", () => {
    const users = [found({})];
    assert.equal(
      programText(declaredUsers(users, identifiersOf(users)), ACCOUNT, REGION),
      `// Users of account 123456789012 that existed before this program.
import { iam } from "pulumi-aws-users";

export const ann = new iam.User("ann", {
  userName: "ann",
  path: "/",
});
`,
    );
  });

  it("compiles under strict TypeScript", () => {
    const [problems, ofAnother] = problemsOf(TEXT, TEXT.replace("engine:", "motor:"));
    assert.deepEqual(problems, []);
    assert.match(ofAnother?.[0] ?? "", /'motor' does not exist/);
  });

  it("holds every text of AWS as it is", () => {
    const { outputText } = ts.transpileModule(TEXT, { compilerOptions: COMPILER_OPTIONS });
    const declared: unknown[] = [];
    class User {
      constructor(name: string, args: object) {
        declared.push({ name, args });
      }
    }
    class Config {
      requireSecret = (key: string) => `secret ${key}`;
    }
    const services = { memorydb: { User }, elasticache: { User }, iam: { User }, rekognition: { User } };
    new Function("exports", "require", outputText)({}, (id: string) =>
      id === "@pulumi/pulumi" ? { Config } : services,
    );
    const cache = USERS[1]?.declared;
    const { region: __, ...iam } = USERS[2]?.declared ?? {};
    assert.deepEqual(declared.slice(1, 3), [
      { name: "cache", args: cache },
      { name: HOSTILE, args: iam },
    ]);
  });

  it("is laid out as a formatter would", () => {
    const biome = resolve(PROJECT_FOLDER, "node_modules/@biomejs/biome/bin/biome");
    const flags = ["format", "--stdin-file-path=users.ts", "--line-width=80", "--indent-style=space"];
    const formatted = execFileSync(process.execPath, [biome, ...flags], {
      input: TEXT,
      encoding: "utf8",
      cwd: "/",
    });
    assert.equal(TEXT, formatted);
  });
});

const COMPILER_OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  noUnusedLocals: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: ["node"],
};

/** What the compiler says of each program, were it where this package is found. */
function problemsOf(...texts: readonly string[]): string[][] {
  const files = new Map(
    texts.map((text, index) => [resolve(PROJECT_FOLDER, `examples/users${index}.ts`), text]),
  );
  const host = ts.createCompilerHost(COMPILER_OPTIONS);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, language) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, language) : ts.createSourceFile(name, text, language);
  };
  const program = ts.createProgram([...files.keys()], COMPILER_OPTIONS, host);
  return [...files.keys()].map((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );
}
