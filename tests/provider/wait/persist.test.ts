import assert from "node:assert/strict";
import type { FaultTable } from "../../../provider/aws/faults";
import { deadlineIn } from "../../../provider/wait/deadline";
import { insist, persist } from "../../../provider/wait/persist";
import { awsError, fakeClock } from "../fakes";

const FAULTS: FaultTable = { Busy: "busy", Broken: "transient", Slow: "throttled", Odd: "unclear" };

describe("A call that AWS does not take", () => {
  it("is answered at once when all is well", async () => {
    const clock = fakeClock();
    assert.equal(await insist(deadlineIn(clock, 60_000), "it", FAULTS, async () => "answer"), "answer");
    assert.deepEqual(clock.gaps, []);
  });

  for (const name of ["Busy", "Broken"]) {
    it(`is repeated with growing gaps while the fault is ${FAULTS[name]}`, async () => {
      const clock = fakeClock();
      const call = failing(4, name);
      assert.equal(await insist(deadlineIn(clock, 60_000), "it", FAULTS, call), "answer");
      assert.deepEqual(clock.gaps, [200, 400, 800, 1_500]);
    });
  }

  it("backs off further with each throttling, up to 2 seconds", async () => {
    const clock = fakeClock();
    await insist(deadlineIn(clock, 600_000), "it", FAULTS, failing(8, "Slow"));
    assert.deepEqual(clock.gaps, [200, 400, 800, 1_600, 2_000, 2_000, 2_000, 2_000]);
  });

  it("spreads the repeats of many throttled users by chance, by at most a half", async () => {
    const clock = fakeClock(0);
    await insist(deadlineIn(clock, 600_000), "it", FAULTS, failing(3, "Slow"));
    assert.deepEqual(clock.gaps, [100, 200, 400]);
  });

  it("starts with short back-offs again once AWS has answered", async () => {
    const clock = fakeClock();
    const steps = ["Slow", "Slow", undefined, "Slow", "end"];
    await persist<string>(deadlineIn(clock, 600_000), "it", FAULTS, async () => {
      const step = steps.shift();
      if (step === "end") return { done: step };
      if (step !== undefined) throw awsError(step);
      return { pending: "not yet", afterMs: 1 };
    });
    assert.deepEqual(clock.gaps, [200, 400, 1, 200]);
  });

  it("is tried three times on an endpoint that does not answer like AWS", async () => {
    const clock = fakeClock();
    let tries = 0;
    const odd = awsError("Odd");
    const call = async () => {
      tries += 1;
      throw odd;
    };
    await assert.rejects(insist(deadlineIn(clock, 60_000), "it", FAULTS, call), odd);
    assert.equal(tries, 3);
    assert.equal(await insist(deadlineIn(clock, 60_000), "it", FAULTS, failing(2, "Odd")), "answer");
  });

  it("is tried three times again once the endpoint has answered like AWS", async () => {
    const clock = fakeClock();
    const steps = ["Odd", "Odd", undefined, "Odd", "Odd", "end"];
    const found = await persist<string>(deadlineIn(clock, 60_000), "it", FAULTS, async () => {
      const step = steps.shift();
      if (step === "end") return { done: step };
      if (step !== undefined) throw awsError(step);
      return { pending: "not yet" };
    });
    assert.equal(found, "end");
  });

  for (const name of ["ValidationException", "AccessDenied", "ExpiredToken", "DeleteConflict"]) {
    it(`is not repeated after ${name}`, async () => {
      const clock = fakeClock();
      const error = awsError(name);
      await assert.rejects(
        insist(deadlineIn(clock, 60_000), "it", FAULTS, () => Promise.reject(error)),
        error,
      );
      assert.deepEqual(clock.gaps, []);
    });
  }

  it("ends at the deadline, and says what AWS answered last", async () => {
    const clock = fakeClock();
    await assert.rejects(
      insist(deadlineIn(clock, 60_000), "AWS to accept the deletion", FAULTS, () =>
        Promise.reject(awsError("Busy", "DeleteUser", "the user\n is busy.")),
      ),
      /^TimedOut: waited 1 min for AWS to accept the deletion; last seen: DeleteUser answered Busy: the user is busy$/,
    );
    assert.equal(clock.elapsed(), 60_000);
  });

  it("names what was thrown even when that is no error of AWS", async () => {
    const clock = fakeClock();
    const broken = { code: "ECONNRESET", toString: () => "a cut line" };
    await assert.rejects(
      insist(deadlineIn(clock, 1_000), "it", FAULTS, () => Promise.reject(broken)),
      /last seen: a cut line/,
    );
  });
});

function failing(times: number, name: string): () => Promise<string> {
  let left = times;
  return async () => {
    if (left-- > 0) throw awsError(name);
    return "answer";
  };
}
