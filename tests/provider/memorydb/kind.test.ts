import assert from "node:assert/strict";
import { memoryDbUser } from "../../../provider/memorydb/kind";
import { awsError } from "../fakes";
import { failureOf, type Props, secret, stage } from "../stage";

const passwords = ["one-long-password", "two-long-passwords"];
const args = {
  region: "eu-central-1",
  userName: "ann",
  accessString: "on ~app:* +@read",
  authentication: { type: "password", passwords },
};
const live = {
  userName: "ann",
  arn: "arn:aws:memorydb:eu-central-1:123456789012:user/ann",
  status: "active",
  accessString: "on ~app:* resetchannels -@all +@read",
  authenticationType: "password",
  passwordCount: 2,
  minimumEngineVersion: "6.2",
  aclNames: ["acl"],
};
const outputs = {
  arn: live.arn,
  status: "active",
  minimumEngineVersion: "6.2",
  aclNames: ["acl"],
  passwordCount: 2,
  observedAccessString: live.accessString,
  accountId: "123456789012",
  stateVersion: 1,
};
const state = { ...args, ...outputs };

describe("A MemoryDB user", () => {
  it("keeps what was declared beside what AWS made of it", async () => {
    const { provider } = stage(memoryDbUser, {
      create: [{ ...live, status: "creating" }],
      find: [{ ...live, status: "creating" }, live],
      tags: [{}],
    });
    const { outs } = await provider.create(args);
    assert.deepEqual(outs, {
      ...state,
      authentication: { type: "password", passwords: secret(passwords) },
    });
  });

  const drifts: [title: string, found: Props, inputs: Props][] = [
    ["none while AWS shows what it made of the access string", {}, {}],
    ["another access string", { accessString: "on ~* +@all" }, { accessString: "on ~* +@all" }],
    ["another number of passwords", { passwordCount: 1 }, { authentication: { type: "password" } }],
    ["another type", { authenticationType: "iam", passwordCount: 0 }, { authentication: { type: "iam" } }],
  ];
  for (const [title, found, differing] of drifts) {
    it(`shows drift: ${title}`, async () => {
      const { provider } = stage(memoryDbUser, { find: [{ ...live, ...found }], tags: [{}] });
      const { inputs, props = {} } = await provider.read("ann", state);
      const sealed = { ...args, authentication: { type: "password", passwords: secret(passwords) } };
      assert.deepEqual(inputs, { ...sealed, ...differing });
      const unsealed =
        "authentication" in differing ? props : { ...props, authentication: args.authentication };
      const { changes } = await provider.diff("ann", unsealed, args);
      assert.equal(changes, Object.keys(differing).length === 0 ? false : undefined);
    });
  }

  it("is sent all passwords when one changes, and nothing else", async () => {
    const { provider, asked } = stage(memoryDbUser, { find: [live], update: [undefined], tags: [{}] });
    const changed = { type: "password", passwords: [passwords[0], "three-long-passwords"] };
    await provider.update("ann", state, { ...args, authentication: changed });
    assert.deepEqual(asked("update")[0]?.[2], ["authentication"]);
  });

  it("that cannot be tagged just now is no missing user", async () => {
    const missing = awsError("UserNotFoundFault", "ListTags", "ann is not available for tagging");
    const { provider } = stage(memoryDbUser, { find: [live], tags: [missing, {}] });
    assert.equal((await provider.read("ann", state)).id, "ann");
  });

  it("whose name another engine's user has exists already", async () => {
    const { provider } = stage(memoryDbUser, { create: [awsError("DuplicateUserNameFault")], find: [live] });
    assert.match((await failureOf(provider.create(args))).message, /exists in account/);
  });

  it("that changes state is waited for before it is deleted", async () => {
    const busy = awsError("InvalidUserStateFault", "DeleteUser");
    const { provider, verbs } = stage(memoryDbUser, { remove: [busy, busy, undefined], find: [undefined] });
    await provider.delete("ann", state);
    assert.deepEqual(verbs(), ["remove", "remove", "remove", "find"]);
  });
});
