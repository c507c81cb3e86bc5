import assert from "node:assert/strict";
import * as local from "../../local";
import * as plan from "../../plan";
import * as provider from "../../provider";
import * as sdk from "../../sdk";

describe("What programs and states rely on for ever", () => {
  it("are the names that the package exports", () => {
    const exported = (of: object) => Object.keys(of).sort();
    assert.deepEqual(exported(sdk), ["Provider", "elasticache", "iam", "memorydb", "rekognition"]);
    for (const service of [sdk.memorydb, sdk.elasticache, sdk.iam, sdk.rekognition]) {
      assert.deepEqual(exported(service), ["User"]);
    }
    assert.deepEqual(exported(provider), ["elasticache", "iam", "memorydb", "rekognition"]);
    assert.deepEqual(exported(local), ["startLocalAws"]);
    assert.deepEqual(exported(plan), ["destroyPlanSchema", "planDestroy"]);
  });
});
