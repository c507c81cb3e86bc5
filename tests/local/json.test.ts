import assert from "node:assert/strict";
import { decodeJson, encodeJson, encodeJsonError } from "../../local/json";
import { ServiceError } from "../../local/service";

describe("an answer of the JSON protocol", () => {
  it("writes dates as seconds and bytes as base 64, at any depth, and leaves out what has no value", () => {
    const members = { List: [{ At: new Date(1500), Bytes: Buffer.from("hi") }], None: undefined, Null: null };
    assert.equal(encodeJson(members, "r-1").body, '{"List":[{"At":1.5,"Bytes":"aGk="}],"Null":null}');
  });

  it("names the error as its service does", () => {
    const error = new ServiceError("ResourceNotFoundException", "gone", 400);
    const body = (service: string) => JSON.parse(encodeJsonError(error, service, "r-1").body);
    assert.deepEqual(body("memorydb"), { __type: "ResourceNotFoundException", message: "gone" });
    assert.deepEqual(body("rekognition"), {
      __type: "ResourceNotFoundException",
      Code: "ResourceNotFoundException",
      Logref: "r-1",
      Message: "gone",
    });
  });
});

describe("a request of the JSON protocol", () => {
  it("has members, none when the body is empty", () => {
    assert.deepEqual(decodeJson('{"UserName":"ann"}'), { UserName: "ann" });
    assert.deepEqual(decodeJson(""), {});
  });

  it("is nothing when the body is no JSON object", () => {
    for (const body of ["[]", "1", "null", "{", "x"]) {
      assert.equal(decodeJson(body), undefined);
    }
  });
});
