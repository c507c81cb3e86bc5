import assert from "node:assert/strict";
import { declaredTags, tagChanges, tagList, tagRecord, withoutAwsTags } from "../../../provider/aws/tags";

describe("Tags", () => {
  it("that are right need nothing sent", () => {
    assert.deepEqual(tagChanges({ a: "1", b: "" }, { b: "", a: "1" }), { put: {}, remove: [] });
  });

  it("are sent when new or changed, and removed when no longer wanted", () => {
    assert.deepEqual(tagChanges({ a: "1", b: "2", c: "3" }, { a: "1", b: "20", d: "4" }), {
      put: { b: "20", d: "4" },
      remove: ["c"],
    });
  });

  it("of AWS itself are never removed", () => {
    assert.deepEqual(tagChanges({ "aws:cloudformation:stack": "s" }, {}), { put: {}, remove: [] });
    assert.deepEqual(withoutAwsTags({ "aws:x": "1", awsx: "2" }), { awsx: "2" });
  });

  it("survive AWS's list form and back", () => {
    const tags = { team: "build", empty: "" };
    assert.deepEqual(tagList(tags), [
      { Key: "team", Value: "build" },
      { Key: "empty", Value: "" },
    ]);
    assert.deepEqual(tagRecord(tagList(tags)), tags);
  });

  it("are none where AWS sends no list, and empty where it sends no text", () => {
    assert.deepEqual(tagRecord(undefined), {});
    assert.deepEqual(tagRecord([{ Key: "a" }, { Value: "b" }]), { a: "", "": "b" });
  });
});

describe("The tags that a live user would declare", () => {
  it("are all of them when the stack has no default tags", () => {
    const seen = declaredTags({ a: "1", "aws:x": "2" }, { tags: { a: "1" }, tagsAll: { a: "1" } });
    assert.deepEqual(seen, { tags: { a: "1" }, tagsAll: { a: "1" } });
  });

  it("leave out default tags that still have their value", () => {
    const last = { tags: { own: "1" }, tagsAll: { own: "1", stack: "s" } };
    assert.deepEqual(declaredTags({ own: "1", stack: "s" }, last).tags, { own: "1" });
  });

  it("show a default tag whose value somebody changed", () => {
    const last = { tags: { own: "1" }, tagsAll: { own: "1", stack: "s" } };
    assert.deepEqual(declaredTags({ own: "1", stack: "x" }, last), {
      tags: { own: "1", stack: "x" },
      tagsAll: { own: "1", stack: "x" },
    });
  });

  it("keep a tag that is declared with the value of the default", () => {
    const last = { tags: { stack: "s" }, tagsAll: { stack: "s" } };
    assert.deepEqual(declaredTags({ stack: "s" }, last).tags, { stack: "s" });
  });

  it("show tags that somebody added or removed", () => {
    const last = { tags: { a: "1" }, tagsAll: { a: "1", d: "2" } };
    assert.deepEqual(declaredTags({ b: "3" }, last), { tags: { b: "3" }, tagsAll: { b: "3" } });
  });

  it("are all of them when nothing is known of before", () => {
    assert.deepEqual(declaredTags({ a: "1" }, {}), { tags: { a: "1" }, tagsAll: { a: "1" } });
  });
});
