import assert from "node:assert/strict";
import { iam, memorydb, Provider } from "../../sdk";
import { callsDuring, idsAlive, operationsOf, scenes, showsStack } from "./fixtures";

const HERE = "123456789012";
const ELSEWHERE = "210987654321";
const role = { roleArn: `arn:aws:iam::${ELSEWHERE}:role/deploy` };

describe("the account and region of a user", () => {
  const begin = scenes();
  const ann = (args: iam.UserArgs = {}) => {
    return () => ({ accountId: new iam.User("deployer", { userName: "ann", ...args }).accountId });
  };
  const reader = (args: Partial<memorydb.UserArgs> = {}) => {
    const authentication = { type: "iam" } as const;
    const user = new memorydb.User("reader", {
      userName: "reader",
      accessString: "on ~* +@all",
      authentication,
      ...args,
    });
    return { region: user.region, accountId: user.accountId };
  };

  it("must be the account of the credentials, for a refresh, an update and a destroy", async () => {
    const { aws, stack } = await begin({ program: ann() });
    assert.equal((await stack.up()).outputs["accountId"], HERE);
    const before = await stack.stateText();
    stack.setEnvironment({ AWS_ACCESS_KEY_ID: ELSEWHERE });

    const refused = new RegExp(
      `it is in account ${HERE}, and the credentials of this run belong to account ${ELSEWHERE}; nothing was changed`,
    );
    const calls = await callsDuring(aws, async () => {
      assert.match((await stack.failing.refresh()).output, refused);
      stack.setProgram(ann({ path: "/ci/" }));
      const { output } = await stack.failing.up();
      assert.match(output, refused);
      assert.ok(!showsStack(output), output);
      assert.match((await stack.failing.destroy()).output, refused);
    });
    assert.deepEqual(calls, []);
    assert.deepEqual(await stack.resourceNames(), ["deployer"]);
    assert.ok(before.includes(HERE));
    assert.deepEqual(
      aws.users().map(({ account, id }) => `${account} ${id}`),
      [`${HERE} ann`],
    );
  });

  it("must be among the accounts that the configuration allows, and none that it forbids", async () => {
    const config = { "aws:allowedAccountIds": JSON.stringify([ELSEWHERE]) };
    const { aws, stack } = await begin({ program: ann(), config });
    const calls = await callsDuring(aws, async () => {
      assert.match(
        (await stack.failing.up()).output,
        /belong to account 123456789012, which aws:allowedAccountIds does not name/,
      );
      await stack.setConfig({
        "aws:allowedAccountIds": JSON.stringify([HERE]),
        "aws-users:forbiddenAccountIds": JSON.stringify([HERE]),
      });
      assert.match((await stack.failing.up()).output, /aws:forbiddenAccountIds names/);
    });
    assert.deepEqual(calls, []);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("comes from an explicit provider, which takes the rest from the stack's configuration", async () => {
    const program = () => {
      const provider = new Provider("ireland", { region: "eu-west-1", assumeRoles: [role] });
      const tagged = new iam.User("deployer", { userName: "ann" }, { provider });
      const { name, args } = { name: "reader", args: { accessString: "on ~* +@all" } };
      const authentication = { type: "iam" } as const;
      const regional = new memorydb.User(name, { userName: name, ...args, authentication }, { provider });
      return { tagsAll: tagged.tagsAll, region: regional.region, accountId: regional.accountId };
    };
    const config = {
      "aws:region": "us-west-2",
      "aws:defaultTags": JSON.stringify({ tags: { owner: "ops" } }),
    };
    const { aws, stack } = await begin({ program, config });
    const { outputs } = await stack.up();
    assert.deepEqual(outputs, { tagsAll: { owner: "ops" }, region: "eu-west-1", accountId: ELSEWHERE });
    assert.deepEqual(
      aws
        .users()
        .map(({ account, region, id }) => ({ account, region, id }))
        .toSorted(byId),
      [
        { account: ELSEWHERE, region: undefined, id: "ann" },
        { account: ELSEWHERE, region: "eu-west-1", id: "reader" },
      ],
    );
    assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });

  it("stays where it is when the default region changes, until the user declares another", async () => {
    const { aws, stack } = await begin({ program: () => reader(), config: { "aws:region": "eu-central-1" } });
    assert.equal((await stack.up()).outputs["region"], "eu-central-1");

    await stack.setConfig({ "aws:region": "us-west-2" });
    const moved = await stack.up({ expectNoChanges: true });
    assert.deepEqual(moved.changes, []);
    assert.match(
      moved.output,
      /the configured region is us-west-2; MemoryDB users in eu-central-1 .* stay there/,
    );

    stack.setProgram(() => reader({ accessString: "on ~app:* +@read" }));
    const calls = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up()).changes, ["update reader"]);
    });
    assert.deepEqual([...new Set(calls.map(({ region }) => region))], ["eu-central-1"]);

    stack.setProgram(() => reader({ region: "us-west-2" }));
    const replaced = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up()).changes, [
        "create-replacement reader",
        "replace reader",
        "delete-replaced reader",
      ]);
    });
    const writes = replaced.filter(({ operation }) => /^(Create|Delete)/.test(operation));
    assert.deepEqual(
      writes.map(({ operation, region }) => `${operation} ${region}`),
      ["CreateUser us-west-2", "DeleteUser eu-central-1"],
    );
    assert.equal(operationsOf(replaced).filter((operation) => operation === "DeleteUser").length, 1);
  });
});

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id.localeCompare(b.id);
}
