import assert from "node:assert/strict";
import { deadlineIn, within } from "../../../provider/wait/deadline";
import { awsError, fakeClock } from "../fakes";
import { denied, pageOf, service } from "./listService";

describe("Looking up users", () => {
  it("asks for one by its name", async () => {
    const { asked, lookup } = service([["ann", "bob"]]);
    assert.equal(await lookup.watch("ann"), "ann");
    assert.equal(await lookup.recall("ann"), "ann");
    assert.deepEqual(asked, ["find ann", "find ann"]);
  });

  it("walks the list once for all who wait at the same time", async () => {
    const { asked, lookup } = service([["ann", "bob", "cat"]]);
    await lookup.watch("ann");
    const found = await Promise.all(["ann", "bob", "nobody", "cat"].map((id) => lookup.watch(id)));
    assert.deepEqual(found, ["ann", "bob", undefined, "cat"]);
    assert.deepEqual(asked, ["find ann", "find ann", "page 0"]);
  });

  it("knows ids that AWS takes for the same", async () => {
    const { lookup } = service([["Ann", "bob"]]);
    await lookup.watch("bob");
    assert.equal(await lookup.watch("ANN"), "Ann");
  });

  it("asks by name while fewer wait than the list has pages", async () => {
    const { asked, lookup } = service([["ann"], ["bob"], ["cat"]]);
    await lookup.watch("ann");
    await lookup.watch("nobody");
    asked.length = 0;
    await lookup.watch("cat");
    assert.deepEqual(asked, ["find cat"]);
    await lookup.watch("dan");
    assert.deepEqual(asked, ["find cat", "page 0", "page 1", "page 2"]);
  });

  it("forgets those who have not asked for a while", async () => {
    const { asked, lookup, clock } = service([["ann", "bob"]]);
    await lookup.watch("ann");
    await clock.sleep(15_001);
    await lookup.watch("bob");
    assert.deepEqual(asked, ["find ann", "find bob"]);
  });

  it("begins no walk sooner than 300 ms after the one before", async () => {
    const { asked, lookup, clock } = service([["ann", "bob"]]);
    await lookup.watch("ann");
    await lookup.watch("bob");
    await lookup.watch("ann");
    assert.deepEqual(asked, ["find ann", "page 0", "page 0"]);
    assert.deepEqual(clock.gaps, [300]);
  });

  it("proves absence only by a walk that began after the question", async () => {
    const pages = [["ann", "bob"]];
    const { lookup } = service(pages);
    await lookup.watch("ann");
    const before = lookup.watch("bob");
    await before;
    pages[0] = ["ann"];
    assert.equal(await lookup.watch("bob"), undefined);
  });

  it("serves many readers from one walk for ten seconds", async () => {
    const { asked, lookup, clock } = service([["ann", "bob", "cat"]]);
    await lookup.recall("ann");
    for (const id of ["bob", "cat", "ann"]) await lookup.recall(id);
    assert.deepEqual(asked, ["find ann", "page 0"]);
    await clock.sleep(10_001);
    await lookup.recall("bob");
    assert.deepEqual(asked, ["find ann", "page 0", "page 0"]);
  });

  it("reads nothing from a walk that began before a write to the user", async () => {
    const { asked, lookup } = service([["ann", "bob"]]);
    await lookup.recall("ann");
    await lookup.recall("bob");
    lookup.wrote("ann");
    await lookup.recall("bob");
    assert.deepEqual(asked, ["find ann", "page 0"]);
    await lookup.recall("ann");
    assert.deepEqual(asked, ["find ann", "page 0", "page 0"]);
  });

  it("asks by name for each user that a reader misses in the list", async () => {
    const { asked, lookup } = service([["ann"]]);
    await lookup.recall("ann");
    assert.equal(await lookup.recall("nobody"), undefined);
    assert.deepEqual(asked, ["find ann", "page 0", "find nobody"]);
  });

  for (const [what, answer] of [
    ["ends without the user", () => pageOf([["ann"]])],
    ["is denied", () => Promise.reject(denied)],
  ] as const) {
    it(`does not ask by name as well when a walk ${what} after the deadline`, async () => {
      const clock = fakeClock();
      const { asked, lookup } = service(
        [["ann"]],
        {
          page: async () => {
            await clock.sleep(5_000);
            return answer();
          },
        },
        clock,
      );
      await lookup.recall("ann");
      const late = within(deadlineIn(clock, 4_000), () => lookup.recall("nobody"));
      await assert.rejects(late, { name: "TimedOut", message: /^waited 5 s for a look-up of the user/ });
      assert.deepEqual(asked, ["find ann"]);
    });
  }

  it("fails for all who asked when a page is refused, and walks again for the next", async () => {
    let walks = 0;
    const broken = awsError("ValidationError");
    const { lookup } = service([["ann", "bob"]], {
      page: async (token) => {
        if (token === undefined) {
          walks += 1;
          return { users: new Map([["ann", "ann"]]), next: "1" };
        }
        if (walks === 1) throw broken;
        return { users: new Map([["bob", "bob"]]) };
      },
    });
    await lookup.watch("ann");
    const both = await Promise.allSettled([lookup.watch("bob"), lookup.watch("cat")]);
    assert.deepEqual(
      both.map(({ status }) => status),
      ["rejected", "rejected"],
    );
    assert.equal(await lookup.recall("bob"), "bob");
    assert.equal(walks, 2);
  });

  it("asks by name for ever where the list may not be asked for", async () => {
    let walks = 0;
    const { asked, lookup } = service([["ann", "bob"]], {
      page: async () => {
        walks += 1;
        throw denied;
      },
    });
    await lookup.watch("ann");
    assert.equal(await lookup.watch("bob"), "bob");
    assert.equal(await lookup.watch("ann"), "ann");
    assert.equal(walks, 1);
    assert.deepEqual(asked, ["find ann", "find bob", "find ann"]);
  });

  it("walks only as far as the user of one who asks alone", async () => {
    const { asked, lookup, clock } = service([["ann"], ["bob"], ["cat"]], { findWalks: true });
    assert.equal(await lookup.watch("bob"), "bob");
    assert.deepEqual(asked, ["page 0", "page 1"]);
    await clock.sleep(15_001);
    assert.equal(await lookup.recall("nobody"), undefined);
    assert.deepEqual(asked.slice(2), ["page 0", "page 1", "page 2"]);
  });

  it("proves the absence of many by two walks where a look-up is a walk", async () => {
    const { asked, lookup } = service([["ann"], ["bob"]], { findWalks: true });
    await Promise.all([lookup.recall("ann"), lookup.recall("bob")]);
    asked.length = 0;
    const lost = Array.from({ length: 50 }, (_, number) => `lost${number}`);
    const found = await Promise.all(lost.map((id) => lookup.recall(id)));
    assert.deepEqual(new Set(found), new Set([undefined]));
    assert.deepEqual(asked, ["page 0", "page 1"]);
    assert.deepEqual(await Promise.all(lost.map((id) => lookup.recall(id))), found);
    assert.deepEqual(asked, ["page 0", "page 1", "page 0", "page 1"]);
  });

  it("tells at once who is interested when a walk for others finds the user absent", async () => {
    const pages = [["ann", "bob"]];
    const { lookup, clock } = service(pages);
    await lookup.watch("ann");
    await lookup.watch("bob");
    const told: string[] = [];
    for (const id of ["ann", "bob"]) void lookup.absence(id).then(() => told.push(id));
    await lookup.watch("cat");
    assert.deepEqual(told, []);
    pages[0] = ["bob"];
    await lookup.watch("cat");
    assert.deepEqual(told, ["ann"]);
    assert.deepEqual(clock.gaps, [300, 300]);
  });

  it("tells nobody by a walk that began before, that broke off, or after a look of their own", async () => {
    const pages = [["bob"]];
    let walks = 0;
    const { lookup } = service(pages, {
      page: async () => {
        walks += 1;
        if (walks === 2) throw awsError("ValidationError");
        return pageOf(pages);
      },
    });
    await lookup.watch("bob");
    const told: string[] = [];
    const before = lookup.watch("cat");
    await Promise.resolve().then(() => undefined);
    void lookup.absence("ann").then(() => told.push("ann"));
    await before;
    await assert.rejects(lookup.watch("cat"));
    assert.deepEqual(told, []);
    const own = lookup.watch("ann");
    await own;
    assert.deepEqual([walks, told], [3, []]);
  });
});
