import assert from "node:assert/strict";
import { type Lookup, sharedLookup } from "../../../provider/wait/sharedLookup";
import { awsError, type FakeClock, fakeClock } from "../fakes";

const denied = awsError("AccessDenied");

/** A service with users, each of them its own name. */
function service(
  pages: readonly (readonly string[])[],
  of: Partial<Lookup<string>> = {},
  clock: FakeClock = fakeClock(),
) {
  const asked: string[] = [];
  const lookup: Lookup<string> = {
    find: async (id) => {
      asked.push(`find ${id}`);
      return pages.flat().find((name) => name === id);
    },
    findWalks: false,
    keyOf: (id) => id.toLowerCase(),
    async *list() {
      asked.push("list");
      for (const page of pages) yield new Map(page.map((name) => [name.toLowerCase(), name]));
    },
    isForbidden: (error) => error === denied,
    ...of,
  };
  return { asked, clock, lookup: sharedLookup(lookup, clock) };
}

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
    assert.deepEqual(asked, ["find ann", "find ann", "list"]);
  });

  it("knows ids that AWS takes for the same", async () => {
    const { lookup } = service([["Ann", "bob"]]);
    await lookup.watch("bob");
    assert.equal(await lookup.watch("ANN"), "Ann");
  });

  it("asks by name while fewer wait than the list has pages", async () => {
    const { asked, lookup } = service([["ann"], ["bob"], ["cat"]]);
    await lookup.watch("ann");
    await lookup.watch("bob");
    asked.length = 0;
    await lookup.watch("cat");
    assert.deepEqual(asked, ["find cat"]);
    await lookup.watch("dan");
    assert.deepEqual(asked, ["find cat", "list"]);
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
    assert.deepEqual(asked, ["find ann", "list", "list"]);
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
    assert.deepEqual(asked, ["find ann", "list"]);
    await clock.sleep(10_001);
    await lookup.recall("bob");
    assert.deepEqual(asked, ["find ann", "list", "list"]);
  });

  it("reads nothing from a walk that began before a write to the user", async () => {
    const { asked, lookup } = service([["ann", "bob"]]);
    await lookup.recall("ann");
    await lookup.recall("bob");
    lookup.wrote("ann");
    await lookup.recall("bob");
    assert.deepEqual(asked, ["find ann", "list"]);
    await lookup.recall("ann");
    assert.deepEqual(asked, ["find ann", "list", "list"]);
  });

  it("asks by name for each user that a reader misses in the list", async () => {
    const { asked, lookup } = service([["ann"]]);
    await lookup.recall("ann");
    assert.equal(await lookup.recall("nobody"), undefined);
    assert.deepEqual(asked, ["find ann", "list", "find nobody"]);
  });

  it("fails for all who asked when the walk fails, and walks again for the next", async () => {
    let walks = 0;
    const broken = awsError("Throttling");
    const { lookup } = service([["ann", "bob"]], {
      async *list() {
        walks += 1;
        yield new Map([["ann", "ann"]]);
        if (walks === 1) throw broken;
        yield new Map([["bob", "bob"]]);
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
      // biome-ignore lint/correctness/useYield: the first page is denied
      async *list() {
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

  it("shares the walk from the second user on where a look-up is a walk", async () => {
    const { asked, lookup } = service([["ann"], ["bob"], ["cat"]], { findWalks: true });
    await lookup.watch("ann");
    await lookup.watch("bob");
    assert.deepEqual(asked, ["find ann", "list"]);
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

  it("tells nobody by a walk that began before, that failed, or after a look of their own", async () => {
    const pages = [["bob"]];
    let walks = 0;
    const { lookup } = service(pages, {
      async *list() {
        walks += 1;
        yield new Map([["bob", "bob"]]);
        if (walks === 2) throw awsError("Throttling");
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
