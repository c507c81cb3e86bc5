import assert from "node:assert/strict";
import { withEnvironment } from "../environment";
import { awsError } from "../fakes";
import { ACCOUNT, failureOf, stage } from "../stage";
import { inputsOf, laggingUser, live, stateOf, testUser } from "../testUser";

const exists = awsError("Exists");
const NAMED = "PULUMI_AWS_USERS_ADOPT_EXISTING";

describe("Adopting a user that exists", () => {
  withEnvironment({ [NAMED]: undefined });

  it("takes it over as it is when nothing differs, and says so", async () => {
    const { provider, verbs, said } = stage(testUser, { create: [exists], find: [live()] });
    const { id, outs } = await provider.create(inputsOf({ adoptExisting: true }));
    assert.equal(id, "ann");
    assert.equal(outs?.["uniqueId"], "U1");
    assert.deepEqual(said, [`adopting Test user "ann", which exists in account ${ACCOUNT}`]);
    assert.deepEqual(new Set(verbs()), new Set(["create", "find"]));
  });

  it("brings it to the declared inputs, secrets and tags included", async () => {
    const words = ["hush-hush-hush-hush"];
    const { provider, asked } = stage(testUser, {
      create: [exists],
      find: [live(), live(), live({ colour: "red" })],
      update: [undefined],
      tags: [{ old: "1", "aws:x": "2" }],
      retag: [undefined],
    });
    const inputs = inputsOf({
      adoptExisting: true,
      colour: "red",
      login: { words },
      tags: { new: "3" },
      tagsAll: { new: "3" },
    });
    const { outs } = await provider.create(inputs);
    assert.deepEqual(asked("update")[0]?.[2], ["colour", "login"]);
    assert.deepEqual(asked("retag")[0]?.[1], { put: { new: "3" }, remove: ["old"] });
    assert.equal(outs?.["colour"], "red");
  });

  it("is allowed for one run by the environment, for the users that it names", async () => {
    for (const [names, allowed] of [
      ["ann", true],
      [" bob , ann ", true],
      ["bob", false],
      ["an", false],
      ["", false],
    ] as const) {
      process.env[NAMED] = names;
      const { provider } = stage(testUser, { create: [exists], find: [live()] });
      const call = provider.create(inputsOf());
      if (allowed) assert.equal((await call).id, "ann");
      else assert.match((await failureOf(call)).message, /take it over/);
    }
  });

  it("never takes what the stack itself replaces: deleteBeforeReplace is named instead", async () => {
    const { provider, verbs, said } = stage(testUser, { create: [exists], find: [live()] });
    const inputs = { region: "eu-central-1", userName: "ann", adoptExisting: true };
    await provider.check({ ...inputs, colour: "grey" }, inputs);
    const failure = await failureOf(provider.create(inputsOf({ adoptExisting: true })));
    assert.match(failure.message, /it is in the state of this stack\. .*deleteBeforeReplace: true/);
    assert.deepEqual(said, []);
    assert.deepEqual(verbs(), ["create", "find"]);
  });

  it("keeps the user when the resource that it was taken from is deleted in the same run", async () => {
    const { provider, verbs, said } = stage(testUser, { create: [exists], find: [live()] });
    const { outs } = await provider.create(inputsOf({ adoptExisting: true }));
    await provider.delete("ann", outs ?? {});
    assert.equal(verbs().includes("remove"), false);
    assert.equal(said.at(-1), 'Test user "ann" is kept: this run has taken it over');
  });

  it("never takes what this run has made for another resource", async () => {
    const { provider } = stage(testUser, { create: [undefined, exists], find: [live()] });
    await provider.create(inputsOf());
    const failure = await failureOf(provider.create(inputsOf({ adoptExisting: true })));
    assert.match(
      failure.message,
      /made by this run for another resource\. Give one of the two another name\.$/,
    );
  });

  it("keeps the user in the state when it cannot be brought to the inputs", async () => {
    const { provider } = stage(testUser, {
      create: [exists],
      find: [live()],
      update: [awsError("AccessDenied", "UpdateUser", "no")],
    });
    const failure = await failureOf(provider.create(inputsOf({ adoptExisting: true, colour: "red" })));
    assert.equal(failure.id, "ann");
    const { __provider, ...rest } = stateOf({ adoptExisting: true });
    assert.deepEqual(failure.properties, { __provider, ...rest });
    assert.deepEqual(failure.reasons, [
      'creating Test user "ann": access was denied to test:UpdateUser (no). Allow test:UpdateUser to the credentials of this run.',
    ]);
  });

  it("keeps the user in the state when its tags cannot be read", async () => {
    const { provider } = stage(testUser, {
      create: [exists],
      find: [live()],
      tags: [awsError("AccessDenied", "ListTags")],
    });
    const failure = await failureOf(provider.create(inputsOf({ adoptExisting: true })));
    assert.equal(failure.id, "ann");
    assert.equal(failure.properties?.["uniqueId"], "U1");
  });

  it("waits until it is ready before anything is changed", async () => {
    const { provider, verbs } = stage(testUser, {
      create: [exists],
      find: [live({ status: "modifying" }), live(), live({ colour: "red" })],
      update: [undefined],
    });
    await provider.create(inputsOf({ adoptExisting: true, colour: "red" }));
    assert.deepEqual(verbs(), ["create", "find", "create", "find", "update", "find"]);
  });

  it("refuses one that could only be replaced to be as declared, and changes nothing", async () => {
    const { provider, verbs } = stage(testUser, { create: [exists], find: [live({ userName: "anne" })] });
    const failure = await failureOf(provider.create(inputsOf({ adoptExisting: true })));
    assert.match(failure.message, /its userName is not the declared one and cannot be changed/);
    assert.equal("id" in failure, false);
    assert.equal(verbs().includes("update"), false);
  });
});

