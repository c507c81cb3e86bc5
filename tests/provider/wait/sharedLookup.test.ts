import assert from "node:assert/strict";
import { currentDeadline, deadlineIn, within } from "../../../provider/wait/deadline";
import { type Lookup, sharedLookup } from "../../../provider/wait/sharedLookup";
import type { ListPage } from "../../../provider/wait/walks";
import { awsError, type FakeClock, fakeClock } from "../fakes";

const denied = awsError("AccessDenied");
const throttled = awsError("Throttling");

function pageOf(pages: readonly (readonly string[])[], token = "0"): ListPage<string> {
  const number = Number(token);
  const users = new Map((pages[number] ?? []).map((name) => [name.toLowerCase(), name]));
  return { users, next: number + 1 < pages.length ? String(number + 1) : undefined };
}

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
    page: async (token) => {
      asked.push(`page ${token ?? 0}`);
      return pageOf(pages, token);
    },
    isPassing: (error) => error === throttled,
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

describe("A walk through many pages", () => {
  const PAGES = Array.from({ length: 20 }, (_, number) => [`user${number}`]);
  const CROWD = Array.from({ length: 30 }, (_, number) => `lost${number}`);

  /** Pages that take a second each, and notes of when one is asked for. */
  function slow(of: Partial<Lookup<string>> = {}) {
    const clock = fakeClock();
    const asked: [page: number, at: number][] = [];
    let underWay = 0;
    let most = 0;
    const page: Lookup<string>["page"] = async (token) => {
      asked.push([Number(token ?? 0), clock.elapsed()]);
      underWay += 1;
      most = Math.max(most, underWay);
      await clock.sleep(1_000);
      underWay -= 1;
      return pageOf(PAGES, token);
    };
    return { ...service(PAGES, { page, ...of }, clock), asked, most: () => most };
  }

  it("is alone: who asks meanwhile shares the next", async () => {
    const { lookup, clock, asked, most } = slow();
    const first = Promise.all(CROWD.map((id) => lookup.watch(id)));
    await clock.sleep(2_500);
    const second = Promise.all(CROWD.map((id) => lookup.watch(`${id}too`)));
    await clock.sleep(2_500);
    const third = Promise.all(CROWD.map((id) => lookup.watch(`${id}tree`)));
    await Promise.all([first, second, third]);
    assert.equal(most(), 1);
    assert.equal(asked.length, 40);
    assert.equal(clock.elapsed(), 40_000);
  });

  it("asks again for a page that is throttled, and for no other", async () => {
    let left = 3;
    const asked: string[] = [];
    const { lookup, clock } = service(PAGES, {
      page: async (token) => {
        asked.push(token ?? "0");
        if (token === "7" && left-- > 0) throw throttled;
        return pageOf(PAGES, token);
      },
    });
    const found = await Promise.all([...CROWD, "user19"].map((id) => lookup.watch(id)));
    assert.deepEqual(found, [...CROWD.map(() => undefined), "user19"]);
    assert.equal(asked.length, 23);
    assert.deepEqual(clock.gaps, [200, 400, 800]);
  });

  it("tells whom it meets at once", async () => {
    const { lookup, clock } = slow();
    const crowd = CROWD.map((id) => lookup.watch(id));
    assert.equal(await lookup.watch("user2"), "user2");
    assert.equal(clock.elapsed(), 3_000);
    await Promise.all(crowd);
    assert.equal(clock.elapsed(), 20_000);
  });

  it("ends for each at its own deadline, and goes on for the others", async () => {
    const { lookup, clock } = slow();
    const soon = deadlineIn(clock, 4_500);
    const late = deadlineIn(clock, 60_000);
    const others = within(late, () => Promise.all(CROWD.map((id) => lookup.watch(id))));
    await assert.rejects(
      within(soon, () => lookup.watch("mine")),
      { name: "TimedOut", message: /no time was left/ },
    );
    assert.equal(clock.elapsed(), 5_000);
    await others;
    assert.equal(clock.elapsed(), 20_000);
  });

  it("ends at the deadline of those who wait for the next one, too", async () => {
    const { lookup, clock } = slow();
    const others = Promise.all(CROWD.map((id) => lookup.watch(id)));
    await clock.sleep(1_500);
    await assert.rejects(within(deadlineIn(clock, 2_000), () => lookup.watch("mine")));
    assert.equal(clock.elapsed(), 4_000);
    await others;
  });

  it("says at the deadline why the page cannot be had", async () => {
    const { lookup, clock } = service(PAGES, {
      page: async () => {
        await clock.sleep(1_000);
        throw throttled;
      },
    });
    const waiting = CROWD.map((id) => within(deadlineIn(clock, 10_000), () => lookup.watch(id)));
    const [, ...ends] = await Promise.allSettled(waiting);
    assert.ok(ends.every((end) => end.status === "rejected" && end.reason === throttled));
    assert.ok(clock.elapsed() >= 10_000 && clock.elapsed() <= 12_000, `${clock.elapsed()} ms`);
  });

  it("is paced by the last deadline of those who wait, whoever began it", async () => {
    const seen: (number | undefined)[] = [];
    const { lookup, clock } = service(PAGES, {
      page: async (token) => {
        seen.push(currentDeadline()?.endsAt);
        return pageOf(PAGES, token);
      },
    });
    const soon = deadlineIn(clock, 5_000);
    const late = deadlineIn(clock, 60_000);
    await Promise.all([
      within(soon, () => lookup.watch("one")),
      within(late, () => Promise.all(CROWD.map((id) => lookup.watch(id)))),
    ]);
    assert.deepEqual(new Set(seen), new Set([late.endsAt]));
  });

  it("is none for the last look of a wait, which asks by name", async () => {
    const { asked, lookup, clock } = service(PAGES);
    const over = deadlineIn(clock, 0);
    const found = await within(over, () => Promise.all([...CROWD, "user3"].map((id) => lookup.watch(id))));
    assert.equal(found.at(-1), "user3");
    assert.ok(asked.every((call) => call.startsWith("find ")));
  });
});
