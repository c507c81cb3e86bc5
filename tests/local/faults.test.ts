import assert from "node:assert/strict";
import { createFaults, type Fault } from "../../local/faults";

const arn = "arn:aws:iam::123456789012:root";

describe("a fault", () => {
  it("meets the calls that it counts, by number", () => {
    assert.deepEqual(codes({ operation: "DeleteUser", calls: [1, 3], error: { code: "X" } }, 4), [
      "X",
      undefined,
      "X",
      undefined,
    ]);
  });

  it("meets a range of calls, with or without an end", () => {
    const error = { code: "X" };
    assert.deepEqual(codes({ operation: "*", calls: { from: 2, to: 3 }, error }, 4), [
      undefined,
      "X",
      "X",
      undefined,
    ]);
    assert.deepEqual(codes({ operation: "iam:*", calls: { from: 3 }, error }, 4), [
      undefined,
      undefined,
      "X",
      "X",
    ]);
  });

  it("meets all calls of its operation in its service, and no others", () => {
    const faults = createFaults([{ operation: "iam:DeleteUser", reset: "before" }]);
    const meet = (service: string, operation: string) => faults.meet({ service, operation }, {}, arn).reset;
    assert.equal(meet("iam", "DeleteUser"), "before");
    assert.equal(meet("rekognition", "DeleteUser"), undefined);
    assert.equal(meet("iam", "GetUser"), undefined);
  });

  it("can be meant for one user, and does not count calls for others", () => {
    const faults = createFaults([
      { operation: "GetUser", where: { UserName: "ann" }, calls: [1], error: { code: "X" } },
    ]);
    const meet = (UserName: string) =>
      faults.meet({ service: "iam", operation: "GetUser" }, { UserName }, arn).error?.code;
    assert.deepEqual([meet("bob"), meet("ann"), meet("ann")], [undefined, "X", undefined]);
  });

  it("denies with the action in the message and AWS's status", () => {
    const faults = createFaults([{ operation: "*", error: { code: "AccessDenied" } }]);
    const { error } = faults.meet({ service: "iam", operation: "GetUser" }, {}, arn);
    assert.equal(error?.httpStatus, 403);
    assert.equal(error?.message, `User: ${arn} is not authorized to perform: iam:GetUser`);
  });

  it("adds up with other delays, while the first error counts", () => {
    const faults = createFaults([
      { operation: "*", delayMs: 5, error: { code: "A", message: "m", status: 503 } },
      { operation: "*", delayMs: 7, error: { code: "B" } },
    ]);
    const { delayMs, error } = faults.meet({ service: "iam", operation: "GetUser" }, {}, arn);
    assert.deepEqual([delayMs, error?.code, error?.message, error?.httpStatus], [12, "A", "m", 503]);
  });

  it("is forgotten at a reset when added later, and counts from 1 again otherwise", () => {
    const faults = createFaults([{ operation: "*", calls: [1], error: { code: "FIRST" } }]);
    faults.add([{ operation: "*", calls: [1, 2], error: { code: "ADDED" } }]);
    const meet = () => faults.meet({ service: "iam", operation: "GetUser" }, {}, arn).error?.code;
    assert.deepEqual([meet(), meet()], ["FIRST", "ADDED"]);
    faults.reset();
    assert.deepEqual([meet(), meet()], ["FIRST", undefined]);
  });

  it("is refused when malformed, with what is wrong", () => {
    const { add } = createFaults([]);
    assert.throws(() => add({ operation: "x" }), /TypeError|malformed faults/);
    assert.throws(() => add([{ operation: "x" }]), /needs error, reset or delayMs/);
    assert.throws(() => add([{ operation: "x", rest: "before" }]), /rest/);
    assert.throws(() => add([{ operation: "x", calls: [0], delayMs: 1 }]), /calls/);
  });
});

function codes(fault: Fault, calls: number): (string | undefined)[] {
  const faults = createFaults([fault]);
  const asked = { service: "iam", operation: "DeleteUser" };
  return Array.from({ length: calls }, () => faults.meet(asked, {}, arn).error?.code);
}
