import assert from "node:assert/strict";
import { slots } from "../../../provider/lifecycle/slots";
import { fakeClock } from "../fakes";

describe("The engine's parallelism", () => {
  it("is named once when it holds a large destroy back", async () => {
    const { said } = await destroy({ users: 12, parallel: 4, eachMs: 10_000 });
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /^4 deletions wait for AWS at once.*pulumi destroy --parallel 100/);
  });

  it("is named as well when deletions end and begin together, or begin late on a slow machine", async () => {
    for (const slow of [{ apartMs: 0 }, { apartMs: 100, refillMs: 3_000 }]) {
      assert.equal((await destroy({ users: 12, parallel: 4, eachMs: 10_000, ...slow })).said.length, 1);
    }
  });

  it("is not named when a second round may be that of users others depend on", async () => {
    assert.deepEqual((await destroy({ users: 8, parallel: 4, eachMs: 10_000 })).said, []);
  });

  it("is not named when two end and others follow one by one", async () => {
    const clock = fakeClock();
    const said: string[] = [];
    const { occupy } = slots(clock, (line) => void said.push(line));
    const deletion = () => occupy(() => clock.sleep(10_000));
    await Promise.all([deletion(), deletion()]);
    for (let user = 0; user < 5; user++) await deletion();
    assert.deepEqual(said, []);
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

interface Destroy {
  readonly users: number;
  readonly parallel: number;
  readonly eachMs: number;
  /** How long after one another the first deletions begin. */
  readonly apartMs?: number;
  /** How long the engine takes from the end of a deletion to the next. */
  readonly refillMs?: number;
}

/** Deletes users as the engine does: so many at once, the next when one ends. */
async function destroy({ users, parallel, eachMs, apartMs = 100, refillMs = 0 }: Destroy) {
  const clock = fakeClock();
  const said: string[] = [];
  const { occupy } = slots(clock, (line) => void said.push(line));
  let left = users;
  const slot = async (index: number) => {
    await clock.sleep(index * apartMs);
    while (left > 0) {
      left -= 1;
      await occupy(() => clock.sleep(eachMs));
      await clock.sleep(refillMs);
    }
  };
  await Promise.all(Array.from({ length: parallel }, (_, index) => slot(index)));
  return { said };
}
