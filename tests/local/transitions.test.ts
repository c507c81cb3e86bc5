import assert from "node:assert/strict";
import { createTimetable, lasting, passing } from "../../local/transitions";

describe("A state in the local AWS", () => {
  it("lasts when nothing follows", () => {
    const table = createTimetable<string>();
    table.put("a", lasting("active"));
    assert.equal(table.get("a", Number.MAX_SAFE_INTEGER), "active");
  });

  it("gives way to the next one exactly when its time is up", () => {
    const table = createTimetable<string>();
    table.put("a", passing("modifying", 100, "active"));
    assert.equal(table.get("a", 99), "modifying");
    assert.equal(table.get("a", 100), "active");
  });

  it("ends with the thing being gone when nothing is to follow", () => {
    const table = createTimetable<string>();
    table.put("a", passing("deleting", 100));
    assert.deepEqual(table.all(99), ["deleting"]);
    assert.deepEqual(table.all(100), []);
    assert.equal(table.get("a", 100), undefined);
  });

  it("keeps its end when the thing is changed in between", () => {
    const table = createTimetable<{ status: string; tag?: string }>();
    table.put("a", passing({ status: "modifying" }, 100, { status: "active" }));
    table.edit("a", 50, (value) => ({ ...value, tag: "x" }));
    assert.deepEqual(table.get("a", 99), { status: "modifying", tag: "x" });
    assert.deepEqual(table.get("a", 100), { status: "active", tag: "x" });
    table.edit("a", 150, (value) => ({ ...value, tag: "y" }));
    assert.deepEqual(table.get("a", 50), { status: "active", tag: "y" });
  });

  it("cannot be changed in a thing that is gone", () => {
    const table = createTimetable<string>();
    table.put("a", passing("deleting", 100));
    table.edit("a", 100, () => "back");
    assert.equal(table.get("a", 100), undefined);
  });
});
