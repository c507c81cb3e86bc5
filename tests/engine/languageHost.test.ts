import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandLine, openCommandLine } from "./harness";

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
console.log("said by the program");
if (config.getBoolean("broken")) throw new Error("broken on purpose");
const loud: string = config.require("word").toUpperCase();
export const word = pulumi.interpolate\`\${loud} in \${pulumi.getStack()}\`;
export const hidden = config.requireSecret("hidden");
`;

describe("a program on disk", () => {
  let commandLine: CommandLine;

  before(async () => {
    commandLine = await openCommandLine({ env: {} });
    const { folder } = commandLine;
    mkdirSync(join(folder, "program"));
    writeFileSync(join(folder, "Pulumi.yaml"), "name: words\nruntime: nodejs\nmain: program\n");
    writeFileSync(join(folder, "program/package.json"), JSON.stringify({ name: "words", main: "index.ts" }));
    writeFileSync(join(folder, "program/index.ts"), PROGRAM);
    await succeed("stack", "init", "dev");
    await succeed("config", "set", "word", "hello");
    await succeed("config", "set", "--secret", "hidden", "marker-secret");
  });

  after(() => commandLine.close());

  async function succeed(...args: string[]): Promise<string> {
    const { code, output } = await commandLine.pulumi(args);
    assert.equal(code, 0, output);
    return output;
  }

  it("in TypeScript, in a folder of its own, goes through up and destroy", async () => {
    const up = await succeed("up", "--yes", "--skip-preview");
    assert.match(up, /said by the program/);
    assert.match(up, /word *: "HELLO in dev"/);
    assert.doesNotMatch(up, /marker-secret/);
    const outputs = JSON.parse(await succeed("stack", "output", "--json", "--show-secrets"));
    assert.equal(outputs.hidden, "marker-secret");
    assert.match(await succeed("destroy", "--yes", "--skip-preview"), /1 deleted/);
  });

  it("that throws is shown once, with its message", async () => {
    const { code, output } = await commandLine.pulumi(["preview", "--config", "words:broken=true"]);
    assert.notEqual(code, 0);
    assert.equal(output.match(/Error: broken on purpose/g)?.length, 1, output);
  });
});
