import assert from "node:assert/strict";
import fc from "fast-check";
import { type Page, type PageRequest, page } from "../../local/paging";
import { ServiceError } from "../../local/service";

const names = ["ann", "bob", "cid", "dan", "eve"];

describe("a paged list", () => {
  it("gives everything at once, in order, when it fits on one page", () => {
    assert.deepEqual(ask(["bob", "ann"], {}), { items: ["ann", "bob"] });
  });

  it("never holds more than the page size, whatever limit is asked for", () => {
    assert.deepEqual(ask(names, { limit: 10 }, 2).items, ["ann", "bob"]);
  });

  it("takes a limit as text, as query protocols send it", () => {
    assert.deepEqual(ask(names, { limit: "3" }).items, ["ann", "bob", "cid"]);
  });

  it("goes on after the last item given out, also when that one is gone by then", () => {
    const first = ask(names, { limit: 2 });
    const left = names.filter((name) => name !== "ann" && name !== "bob");
    assert.deepEqual(ask(left, { token: first.next }).items, ["cid", "dan", "eve"]);
  });

  it("is walked in full, each item once, whatever the page size", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.integer({ min: 1, max: 7 }), (items, pageSize) => {
        assert.deepEqual(walk(items, pageSize).sort(), [...items].sort());
      }),
    );
  });

  it("refuses limits that AWS would refuse", () => {
    for (const limit of [0, 101, 1.5, "", "many", -1]) {
      assert.throws(() => ask(names, { limit }), { name: "BadLimit" });
    }
  });

  it("refuses tokens that it never gave out", () => {
    for (const token of ["", "2", "YW5u", 7, `${ask(names, { limit: 2 }).next}=`]) {
      assert.throws(() => ask(names, { token }), { name: "BadToken" });
    }
  });
});

function ask(items: readonly string[], request: PageRequest, pageSize = 1000): Page<string> {
  return page(items, request, {
    max: 100,
    default: 50,
    pageSize,
    key: (item) => item,
    badLimit: (limit) => new ServiceError("BadLimit", limit),
    badToken: () => new ServiceError("BadToken", "token"),
  });
}

function walk(items: readonly string[], pageSize: number): string[] {
  const found: string[] = [];
  let token: string | undefined;
  do {
    const { items: part, next } = ask(items, { token }, pageSize);
    found.push(...part);
    token = next;
  } while (token !== undefined);
  return found;
}
