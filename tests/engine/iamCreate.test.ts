import assert from "node:assert/strict";
import { CreateUserCommand, GetUserCommand, IAMClient } from "@aws-sdk/client-iam";
import type { LocalAws } from "../../local";
import { iam } from "../../sdk";
import { clientConfig } from "../local/start";
import { callsDuring, idsAlive, operationsOf, scenes, showsStack } from "./fixtures";

const UserName = "ann";

describe("creating an IAM user", () => {
  const begin = scenes();
  const ann = (args: iam.UserArgs = {}) => {
    return () => ({ uniqueId: new iam.User("deployer", { userName: UserName, ...args }).uniqueId });
  };
  const liveUser = async (aws: LocalAws) =>
    (await new IAMClient(clientConfig(aws)).send(new GetUserCommand({ UserName }))).User;

  it("waits until reads show the user, and goes on through throttled calls", async () => {
    const { aws, stack } = await begin({
      program: ann({ tags: { team: "build" } }),
      aws: { iamLagMs: 1000 },
    });
    aws.addFaults({ operation: "CreateUser", calls: [1], error: { code: "Throttling" } });
    const operations = operationsOf(await callsDuring(aws, () => stack.up()));
    assert.deepEqual(operations.slice(0, 3), ["CreateUser Throttling", "CreateUser", "GetUser NoSuchEntity"]);
    assert.equal(operations.at(-1), "GetUser");
  });

  it("says how to take over the user where the answer to its creation was lost", async () => {
    const { aws, stack } = await begin({ program: ann() });
    aws.addFaults({ operation: "CreateUser", calls: [1], reset: "after" });
    assert.match((await stack.failing.up()).output, /run once with PULUMI_AWS_USERS_ADOPT_EXISTING=ann/);
    stack.setEnvironment({ PULUMI_AWS_USERS_ADOPT_EXISTING: UserName });
    const { outputs } = await stack.up();
    assert.equal(outputs["uniqueId"], (await liveUser(aws))?.UserId);
  });

  it("leaves nothing behind where AWS refuses the user, and says AWS's reason", async () => {
    const { aws, stack } = await begin({ program: ann({ permissionsBoundary: NO_POLICY }) });
    const { output } = await stack.failing.up();
    assert.match(output, /creating IAM user "ann": iam:CreateUser answered NoSuchEntity/);
    assert.ok(!showsStack(output), output);
    assert.deepEqual(await stack.resourceNames(), []);
    assert.deepEqual(idsAlive(aws), []);
  });

  it("keeps a user whose look-up is denied as failed to initialise, and the next up repairs it", async () => {
    const { aws, stack } = await begin({ program: ann({ tags: { team: "build" } }) });
    aws.addFaults({ operation: "GetUser", calls: [1], error: { code: "AccessDenied" } });
    const { output } = await stack.failing.up();
    assert.match(output, /creating IAM user "ann": access was denied to iam:GetUser .*Allow iam:GetUser/);
    assert.ok(!showsStack(output), output);
    const half = await stack.resource("deployer");
    assert.equal(half.id, UserName);
    assert.match(half.initErrors?.join() ?? "", /access was denied to iam:GetUser/);

    const calls = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up()).changes, ["update deployer"]);
    });
    assert.ok(!operationsOf(calls).includes("CreateUser"));
    const whole = await stack.resource("deployer");
    assert.deepEqual(whole.initErrors ?? [], []);
    assert.equal(whole.outputs["uniqueId"], (await liveUser(aws))?.UserId);
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
  });

  it("repairs a half-made user also when a refresh has forgotten that it was half-made", async () => {
    const { aws, stack } = await begin({
      program: ann({ path: "/ci/", tags: { team: "build" }, adoptExisting: true }),
    });
    await new IAMClient(clientConfig(aws)).send(new CreateUserCommand({ UserName }));
    aws.addFaults({ operation: "TagUser", calls: [1], error: { code: "AccessDenied" } });
    assert.match((await stack.failing.up()).output, /access was denied to iam:TagUser/);
    assert.deepEqual(await stack.resourceNames(), ["deployer"]);

    await stack.refresh();
    assert.deepEqual((await stack.resource("deployer")).initErrors ?? [], []);
    assert.deepEqual((await stack.up()).changes, ["update deployer"]);
    const { Path, Tags } = (await liveUser(aws)) ?? {};
    assert.deepEqual({ Path, Tags }, { Path: "/ci/", Tags: [{ Key: "team", Value: "build" }] });
  });

  it("destroys a half-made user", async () => {
    const { aws, stack } = await begin({ program: ann() });
    aws.addFaults({ operation: "GetUser", calls: [1], error: { code: "AccessDenied" } });
    await stack.failing.up();
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("refuses a user that exists already, and says how to adopt it", async () => {
    const { aws, stack } = await begin({ program: ann({ path: "/ci/" }) });
    await new IAMClient(clientConfig(aws)).send(new CreateUserCommand({ UserName, Path: "/theirs/" }));
    const { output } = await stack.failing.up();
    assert.match(output, /creating IAM user "ann": a user of that name exists in account 123456789012\./);
    assert.match(output, /adoptExisting: true .*PULUMI_AWS_USERS_ADOPT_EXISTING=ann/);
    assert.deepEqual(await stack.resourceNames(), []);
    assert.equal((await liveUser(aws))?.Path, "/theirs/");

    stack.setEnvironment({ PULUMI_AWS_USERS_ADOPT_EXISTING: "bob,ann" });
    const adopted = await stack.up();
    assert.match(adopted.output, /adopting IAM user "ann", which exists in account 123456789012/);
    const live = await liveUser(aws);
    assert.deepEqual([live?.Path, live?.UserId], ["/ci/", adopted.outputs["uniqueId"]]);
    stack.setEnvironment({ PULUMI_AWS_USERS_ADOPT_EXISTING: undefined });
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
  });

  it("adopts an existing user with adoptExisting, which is no change of a user that is there", async () => {
    const { aws, stack } = await begin({ program: ann({ adoptExisting: true, tags: { team: "build" } }) });
    const Tags = [
      { Key: "team", Value: "sales" },
      { Key: "old", Value: "1" },
    ];
    await new IAMClient(clientConfig(aws)).send(new CreateUserCommand({ UserName, Tags }));
    assert.match((await stack.up()).output, /adopting IAM user "ann"/);
    assert.deepEqual((await liveUser(aws))?.Tags, [{ Key: "team", Value: "build" }]);

    stack.setProgram(ann({ tags: { team: "build" } }));
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });

  it("says that the old user has to go first where a replacement is forced", async () => {
    const { aws, stack } = await begin({ program: ann() });
    await stack.up();
    const { urn } = await stack.resource("deployer");
    const { output } = await stack.failing.up({ replace: [urn] });
    assert.match(output, /a user of that name exists in account \d+.* deleteBeforeReplace: true/);
    assert.deepEqual(idsAlive(aws), [UserName]);
  });

  it("never deletes as the old user of a replacement what it has adopted as the new one", async () => {
    const { aws, stack } = await begin({ program: ann({ adoptExisting: true }) });
    await stack.up();
    const { urn } = await stack.resource("deployer");
    await stack.either.up({ replace: [urn] });
    assert.deepEqual(idsAlive(aws), [UserName]);
    assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);
  });

  it("refuses two resources of one name, and says that this run made the first", async () => {
    const twins = () => {
      const first = new iam.User("first", { userName: "ann", adoptExisting: true });
      new iam.User("second", { userName: "Ann", adoptExisting: true }, { dependsOn: first });
    };
    const { stack } = await begin({ program: twins });
    const { output } = await stack.failing.up();
    assert.match(
      output,
      /creating IAM user "Ann": a user of that name exists .*made by this run for another resource/,
    );
    assert.deepEqual(await stack.resourceNames(), ["first"]);
  });
});

const NO_POLICY = "arn:aws:iam::123456789012:policy/does-not-exist";
