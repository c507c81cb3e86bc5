import assert from "node:assert/strict";
import { createScreen } from "../../../tools/start/screen";

describe("the screen of the main job", () => {
  let written: string;
  const output = (isTTY: boolean) => ({
    isTTY,
    write: (text: string) => {
      written += text;
    },
  });

  beforeEach(() => {
    written = "";
  });

  it("has plain lines where there is no terminal", async () => {
    const screen = createScreen(output(false), {});
    await screen.step("Preview", async (report) => {
      report.doing("looking");
      report.note("one user");
    });
    screen.times();
    assert.match(written, /^✓ Preview +0\.0 s\n {4}one user\n/);
    assert.ok(!written.includes("\u001b"));
    assert.equal(screen.interactive, false);
  });

  it("has plain lines in CI even on a terminal", async () => {
    const screen = createScreen(output(true), { CI: "true" });
    await screen.step("Preview", async () => {});
    assert.ok(!written.includes("\u001b"));
  });

  it("shows on a terminal that a step is under way, and wipes that away when it ends", async () => {
    const screen = createScreen(output(true), {});
    await screen.step("Preview", async () => {
      assert.match(written, /⠋.*Preview/);
    });
    assert.ok(written.includes("\r\u001b[2K\u001b[32m✓"));
    assert.equal(screen.interactive, true);
  });

  it("marks a step that fails and passes its error on", async () => {
    const screen = createScreen(output(false), {});
    await assert.rejects(
      screen.step("Up", () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.match(written, /^✗ Up/);
  });
});
