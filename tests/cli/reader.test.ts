import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { PROGRAM } from "../program";

describe("a command whose reader goes early, as head does", () => {
  it("ends as it would have, without a word", async () => {
    const child = spawn(process.execPath, [PROGRAM, "destroy-plan", "--schema"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    const [code] = await once(child, "close");
    assert.deepEqual([code, said], [0, ""]);
  });
});
