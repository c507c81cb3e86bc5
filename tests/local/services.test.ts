import assert from "node:assert/strict";
import { createServices } from "../../local/services";

describe("the services of the local AWS", () => {
  it("are the five that a provider of users talks to, each in its own protocol", () => {
    const settings = {
      createMs: 0,
      modifyMs: 0,
      deleteMs: 0,
      groupMs: 0,
      iamLagMs: 0,
      pageSize: 100,
      faces: {},
    };
    const services = createServices(settings).map(({ name, wire }) => [
      name,
      wire.protocol === "json" ? wire.targetPrefix : wire.version,
    ]);
    assert.deepEqual(Object.fromEntries(services), {
      iam: "2010-05-08",
      sts: "2011-06-15",
      memorydb: "AmazonMemoryDB",
      elasticache: "2015-02-02",
      rekognition: "RekognitionService",
    });
  });
});
