import assert from "node:assert/strict";
import {
  observedAccess,
  observedAuthentication,
  passwordDrift,
  phaseOfStatus,
  samePasswords,
} from "../../../provider/aws/accessUsers";

const ONE = "one-long-password";
const TWO = "two-long-passwords";

describe("Passwords", () => {
  it("are the same in any order", () => {
    const [a, b] = [
      [ONE, TWO],
      [TWO, ONE],
    ].map((passwords) => ({ type: "password", passwords }));
    assert.equal(a !== undefined && b !== undefined && samePasswords(a, b), true);
  });

  it("differ in number, in text and in type", () => {
    const one = { type: "password", passwords: [ONE] };
    assert.equal(samePasswords(one, { type: "password", passwords: [ONE, TWO] }), false);
    assert.equal(samePasswords(one, { type: "password", passwords: [TWO] }), false);
    assert.equal(samePasswords(one, { type: "iam" }), false);
    assert.equal(samePasswords({ type: "iam" }, { type: "no-password-required" }), false);
    assert.equal(samePasswords({ type: "iam" }, { type: "iam" }), true);
  });
});

describe("The access string read", () => {
  const declared = "on ~* +@read";

  it("is the declared one while AWS shows what it made of it", () => {
    const past = { accessString: declared, observedAccessString: "on something odd" };
    assert.equal(observedAccess("on something odd", past, "none"), declared);
  });

  it("is the declared one while AWS shows something that means the same", () => {
    assert.equal(observedAccess("on ~* -@all +@read", { accessString: declared }, "none"), declared);
  });

  it("is the live one where saying nothing of channels is not the same as allowing none", () => {
    const live = "on ~* resetchannels -@all +@read";
    assert.equal(observedAccess(live, { accessString: declared }, "none"), declared);
    assert.equal(observedAccess(live, { accessString: declared }, "cluster"), live);
  });

  it("is the live one once somebody changed it", () => {
    const past = { accessString: declared, observedAccessString: "on ~* -@all +@read" };
    assert.equal(observedAccess("on ~* +@all", past, "none"), "on ~* +@all");
  });

  it("is the live one when none was declared", () => {
    assert.equal(
      observedAccess("on ~* +@all", { observedAccessString: "on ~* +@all" }, "none"),
      "on ~* +@all",
    );
  });
});

describe("The authentication read", () => {
  const past = { authentication: { type: "password", passwords: [ONE, TWO] } };

  it("has the declared passwords while AWS holds as many", () => {
    assert.deepEqual(observedAuthentication("password", 2, past), past.authentication);
  });

  it("has no passwords once their number changed, so that the next up sends them", () => {
    assert.deepEqual(observedAuthentication("password", 1, past), { type: "password" });
    assert.deepEqual(observedAuthentication("password", 2, {}), { type: "password" });
  });

  it("has no passwords once the type changed", () => {
    assert.deepEqual(observedAuthentication("iam", 0, past), { type: "iam" });
  });

  it("names a user without password as it is declared", () => {
    assert.deepEqual(observedAuthentication("no-password", 0, {}), { type: "no-password-required" });
  });
});

describe("What the number of passwords tells", () => {
  const past = (...passwords: string[]) => ({ authentication: { type: "password", passwords } });

  it("is nothing while it is right, or where none are known", () => {
    assert.equal(passwordDrift(2, past(ONE, TWO)), undefined);
    assert.equal(passwordDrift(1, { authentication: { type: "password" } }), undefined);
    assert.equal(passwordDrift(0, { authentication: { type: "iam" } }), undefined);
    assert.equal(passwordDrift(1, {}), undefined);
  });

  it("is that they are no longer those declared, in numbers and never in texts", () => {
    assert.equal(passwordDrift(1, past(ONE, TWO)), "AWS holds 1 password, and 2 were declared");
    assert.equal(passwordDrift(2, past(ONE)), "AWS holds 2 passwords, and 1 was declared");
    assert.equal(passwordDrift(0, past(ONE, TWO)), "AWS holds no passwords, and 2 were declared");
  });
});

describe("The status of a MemoryDB or ElastiCache user", () => {
  for (const [status, phase] of [
    ["active", "ready"],
    ["deleting", "deleting"],
    ["creating", "pending"],
    ["modifying", "pending"],
    ["a status of tomorrow", "pending"],
    ["", "pending"],
  ]) {
    it(`"${status}" means ${phase}`, () => {
      assert.equal(phaseOfStatus(status ?? ""), phase);
    });
  }
});
