import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeAll } from "../../cli/import/folder";

describe("Writing the files of an import", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-aws-users-folder-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("leaves none when one cannot be written", async () => {
    const texts = { "users.ts": "// users", "no/such/folder.json": "{}" };
    await assert.rejects(writeAll(folder, texts), /^Error: nothing was written: ENOENT/);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("does not touch one that somebody has written meanwhile", async () => {
    writeFileSync(join(folder, "index.ts"), "// mine");
    await assert.rejects(writeAll(folder, { "users.ts": "", "index.ts": "" }), /nothing was written: EEXIST/);
    assert.deepEqual(readdirSync(folder), ["index.ts"]);
    assert.equal(readFileSync(join(folder, "index.ts"), "utf8"), "// mine");
  });
});
