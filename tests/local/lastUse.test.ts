import assert from "node:assert/strict";
import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  GetAccessKeyLastUsedCommand,
  GetGroupCommand,
  GetUserCommand,
  IAMClient,
  ListUsersCommand,
} from "@aws-sdk/client-iam";
import { DescribeUsersCommand, MemoryDBClient } from "@aws-sdk/client-memorydb";
import { clientConfig, localAwsForEachTest, manualClock } from "./start";

describe("The last use of credentials in the local AWS", () => {
  const start = localAwsForEachTest();

  async function annWithKey() {
    const clock = manualClock();
    const aws = await start({ now: clock.now });
    const iam = new IAMClient(clientConfig(aws));
    await iam.send(new CreateUserCommand({ UserName: "Ann" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "Ann" }));
    const accessKeyId = AccessKey?.AccessKeyId ?? "";
    const lastUsed = () => iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }));
    return { aws, clock, iam, accessKeyId, lastUsed };
  }

  it("of an access key is not there until it signs a call, refused ones included", async () => {
    const { aws, clock, accessKeyId, lastUsed } = await annWithKey();
    const { UserName, AccessKeyLastUsed } = await lastUsed();
    assert.deepEqual([UserName, AccessKeyLastUsed], ["Ann", { ServiceName: "N/A", Region: "N/A" }]);
    clock.pass(1000);
    const LastUsedDate = new Date(clock.now());
    const memorydb = new MemoryDBClient(clientConfig(aws, accessKeyId, "eu-west-1"));
    await assert.rejects(memorydb.send(new DescribeUsersCommand({ UserName: "zoe" })));
    clock.pass(1000);
    const used = { LastUsedDate, ServiceName: "memorydb", Region: "eu-west-1" };
    assert.deepEqual((await lastUsed()).AccessKeyLastUsed, used);
  });

  it("can be set, of access keys and of passwords", async () => {
    const { aws, iam, accessKeyId, lastUsed } = await annWithKey();
    aws.setLastUsed(
      { accessKeyId, service: "s3", region: "eu-west-1", at: "2025-12-24T00:00:00Z" },
      { userName: "ann", at: "2025-12-25T01:00:00+01:00" },
    );
    assert.deepEqual((await lastUsed()).AccessKeyLastUsed, {
      LastUsedDate: new Date("2025-12-24T00:00:00Z"),
      ServiceName: "s3",
      Region: "eu-west-1",
    });
    const christmas = new Date("2025-12-25T00:00:00Z");
    const { User } = await iam.send(new GetUserCommand({ UserName: "ann" }));
    const { Users } = await iam.send(new ListUsersCommand({}));
    assert.deepEqual([User?.PasswordLastUsed, Users?.[0]?.PasswordLastUsed], [christmas, christmas]);
  });

  it("of a password is not shown among the members of a group, nor when there was none", async () => {
    const { aws, iam } = await annWithKey();
    const get = async () => (await iam.send(new GetUserCommand({ UserName: "Ann" }))).User;
    assert.ok(!("PasswordLastUsed" in ((await get()) ?? {})));
    aws.setLastUsed({ userName: "Ann", at: "2025-12-24T00:00:00Z" });
    await iam.send(new CreateGroupCommand({ GroupName: "ops" }));
    await iam.send(new AddUserToGroupCommand({ GroupName: "ops", UserName: "Ann" }));
    const { Users } = await iam.send(new GetGroupCommand({ GroupName: "ops" }));
    assert.deepEqual([Users?.[0]?.UserName, Users?.[0]?.PasswordLastUsed], ["Ann", undefined]);
  });

  it("can be set over HTTP, and is refused for what is malformed or not there", async () => {
    const { aws, lastUsed, accessKeyId } = await annWithKey();
    const set = async (...uses: unknown[]) => {
      const answer = await fetch(`${aws.endpoint}/_local/last-used`, {
        method: "POST",
        body: JSON.stringify(uses),
      });
      return [answer.status, ((await answer.json()) as { error?: string }).error];
    };
    const at = "2025-12-24T00:00:00Z";
    assert.deepEqual(await set({ accessKeyId, service: "s3", region: "us-east-1", at }), [200, undefined]);
    assert.equal((await lastUsed()).AccessKeyLastUsed?.ServiceName, "s3");
    assert.deepEqual(await set({ userName: "zoe", at }), [
      400,
      "setting a last use: there is no IAM user zoe in account 123456789012",
    ]);
    for (const other of ["AKIAZOE", accessKeyId.replace(/.$/, (last) => (last === "A" ? "Q" : "A"))]) {
      assert.deepEqual(await set({ accessKeyId: other, service: "s3", region: "us-east-1", at }), [
        400,
        `setting a last use: there is no access key ${other}`,
      ]);
    }
    const [status, error] = await set({ userName: "ann", at: "yesterday" });
    assert.equal(status, 400);
    assert.match(String(error), /malformed last uses/);
  });
});
