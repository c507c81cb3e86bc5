import assert from "node:assert/strict";
import { slots } from "../../../provider/lifecycle/slots";
import { fakeClock } from "../fakes";

describe("The engine's parallelism", () => {
  it("is named once when it holds a large destroy back", async () => {
    const { said } = await destroy({ users: 12, parallel: 4, eachMs: 10_000 });
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /^4 deletions wait for AWS at once.*pulumi destroy --parallel 100/);
  });

  it("is not named when all deletions wait together", async () => {
    assert.deepEqual((await destroy({ users: 12, parallel: 12, eachMs: 10_000 })).said, []);
  });

  it("is not named when deletions are short, or come one by one", async () => {
    assert.deepEqual((await destroy({ users: 12, parallel: 4, eachMs: 1_000 })).said, []);
    assert.deepEqual((await destroy({ users: 12, parallel: 1, eachMs: 10_000 })).said, []);
  });

  it("counts deletions that fail as well, and passes their failure on", async () => {
    const clock = fakeClock();
    const failure = new Error("denied");
    await assert.rejects(
      slots(clock, () => {}).occupy(() => Promise.reject(failure)),
      failure,
    );
  });
});

/** Deletes users as the engine does: so many at once, the next when one ends. */
async function destroy({ users, parallel, eachMs }: Record<"users" | "parallel" | "eachMs", number>) {
  const clock = fakeClock();
  const said: string[] = [];
  const { occupy } = slots(clock, (line) => void said.push(line));
  let left = users;
  const slot = async (index: number) => {
    await clock.sleep(index * 100);
    for (; left > 0; left--) await occupy(() => clock.sleep(eachMs));
  };
  await Promise.all(Array.from({ length: parallel }, (_, index) => slot(index)));
  return { said };
}
