import assert from "node:assert/strict";
import { elastiCacheUser } from "../../../provider/elasticache/kind";
import { awsError } from "../fakes";
import { failureOf, stage } from "../stage";

const args = {
  region: "eu-central-1",
  userId: "ann",
  userName: "default",
  engine: "redis",
  accessString: "on allkeys allcommands",
  authentication: { type: "no-password-required" },
};
const live = {
  userId: "ann",
  userName: "default",
  engine: "redis",
  arn: "arn:aws:elasticache:eu-central-1:123456789012:user:ann",
  status: "active",
  accessString: "on ~* +@all",
  authenticationType: "no-password",
  passwordCount: 0,
  minimumEngineVersion: "6.0",
  userGroupIds: [],
};
const state = {
  ...args,
  observedAccessString: live.accessString,
  accountId: "123456789012",
  stateVersion: 1,
};

describe("An ElastiCache user", () => {
  it("without password is read as it is declared", async () => {
    const { provider } = stage(elastiCacheUser, { find: [live], tags: [{}] });
    const { inputs, props = {} } = await provider.read("ann", state);
    assert.deepEqual(inputs, args);
    assert.equal((await provider.diff("ann", props, args)).changes, false);
  });

  it("changes its engine in place", async () => {
    const want = { ...args, userName: "ann", engine: "valkey", authentication: { type: "iam" } };
    const { provider, asked } = stage(elastiCacheUser, {
      find: [{ ...live, userName: "ann" }],
      update: [undefined],
      tags: [{}],
    });
    await provider.update("ann", { ...state, userName: "ann" }, want);
    assert.deepEqual(asked("update")[0]?.[2], ["engine", "authentication"]);
  });

  it("that is the default of a group waits while the group is being deleted, else names it", async () => {
    const held = awsError("DefaultUserAssociatedToUserGroupFault", "DeleteUser");
    const group = {
      kind: "userGroups",
      noun: "user group",
      id: "g1",
      detail: "status active",
      clearing: false,
    };
    const going = { ...group, detail: "status deleting", clearing: true };
    const waits = stage(elastiCacheUser, {
      remove: [held, undefined],
      blockers: [[going]],
      find: [undefined],
    });
    await waits.provider.delete("ann", state);
    const fails = stage(elastiCacheUser, { remove: [held], blockers: [[group, going]] });
    const { message } = await failureOf(fails.provider.delete("ann", state));
    assert.match(message, /blocked by 1 user group \(g1 status active\)/);
  });
});
