import assert from "node:assert/strict";
import { failureOf, type Stage, stage } from "../stage";
import { inputsOf, live, stateOf, testUser } from "../testUser";

describe("A state that a newer version wrote", () => {
  const operations: Readonly<
    Record<string, (provider: Stage["provider"], state: object) => Promise<unknown>>
  > = {
    diff: (provider, state) => provider.diff("ann", { ...state }, inputsOf()),
    read: (provider, state) => provider.read("ann", { ...state }),
    update: (provider, state) => provider.update("ann", { ...state }, inputsOf()),
    delete: (provider, state) => provider.delete("ann", { ...state }),
  };
  for (const [name, operate] of Object.entries(operations)) {
    it(`ends ${name} before AWS is asked, and names both versions`, async () => {
      const { provider, calls } = stage(testUser);
      const failure = await failureOf(operate(provider, stateOf({ stateVersion: 2 })));
      assert.match(
        failure.message,
        /its state has version 2, and this pulumi-aws-users reads up to 1\. Install the version/,
      );
      assert.deepEqual(calls, []);
    });
  }
});

describe("A state that lacks what newer ones have", () => {
  it("means the default of what is missing, in each operation", async () => {
    const old = { region: "eu-central-1", userName: "ann" };
    const script = { find: [live(), live(), undefined], remove: [undefined] };
    const { provider } = stage(testUser, script);
    assert.deepEqual(await provider.diff("ann", old, inputsOf()), {
      changes: false,
      deleteBeforeReplace: true,
    });
    assert.equal((await provider.read("ann", old)).id, "ann");
    await provider.update("ann", old, inputsOf());
    await provider.delete("ann", old);
  });
});
