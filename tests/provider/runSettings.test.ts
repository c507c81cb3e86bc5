import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { idsNamedBy, naming } from "../../provider/runSettings";
import { withEnvironment } from "./environment";

const FORCE = "PULUMI_AWS_USERS_FORCE_DESTROY";

describe("What the environment says for one run", () => {
  withEnvironment({ [FORCE]: undefined });

  it("names ids with commas and blanks between them", () => {
    process.env[FORCE] = "ann, lobby/bob,*";
    assert.deepEqual(idsNamedBy(FORCE), ["ann", "lobby/bob", "*"]);
  });

  it("names an id that has commas, and none of its parts", () => {
    process.env[FORCE] = "ann\\,bob,cid";
    assert.deepEqual(idsNamedBy(FORCE), ["ann,bob", "cid"]);
  });

  it("is read as it was advised, whatever AWS allows in names", () => {
    const id = fc.stringMatching(/^[\w+=,.@:/-]{1,20}$/);
    fc.assert(
      fc.property(fc.array(id, { minLength: 1, maxLength: 3 }), (ids) => {
        process.env[FORCE] = naming(FORCE, ids)
          .slice(FORCE.length + 1)
          .replace(/^'(.*)'$/, "$1");
        assert.deepEqual(idsNamedBy(FORCE), ids);
      }),
    );
  });

  it("is advised as a shell takes it", () => {
    const said = execFileSync("sh", ["-c", `${naming(FORCE, ["a,b", "c"])} printenv ${FORCE}`]);
    assert.equal(said.toString(), "a\\,b,c\n");
  });
});
