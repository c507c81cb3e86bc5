import assert from "node:assert/strict";
import type { dynamic } from "@pulumi/pulumi";
import * as entry from "../../provider";
import { iamUser } from "../../provider/iam/kind";
import { lifecycle } from "../../provider/lifecycle";
import { localAwsOfTheEnvironment } from "./localGateway";
import { failureOf } from "./stage";

const configuration = (values: Readonly<Record<string, string>>): dynamic.ConfigureRequest => ({
  config: {
    get: (key) => values[key],
    require: (key) => values[key] ?? "",
  },
});

describe("The entry that every state names", () => {
  it("has one provider a service, under names that stay for ever", () => {
    assert.deepEqual(Object.keys(entry).sort(), ["elasticache", "iam", "memorydb", "rekognition"]);
  });

  for (const [service, provider] of Object.entries(entry)) {
    it(`hands the configuration to ${service} before any other call`, async () => {
      const { configure, check, diff } = provider;
      await configure(configuration({ "aws:region": "eu-north-1" }));
      const { inputs } = await check({}, { hint: "urn:pulumi:dev::shop::type::ann", nonsense: 1 });
      assert.equal((inputs as { region?: string }).region, "eu-north-1");
      const { failures = [] } = await check({}, { hint: "", nonsense: 1 });
      assert.ok(failures.some(({ reason }) => reason.startsWith("nonsense is not a property")));
      const props = { region: "eu-north-1", userName: "ann", userId: "ann", collectionId: "lobby" };
      assert.equal((await diff("ann", props, props)).changes, false);
      await assert.rejects(
        async () => provider.read("ann", { stateVersion: 99 }),
        /its state has version 99/,
      );
      await assert.rejects(
        async () => provider.update("ann", { stateVersion: 99 }, props),
        /its state has version 99/,
      );
      await assert.rejects(
        async () => provider.delete("ann", { stateVersion: 99 }),
        /its state has version 99/,
      );
    });
  }

  describe("on AWS", () => {
    const open = localAwsOfTheEnvironment();

    it("makes and reads a user, which the next run deletes", async () => {
      const aws = await open({ now: Date.now });
      await entry.iam.configure(configuration({ "aws:region": "us-east-1" }));
      const { inputs } = await entry.iam.check({}, { userName: "ann" });
      const { id, outs } = await entry.iam.create(inputs);
      assert.deepEqual(
        aws.users().map((user) => user.id),
        ["ann"],
      );
      assert.equal((await entry.iam.read(id, outs)).id, "ann");
      await lifecycle(iamUser).delete?.(id, outs ?? {});
      assert.deepEqual(aws.users(), []);
    });

    it("fails in one sentence without a stack when the endpoint is nobody's", async () => {
      await open();
      process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9";
      const failure = await failureOf(
        entry.memorydb.read("ann", { region: "us-east-1", accountId: "123456789012", userName: "ann" }),
      );
      assert.match(failure.message, /^reading MemoryDB user "ann": /);
      assert.equal(failure.stack, "");
    });
  });
});
