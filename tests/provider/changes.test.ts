import assert from "node:assert/strict";
import { awsKeys, comparedKeys, differingKeys } from "../../provider/changes";
import { iamUser } from "../../provider/iam/kind";
import type { UserKind } from "../../provider/kind";
import { rekognitionUser } from "../../provider/rekognition/kind";
import { testUser } from "./testUser";

const kind: UserKind = testUser;

describe("Properties", () => {
  it("are all compared, the tags with the defaults included, but not adoptExisting", () => {
    assert.deepEqual(comparedKeys(kind), [
      "region",
      "timeouts",
      "userName",
      "colour",
      "login",
      "tags",
      "forceDestroy",
      "tagsAll",
    ]);
    assert.deepEqual(comparedKeys(rekognitionUser), [
      "region",
      "timeouts",
      "collectionId",
      "userId",
      "faceIds",
      "userMatchThreshold",
      "forceDestroy",
    ]);
  });

  it("that AWS holds are those that do not steer the provider, tags and faces apart", () => {
    assert.deepEqual(awsKeys(kind), ["userName", "colour", "login"]);
    assert.deepEqual(awsKeys(iamUser), ["userName", "path", "permissionsBoundary"]);
    assert.deepEqual(awsKeys(rekognitionUser), ["collectionId", "userId"]);
  });
});

describe("Two sets of arguments", () => {
  const table: [title: string, one: object, other: object, differ: string[]][] = [
    ["that are equal", { colour: "red" }, { colour: "red" }, []],
    ["with another value", { colour: "red" }, { colour: "blue" }, ["colour"]],
    ["that mean the same in other words", { colour: "RED" }, { colour: "red" }, []],
    ["of which one leaves out a default", {}, { colour: "grey" }, []],
    ["of which one leaves out what is no default", {}, { colour: "red" }, ["colour"]],
    ["without and with empty tags", {}, { tags: {}, tagsAll: {} }, []],
    ["without and with tags", {}, { tags: { a: "" } }, ["tags"]],
    ["without and with forceDestroy false", {}, { forceDestroy: false }, []],
    ["without and with forceDestroy true", { forceDestroy: true }, {}, ["forceDestroy"]],
    ["without and with empty time-outs", { timeouts: {} }, {}, []],
    ["with tags in another order", { tags: { a: "1", b: "2" } }, { tags: { b: "2", a: "1" } }, []],
    ["of which one adopts", { adoptExisting: true }, {}, []],
    ["with other outputs", { status: "active", uniqueId: "U1" }, {}, []],
    ["with other secrets", { login: { words: ["a"] } }, { login: { words: ["b"] } }, ["login"]],
    ["with a value that vanished", { colour: "grey", login: {} }, { colour: "grey" }, []],
    [
      "with several differences",
      { userName: "ann", region: "eu-west-1" },
      { userName: "bob", region: "eu-west-2" },
      ["region", "userName"],
    ],
  ];
  for (const [title, one, other, differ] of table) {
    it(`${title} differ in ${differ.join(" and ") || "nothing"}`, () => {
      assert.deepEqual(differingKeys(kind, { ...one }, { ...other }), differ);
      assert.deepEqual(differingKeys(kind, { ...other }, { ...one }), differ);
    });
  }
});
