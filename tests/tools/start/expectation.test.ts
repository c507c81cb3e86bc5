import assert from "node:assert/strict";
import type { Change } from "../../../tools/start/events";
import { expectChanges, linesOf } from "../../../tools/start/expectation";

const UPDATE: Change = {
  op: "update",
  name: "ann",
  service: "iam",
  inputs: {},
  differences: ['tags.team "a" -> "b"'],
};
const CREATE: Change = { op: "create", name: "bob", service: "iam", inputs: {}, differences: [] };

describe("what the main job expects of a step", () => {
  it("is met in any order", () => {
    expectChanges("The up", [UPDATE, CREATE], ["create bob", "update ann: tags.team"]);
  });

  it("is not met by more, by less or by another property", () => {
    assert.throws(() => expectChanges("The up", [CREATE], []), {
      message: "The up was to show exactly\n  nothing\nbut shows\n  create bob",
    });
    assert.throws(() => expectChanges("The up", [], ["create bob"]), /but shows\n {2}nothing/);
    assert.throws(
      () => expectChanges("The up", [UPDATE], ["update ann: path"]),
      /but shows\n {2}update ann: tags\.team/,
    );
  });

  it("is told with the values of before and after", () => {
    assert.deepEqual(linesOf(UPDATE), ['~ ann: tags.team "a" -> "b"']);
  });
});
