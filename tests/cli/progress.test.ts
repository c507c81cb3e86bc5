import assert from "node:assert/strict";
import { mock } from "node:test";
import { withProgress } from "../../cli/progress";

describe("the progress of a command", () => {
  const { isTTY, columns } = process.stderr;
  afterEach(() => {
    mock.restoreAll();
    Object.assign(process.stderr, { isTTY, columns });
  });

  async function saidWhile(elapsedMs: number, screen: { isTTY: boolean; columns: number }): Promise<string> {
    Object.assign(process.stderr, screen);
    const written = mock.method(process.stderr, "write", () => true);
    const timer = mock.method(globalThis, "setTimeout", () => undefined);
    await withProgress("reading", async (doing) => {
      doing("looking");
      const [late, afterMs] = (timer.mock.calls[0]?.arguments ?? []) as unknown[];
      if (typeof late === "function" && elapsedMs >= Number(afterMs)) late();
      doing("looking again");
    });
    return written.mock.calls.map(({ arguments: [text] }) => String(text)).join("");
  }

  it("says nothing in the first two seconds, and then one line where there is no terminal", async () => {
    const screen = { isTTY: false, columns: 80 };
    assert.equal(await saidWhile(1_999, screen), "");
    mock.restoreAll();
    assert.equal(await saidWhile(2_000, screen), "looking ...\n");
  });

  it("is one line on a terminal of no known width, as containers may have", async () => {
    assert.equal(await saidWhile(2_000, { isTTY: true, columns: 0 }), "looking ...\n");
  });
});
