import assert from "node:assert/strict";
import { memorydb } from "../../sdk";
import { scenes } from "./fixtures";
import type { Outcome } from "./harness";

const USERS = 16;

/** Longer than what is worth mentioning; the users are there at once. */
const SLOW_DELETIONS = { transitions: { createMs: 0, deleteMs: 2_500 } };

describe("The engine's parallelism", () => {
  const begin = scenes();
  const program = () => {
    for (let index = 0; index < USERS; index++) {
      const userName = `user-${index}`;
      new memorydb.User(userName, { userName, accessString: "on ~* +@all", authentication: { type: "iam" } });
    }
  };

  it("is named in one line, once, when it alone holds a large destroy back", async () => {
    const { stack } = await begin({ program, aws: SLOW_DELETIONS });
    await stack.up({ parallel: USERS });
    const [line = "", ...more] = linesOnParallelism(await stack.destroy({ parallel: 4 }));
    assert.match(line, /4 deletions wait for AWS at once.*pulumi destroy --parallel 100/);
    assert.deepEqual(more, []);
  });

  it("is not named when all deletions wait together", async () => {
    const { stack } = await begin({ program, aws: SLOW_DELETIONS });
    await stack.up({ parallel: USERS });
    assert.deepEqual(linesOnParallelism(await stack.destroy({ parallel: USERS + 10 })), []);
  });
});

/** What a user sees, line by line. */
function linesOnParallelism({ messages }: Outcome): string[] {
  return messages.flatMap(({ text }) => text.split("\n")).filter((line) => line.includes("--parallel"));
}
