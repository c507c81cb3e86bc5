import assert from "node:assert/strict";
import fc from "fast-check";
import { identifiersOf } from "../../cli/import/names";

type Named = Parameters<typeof identifiersOf>[0][number];

const iamUsers = (...names: string[]): Named[] => names.map((name) => ({ service: "iam", name }));

describe("The identifiers of imported users", () => {
  it("are their names in camel case", () => {
    const names = [
      "ann",
      "Ann.Smith",
      "ci-deployer",
      "build_bot",
      "ops@example.com",
      "CI",
      "CI-deployer",
      "a+b=c,d",
    ];
    assert.deepEqual(identifiersOf(iamUsers(...names)), [
      "ann",
      "annSmith",
      "ciDeployer",
      "buildBot",
      "opsExampleCom",
      "ci",
      "ciDeployer2",
      "aBCD",
    ]);
  });

  it("are never words of the language, names that the program has, or digits first", () => {
    const names = ["default", "delete", "await", "pulumi", "region", "iam", "require", "42", "007-bond", "+"];
    assert.deepEqual(identifiersOf(iamUsers(...names)), [
      "defaultUser",
      "deleteUser",
      "awaitUser",
      "pulumiUser",
      "regionUser",
      "iamUser",
      "requireUser",
      "user42",
      "user007Bond",
      "user",
    ]);
  });

  it("name the service where users of several services have the same name", () => {
    const users: Named[] = [
      { service: "memorydb", name: "ann" },
      { service: "memorydb", name: "bob" },
      { service: "iam", name: "Ann" },
    ];
    assert.deepEqual(identifiersOf(users), ["memorydbAnn", "bob", "iamAnn"]);
  });

  it("are numbered where names differ in nothing else, without taking what another wants", () => {
    assert.deepEqual(identifiersOf(iamUsers("a-b", "a.b", "a_b", "aB2")), ["aB", "aB3", "aB4", "aB2"]);
    assert.deepEqual(identifiersOf(iamUsers("ANN", "Ann", "ann")), ["ann", "ann2", "ann3"]);
  });

  it("are all different, and identifiers, whatever the names", () => {
    const character = fc.constantFrom(..."aAbB12._-@+:".split(""));
    const name = fc.string({ unit: character, minLength: 1, maxLength: 5 });
    const service = fc.constantFrom("memorydb", "iam", "rekognition");
    fc.assert(
      fc.property(fc.array(fc.record({ service, name })), (users) => {
        const identifiers = identifiersOf(users as Named[]);
        assert.equal(new Set(identifiers).size, users.length);
        for (const identifier of identifiers) assert.match(identifier, /^[a-z][a-zA-Z0-9]*$/);
      }),
    );
  });
});
