import assert from "node:assert/strict";
import { explain } from "../../../provider/lifecycle/explain";
import { TimedOut } from "../../../provider/wait/until";
import { awsError } from "../fakes";

describe("What is said of an error", () => {
  it("of a denied call is the action that was denied, and what to allow", () => {
    const error = awsError("AccessDenied", "DeleteUser", "User: ann is not authorized\n  to do that.");
    assert.deepEqual(explain(error, "iam", {}), {
      cause: "access was denied to iam:DeleteUser (User: ann is not authorized to do that)",
      advice: "Allow iam:DeleteUser to the credentials of this run.",
    });
  });

  it("of a call that was denied for want of another action is that action", () => {
    const error = awsError(
      "AccessDenied",
      "CreateUser",
      "User: ann is not authorized to perform: iam:TagUser on resource: x",
    );
    assert.equal(explain(error, "iam", {}).advice, "Allow iam:TagUser to the credentials of this run.");
  });

  it("of a denied call of which nothing more is known is not made up", () => {
    assert.deepEqual(explain(awsError("AccessDeniedException"), "iam", {}), {
      cause: "access was denied to AWS (said AWS)",
      advice: "Allow the action to the credentials of this run.",
    });
  });

  it("names the actions of STS as such", () => {
    for (const operation of ["GetCallerIdentity", "AssumeRole"]) {
      assert.match(
        explain(awsError("AccessDenied", operation), "iam", {}).cause,
        new RegExp(`to sts:${operation} `),
      );
    }
  });

  it("of missing or expired credentials says so", () => {
    const { cause, advice } = explain(
      awsError("ExpiredToken", "GetUser", "The token is expired."),
      "iam",
      {},
    );
    assert.equal(cause, "the AWS credentials cannot be used (ExpiredToken: The token is expired)");
    assert.match(advice ?? "", /have not expired/);
  });

  it("of an endpoint that is not AWS says where to look", () => {
    const refused = Object.assign(awsError("Error", "GetUser", "connect"), { code: "ECONNREFUSED" });
    const { cause, advice } = explain(refused, "iam", {});
    assert.equal(cause, "the endpoint does not answer like AWS to iam:GetUser (Error: connect)");
    assert.match(advice ?? "", /AWS_ENDPOINT_URL/);
    assert.match(explain(awsError("SyntaxError"), "iam", {}).cause, /does not answer like AWS \(SyntaxError/);
  });

  it("of all else is what AWS answered, in one line", () => {
    const error = awsError("ValidationError", "CreateUser", "1 error:\n  bad path.");
    assert.deepEqual(explain(error, "iam", {}), {
      cause: "iam:CreateUser answered ValidationError: 1 error: bad path",
    });
  });

  it("of a time-out, and of what is no answer of AWS, is its own text, and how to go on", () => {
    const timedOut = new TimedOut("it", "nothing", 1_000);
    assert.deepEqual(explain(timedOut, "iam", {}), {
      cause: timedOut.message,
      advice:
        "Run again to go on from there. The argument timeouts allows more time; a destroy goes by the state, so run " +
        "pulumi up first to change it there.",
    });
    assert.deepEqual(explain(new Error("the name is empty."), "iam", {}), { cause: "the name is empty" });
    assert.deepEqual(explain("a text", "iam", {}), { cause: "a text" });
  });

  it("never holds a request id or a stack", () => {
    for (const name of ["AccessDenied", "ExpiredToken", "SyntaxError", "ValidationError"]) {
      const said = JSON.stringify(explain(awsError(name, "GetUser"), "iam", {}));
      assert.doesNotMatch(said, /4711-request|at Context/);
    }
  });
});
