import assert from "node:assert/strict";
import { hasUnknown, UNKNOWN, unknownPaths } from "../../provider/unknown";

describe("A value that is not known yet", () => {
  it("is Pulumi's own constant", () => {
    assert.equal(UNKNOWN, "04da6b54-80e4-46f7-96ec-b56ff0331ba9");
  });

  it("is found at any depth, with the way there", () => {
    assert.deepEqual(unknownPaths(UNKNOWN), [[]]);
    assert.deepEqual(unknownPaths({ a: { b: ["x", UNKNOWN] }, c: UNKNOWN }), [["a", "b", "1"], ["c"]]);
    assert.equal(hasUnknown([{ deep: [UNKNOWN] }]), true);
  });

  it("is not found where all is known", () => {
    for (const value of [undefined, null, 0, "", "x", [], {}, { a: [1, null, { b: `${UNKNOWN}!` }] }]) {
      assert.equal(hasUnknown(value), false);
    }
  });
});
