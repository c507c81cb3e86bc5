import assert from "node:assert/strict";
import { join } from "node:path";
import ts from "typescript";
import { PROJECT_FOLDER } from "../../tools/project";
import { type Block, blocksOf, markdownFiles } from "./documents";

/** Sources whose comments users read. */
const SOURCES = [
  "sdk/elasticache.ts",
  "sdk/iam.ts",
  "sdk/memorydb.ts",
  "sdk/provider.ts",
  "sdk/rekognition.ts",
  "local/index.ts",
  "plan/index.ts",
];

/** As strict as the programs of users may be. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleDetection: ts.ModuleDetectionKind.Force,
  types: ["node", "mocha"],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  skipLibCheck: true,
  noEmit: true,
};

describe("The TypeScript that users read", function () {
  this.timeout(120_000);
  const documents = [...markdownFiles(), ...SOURCES].map((document) => blocksOf(document, "ts"));
  let mistakes: readonly string[] = [];

  before(() => {
    mistakes = mistakesIn(documents.flat());
  });

  for (const blocks of documents) {
    const [first] = blocks;
    if (first === undefined) continue;
    it(`is whole programs that compile in ${first.document}`, () => {
      const theirs = mistakes.filter((mistake) => mistake.startsWith(`${first.document}:`));
      assert.deepEqual(theirs, []);
    });
  }

  it("is in the README, in the comment of each resource, and on the page of each kind", () => {
    const found = new Set(documents.flat().map(({ document }) => document));
    const kinds = ["elasticache", "iam", "memorydb", "rekognition"];
    const wanted = ["README.md", ...SOURCES, ...kinds.map((kind) => `docs/kinds/${kind}.md`)];
    assert.deepEqual(
      wanted.filter((document) => !found.has(document)),
      [],
    );
  });
});

/** What a compiler says of the blocks, each a module of its own at the root of the package, by document and line. */
function mistakesIn(blocks: readonly Block[]): string[] {
  const modules = new Map(blocks.map((block) => [moduleOf(block), block]));
  const host = ts.createCompilerHost(OPTIONS);
  const sourceOf = (file: string) => {
    const block = modules.get(file);
    return block && "\n".repeat(block.line - 1) + block.code;
  };
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => modules.has(file) || fileExists(file);
  host.readFile = (file) => sourceOf(file) ?? readFile(file);
  host.getSourceFile = (file, languageVersion, ...others) => {
    const source = sourceOf(file);
    if (source === undefined) return getSourceFile(file, languageVersion, ...others);
    return ts.createSourceFile(file, source, languageVersion);
  };
  const program = ts.createProgram([...modules.keys()], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
    const block = modules.get(diagnostic.file?.fileName ?? "");
    if (block === undefined || diagnostic.file === undefined) throw new Error(text);
    const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
    return `${block.document}:${line + 1}: ${text}`;
  });
}

/** An ES module, for programs may wait at their top; the package is found by its own name from here. */
function moduleOf({ document, line }: Block): string {
  return join(PROJECT_FOLDER, `${document.replaceAll("/", "-")}-${line}.mts`).replaceAll("\\", "/");
}
