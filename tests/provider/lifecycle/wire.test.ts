import assert from "node:assert/strict";
import { plain, sealed } from "../../../provider/lifecycle/wire";
import { UNKNOWN } from "../../../provider/unknown";
import { secret } from "../stage";

const PATHS = [["login", "words"]] as const;

describe("What goes to Pulumi's host", () => {
  it("is plain JSON without holes at any depth", () => {
    const sent = plain({ a: undefined, b: { c: undefined, d: [1] }, e: new Date(0) });
    assert.deepEqual(sent, { b: { d: [1] }, e: "1970-01-01T00:00:00.000Z" });
    assert.equal("a" in sent, false);
  });

  it("has its secrets sealed, and what is beside them readable", () => {
    const login = { type: "password", words: ["hush"] };
    assert.deepEqual(sealed({ login, name: "ann" }, PATHS), {
      login: { type: "password", words: secret(["hush"]) },
      name: "ann",
    });
    assert.deepEqual(login.words, ["hush"]);
  });

  it("is left alone where there is no secret, or none that is known", () => {
    for (const props of [
      {},
      { login: {} },
      { login: "x" },
      { login: UNKNOWN },
      { login: { words: UNKNOWN } },
    ]) {
      assert.deepEqual(sealed(props, PATHS), props);
    }
    assert.deepEqual(sealed({ login: null }, PATHS), { login: null });
  });
});
