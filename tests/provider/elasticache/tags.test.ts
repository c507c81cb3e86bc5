import assert from "node:assert/strict";
import { accountLookup } from "../../../provider/aws/account";
import { elastiCacheUser } from "../../../provider/elasticache/kind";
import { lifecycle } from "../../../provider/lifecycle";
import { slots } from "../../../provider/lifecycle/slots";
import { systemClock } from "../../../provider/wait/clock";
import { localAwsOfTheEnvironment, SCOPE } from "../localGateway";
import type { FullProvider } from "../stage";

describe("Tags of an ElastiCache user", () => {
  const open = localAwsOfTheEnvironment();

  it("are removed and added by one update, though each write makes AWS refuse the next for a while", async () => {
    const times = { createMs: 20, modifyMs: 20, deleteMs: 20, groupMs: 20 };
    const aws = await open({ now: Date.now, transitions: times });
    const provider = lifecycle(elastiCacheUser, {
      clock: systemClock,
      account: accountLookup(),
      say: () => {},
      slots: slots(systemClock, () => {}),
    }) as FullProvider;
    const args = {
      region: SCOPE.region,
      userId: "ann",
      userName: "ann",
      engine: "redis",
      accessString: "on ~* +@all",
      authentication: { type: "iam" },
      timeouts: { update: "20s" },
    };
    const { id, outs = {} } = await provider.create({ ...args, tags: { old: "1" }, tagsAll: { old: "1" } });
    await provider.update(id, outs, { ...args, tags: { new: "2" }, tagsAll: { new: "2" } });
    const { props } = await provider.read(id, outs);
    assert.deepEqual(props?.["tagsAll"], { new: "2" });
    assert.notEqual(aws.callsOf("RemoveTagsFromResource").length, 0);
  });
});
