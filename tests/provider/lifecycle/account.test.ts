import assert from "node:assert/strict";
import { CREDENTIALS_ADVICE } from "../../../provider/lifecycle/explain";
import { awsError } from "../fakes";
import { failureOf, type Stage, stage } from "../stage";
import { inputsOf, live, stateOf, testUser } from "../testUser";

const OTHER = "999999999999";

/** Every operation that asks AWS about a user. */
const OPERATIONS: Readonly<Record<string, (provider: Stage["provider"]) => Promise<unknown>>> = {
  creating: (provider) => provider.create(inputsOf()),
  reading: (provider) => provider.read("ann", stateOf()),
  updating: (provider) => provider.update("ann", stateOf(), inputsOf({ colour: "red" })),
  deleting: (provider) => provider.delete("ann", stateOf()),
};

describe("Credentials of another account than the user's", () => {
  for (const [gerund, operate] of Object.entries(OPERATIONS)) {
    if (gerund === "creating") continue;
    it(`end ${gerund} before the service is asked for anything: nobody is taken for gone`, async () => {
      const { provider, calls } = stage(testUser, {}, { account: OTHER });
      const failure = await failureOf(operate(provider));
      assert.equal(
        failure.message,
        `${gerund} Test user "ann": it is in account 123456789012, and the credentials of this run belong to account ` +
          `${OTHER}; nothing was changed. Run with credentials of its account, or choose them by aws:profile or aws:assumeRoles.`,
      );
      assert.equal("id" in failure, false);
      assert.deepEqual(calls, []);
    });
  }
});

describe("The accounts that the configuration allows", () => {
  const region = { "aws:region": "eu-central-1" };
  const settings: [title: string, config: Record<string, string>, allowed: boolean][] = [
    ["allow those that are listed", { "aws:allowedAccountIds": `["${OTHER}","123456789012"]` }, true],
    ["exclude those that are not", { "aws:allowedAccountIds": `["${OTHER}"]` }, false],
    ["exclude those that are forbidden", { "aws:forbiddenAccountIds": '["123456789012"]' }, false],
    ["allow those that are not forbidden", { "aws:forbiddenAccountIds": `["${OTHER}"]` }, true],
  ];
  for (const [title, config, allowed] of settings) {
    for (const [gerund, operate] of Object.entries(OPERATIONS)) {
      it(`${title}: ${gerund}`, async () => {
        const { provider, calls } = stage(
          testUser,
          { create: [undefined], find: [live({ colour: "red" }), undefined], remove: [undefined] },
          { config: { ...region, ...config } },
        );
        if (allowed) {
          if (gerund !== "creating") await operate(provider);
          else await provider.create(inputsOf({ colour: "red" }));
          assert.notEqual(calls.length, 0);
        } else {
          const failure = await failureOf(operate(provider));
          assert.match(
            failure.message,
            /account 123456789012, which aws:(allowedAccountIds does not name|forbiddenAccountIds names); nothing was changed\. Run with/,
          );
          assert.deepEqual(calls, []);
        }
      });
    }
  }
});

describe("Credentials that cannot be used", () => {
  for (const [gerund, operate] of Object.entries(OPERATIONS)) {
    it(`end ${gerund} with one sentence and a hint, without a retry and without a stack`, async () => {
      let asked = 0;
      const account = () => {
        asked += 1;
        return Promise.reject(
          awsError("CredentialsProviderError", "GetCallerIdentity", "Could not load credentials"),
        );
      };
      const { provider, calls, clock } = stage(testUser, {}, { account });
      const failure = await failureOf(operate(provider));
      assert.equal(
        failure.message,
        `${gerund} Test user "ann": the AWS credentials cannot be used (CredentialsProviderError: Could not load ` +
          `credentials). ${CREDENTIALS_ADVICE}`,
      );
      assert.equal(failure.stack, "");
      assert.deepEqual([asked, calls.length, clock.elapsed()], [1, 0, 0]);
    });
  }

  it("are not needed to check or to compare", async () => {
    const account = () => Promise.reject(new Error("nobody may ask"));
    const { provider } = stage(testUser, {}, { account });
    const { __provider, ...news } = inputsOf();
    assert.deepEqual((await provider.check({}, news)).failures, []);
    assert.equal((await provider.diff("ann", stateOf(), inputsOf())).changes, false);
  });
});

describe("The identity of the configuration", () => {
  it("is that of each call", async () => {
    const roles = [{ roleArn: "arn:aws:iam::123456789012:role/users" }];
    const config = { "aws:profile": "build", "aws:assumeRoles": JSON.stringify(roles) };
    const { provider, scopes } = stage(testUser, { find: [live()] }, { config });
    await provider.read("ann", stateOf());
    assert.deepEqual(scopes, [{ region: "eu-central-1", identity: { profile: "build", roles } }]);
  });

  it("has one gateway for each region", async () => {
    const { provider, scopes } = stage(testUser, { find: [live()], list: [[[live()]]] });
    await provider.read("ann", stateOf());
    await provider.read("ann", stateOf());
    await provider.read("ann", stateOf({ region: "eu-west-1" }));
    assert.deepEqual(
      scopes.map((scope) => (scope as { region: string }).region),
      ["eu-central-1", "eu-west-1"],
    );
  });

  it("that is malformed fails by the name of its key", async () => {
    const { provider } = stage(testUser, {}, { config: { "aws:allowedAccountIds": "{}" } });
    for (const operate of Object.values(OPERATIONS)) {
      assert.match(
        (await failureOf(operate(provider))).message,
        /the configuration aws:allowedAccountIds .* must be a list/,
      );
    }
    assert.match((await failureOf(provider.check({}, {}))).message, /^checking Test user: the configuration/);
  });
});
