import assert from "node:assert/strict";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { clientConfig, localAwsForEachTest } from "./start";

describe("STS in the local AWS", () => {
  const start = localAwsForEachTest();

  it("tells the account that follows from the access key id", async () => {
    const aws = await start();
    const account = async (key: string) =>
      (await new STSClient(clientConfig(aws, key)).send(new GetCallerIdentityCommand({}))).Account;
    assert.equal(await account("test"), "123456789012");
    assert.equal(await account("222222222222"), "222222222222");
  });

  it("gives temporary credentials of the role's account", async () => {
    const aws = await start();
    const { Credentials } = await new STSClient(clientConfig(aws)).send(
      new AssumeRoleCommand({
        RoleArn: "arn:aws:iam::333333333333:role/ci/deploy",
        RoleSessionName: "run-7",
      }),
    );
    const asRole = new STSClient(clientConfig(aws, Credentials?.AccessKeyId));
    const { Account, Arn } = await asRole.send(new GetCallerIdentityCommand({}));
    assert.equal(Account, "333333333333");
    assert.equal(Arn, "arn:aws:sts::333333333333:assumed-role/deploy/run-7");
    assert.ok(Credentials?.Expiration && Credentials.Expiration > new Date());
  });

  it("refuses what is no role and what is no session name", async () => {
    const sts = new STSClient(clientConfig(await start()));
    const assume = (RoleArn: string, RoleSessionName: string) =>
      sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName }));
    await assert.rejects(assume("arn:aws:iam::333333333333:user/ann", "run"), { name: "ValidationError" });
    await assert.rejects(assume("arn:aws:iam::333333333333:role/x", "!"), { name: "ValidationError" });
  });
});
