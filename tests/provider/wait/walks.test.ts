import assert from "node:assert/strict";
import { currentDeadline, deadlineIn, within } from "../../../provider/wait/deadline";
import type { Lookup } from "../../../provider/wait/sharedLookup";
import { fakeClock } from "../fakes";
import { pageOf, service, throttled } from "./listService";

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

  it("comes to its end for those who are interested when all who wait have been met", async () => {
    const { lookup, clock, asked } = service(PAGES);
    await Promise.all(CROWD.map((id) => lookup.watch(id)));
    const told: string[] = [];
    for (const id of CROWD) void lookup.absence(id).then(() => told.push(id));
    assert.equal(await lookup.watch("user0"), "user0");
    await clock.sleep(1_000);
    assert.equal(asked.filter((call) => call.startsWith("page")).length, 2 * PAGES.length);
    assert.deepEqual(told, CROWD);
  });

  it("gives way to the next one when all who wait have been met and others ask", async () => {
    const clock = fakeClock();
    const numbers: number[] = [];
    const page: Lookup<string>["page"] = async (token) => {
      numbers.push(Number(token ?? 0));
      await clock.sleep(100);
      return pageOf(PAGES, token);
    };
    const { lookup } = service(PAGES, { page }, clock);
    await Promise.all(CROWD.map((id) => lookup.watch(id)));
    numbers.length = 0;
    const first = lookup.watch("user0");
    await clock.sleep(50);
    assert.deepEqual(await Promise.all([first, lookup.watch("user1")]), ["user0", "user1"]);
    assert.deepEqual(numbers.slice(0, 3), [0, 0, 1]);
  });

  it("has little patience when nobody waits for it", async () => {
    const ends: (number | undefined)[] = [];
    const { lookup, clock } = service(PAGES, {
      page: async (token) => {
        const { endsAt } = currentDeadline() ?? {};
        ends.push(endsAt && endsAt - clock.now());
        return pageOf(PAGES, token);
      },
    });
    const late = deadlineIn(clock, 60_000);
    await within(late, () => Promise.all(CROWD.map((id) => lookup.watch(id))));
    ends.length = 0;
    assert.equal(await within(late, () => lookup.watch("user0")), "user0");
    await clock.sleep(1_000);
    assert.deepEqual([ends.length, ...new Set(ends)], [PAGES.length, 59_700, 2_000]);
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
