import assert from "node:assert/strict";
import { accountOf, newAccessKeyId } from "../../local/accounts";

describe("the account of an access key id", () => {
  it("is 123456789012 for the test key", () => {
    assert.equal(accountOf("test"), "123456789012");
  });

  it("is the key itself when that is twelve digits", () => {
    assert.equal(accountOf("000000000042"), "000000000042");
  });

  it("is the one for which the key was made", () => {
    for (const account of ["000000000042", "123456789012", "999999999999"]) {
      for (const prefix of ["AKIA", "ASIA"] as const) {
        const id = newAccessKeyId(prefix, account);
        assert.match(id, /^A[KS]IA[A-Z2-7]{16}$/);
        assert.equal(accountOf(id), account);
      }
    }
  });

  it("is always the same twelve digits for any other key, and another one for another key", () => {
    const account = accountOf("AKIAIOSFODNN7EXAMPLE");
    assert.match(account, /^\d{12}$/);
    assert.equal(accountOf("AKIAIOSFODNN7EXAMPLE"), account);
    assert.notEqual(accountOf("AKIAI44QH8DHBEXAMPLE"), account);
  });
});