describe("Creating a user that exists already", () => {
  withEnvironment({ PULUMI_AWS_USERS_ADOPT_EXISTING: undefined });

  it("fails and says how to take it over, and leaves nothing in the state", async () => {
    const { provider, verbs } = stage(testUser, { create: [awsError("Exists")], find: [live()] });
    const failure = await failureOf(provider.create(inputsOf()));
    assert.match(
      failure.message,
      /^creating Test user "ann": a user of that name exists in account 123456789012\. /,
    );
    assert.match(
      failure.message,
      /adoptExisting: true .* PULUMI_AWS_USERS_ADOPT_EXISTING=ann\. If this replaces it, .*deleteBeforeReplace: true\.$/,
    );
    assert.equal("id" in failure, false);
    assert.deepEqual(verbs(), ["create", "find"]);
  });

  it("waits while that one is still being deleted, then makes its own", async () => {
    const exists = awsError("Exists");
    const { provider, verbs } = stage(testUser, {
      create: [exists, exists, undefined],
      find: [live({ status: "deleting" }), live({ status: "deleting" }), live({ uid: "U2" })],
    });
    const { outs } = await provider.create(inputsOf());
    assert.equal(outs?.["uniqueId"], "U2");
    assert.deepEqual(verbs(), ["create", "find", "create", "find", "create", "find"]);
  });

  it("waits while AWS says that it exists but does not show it", async () => {
    const { provider } = stage(laggingUser, {
      create: [awsError("Exists"), undefined],
      find: [undefined, live()],
    });
    assert.equal((await provider.create(inputsOf())).id, "ann");
  });

  it("says at the deadline that the old user was still being deleted", async () => {
    const { provider } = stage(testUser, {
      create: [awsError("Exists")],
      find: [live({ status: "deleting" })],
    });
    const failure = await failureOf(provider.create(inputsOf()));
    assert.match(
      failure.message,
      /waited 10 min .* last seen: a user of that name exists with status deleting\. Run again/,
    );
    assert.equal("id" in failure, false);
  });
});
