import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fillAtOnce } from "../../tools/engine/fillAtOnce";

describe("filling a folder at once", () => {
  let parent: string;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), "fill-"));
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it("shows the folder only when it is full, in place of what was there", async () => {
    const target = join(parent, "engine");
    mkdirSync(target);
    writeFileSync(join(target, "old"), "");
    await fillAtOnce(target, async (folder) => {
      writeFileSync(join(folder, "new"), "");
      assert.deepEqual(readdirSync(target), ["old"]);
    });
    assert.deepEqual(readdirSync(parent), ["engine"]);
    assert.deepEqual(readdirSync(target), ["new"]);
  });

  it("leaves nothing when filling fails", async () => {
    const failing = fillAtOnce(join(parent, "engine"), async (folder) => {
      writeFileSync(join(folder, "half"), "");
      throw new Error("cut off");
    });
    await assert.rejects(failing, /cut off/);
    assert.deepEqual(readdirSync(parent), []);
  });

  it("removes what a killed process left, and nothing of one that still runs", async () => {
    const running = join(parent, `engine.partial-${process.ppid}`);
    // Process ids end at four million on Linux, and earlier elsewhere.
    const killed = join(parent, "engine.partial-999999999");
    mkdirSync(running);
    mkdirSync(killed);
    await fillAtOnce(join(parent, "engine"), async () => {});
    assert.ok(existsSync(running));
    assert.ok(!existsSync(killed));
  });
});
