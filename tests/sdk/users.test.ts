import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { elasticache, iam, memorydb, rekognition } from "../../sdk";
import { known, withoutEngine } from "./mocks";

const PASSWORD = "a-long-password-here";
const login = {
  accessString: "on ~* +@read",
  authentication: { type: "password" as const, passwords: [PASSWORD] },
};

/** Part of every state, and so for ever as it is. */
const PROVIDER_TEXTS: Readonly<Record<string, string>> = {
  memorydb: 'exports.handler=()=>require("pulumi-aws-users/provider").memorydb',
  elasticache: 'exports.handler=()=>require("pulumi-aws-users/provider").elasticache',
  iam: 'exports.handler=()=>require("pulumi-aws-users/provider").iam',
  rekognition: 'exports.handler=()=>require("pulumi-aws-users/provider").rekognition',
};

/** One user of each kind, as a program declares it. */
const DECLARE: Readonly<
  Record<string, (name: string, options?: pulumi.CustomResourceOptions) => pulumi.CustomResource>
> = {
  memorydb: (name, options) => new memorydb.User(name, login, options),
  elasticache: (name, options) => new elasticache.User(name, { ...login, engine: "redis" }, options),
  iam: (name, options) => new iam.User(name, {}, options),
  rekognition: (name, options) => new rekognition.User(name, { collectionId: "lobby" }, options),
};

const urnOf = async (user: pulumi.Resource) => (await known(user.urn)).value;

describe("A declared user", () => {
  const registered = withoutEngine();

  for (const [service, declare] of Object.entries(DECLARE)) {
    it(`of ${service} has its type, the constant provider, and its URN as hint`, async () => {
      const user = declare("ann");
      const urn = await urnOf(user);
      const [{ type, name, inputs } = { type: "", name: "", inputs: {} }] = registered;
      assert.equal(type, `pulumi-nodejs:dynamic/aws-users/${service}:User`);
      assert.equal(name, "ann");
      assert.equal(inputs["__provider"], PROVIDER_TEXTS[service]);
      assert.equal(inputs["hint"], urn);
      assert.equal(urn, `urn:pulumi:dev::shop::${type}::ann`);
    });

    it(`of ${service} has another hint under each component, without waiting for the component`, async () => {
      class Part extends pulumi.ComponentResource {
        readonly user: pulumi.CustomResource;
        constructor(name: string) {
          super("shop:index:Part", name);
          this.user = declare("ann", { parent: this });
          this.registerOutputs({ user: this.user.id });
        }
      }
      for (const part of [new Part("one"), new Part("two")]) await urnOf(part.user);
      const hints = registered.map(({ inputs }) => String(inputs["hint"]));
      const type = `pulumi-nodejs:dynamic/aws-users/${service}:User`;
      assert.deepEqual(hints, Array(2).fill(`urn:pulumi:dev::shop::shop:index:Part$${type}::ann`));
    });

    it(`of ${service} hands the option customTimeouts to its provider`, async () => {
      await urnOf(declare("ann", { customTimeouts: { delete: "1h" } }));
      assert.deepEqual(registered[0]?.inputs["timeouts"], { delete: "1h" });
    });

    it(`of ${service} refuses the options import and id, and says what works`, () => {
      for (const options of [{ import: "ann" }, { id: "ann" }]) {
        assert.throws(
          () => declare("ann", options),
          (error) =>
            error instanceof pulumi.RunError &&
            /User "ann": .*import and id do not work for users/.test(error.message) &&
            /adoptExisting: true/.test(error.message) &&
            /pulumi import --file/.test(error.message),
        );
      }
      assert.deepEqual(registered, []);
    });
  }

  it("prefers its own time-outs to customTimeouts, one by one", async () => {
    const timeouts = pulumi.output({ create: "1m" });
    const options = { customTimeouts: { create: "2m", delete: "1h" } };
    await urnOf(new iam.User("ann", { timeouts }, options));
    assert.deepEqual(registered[0]?.inputs["timeouts"], { create: "1m", delete: "1h" });
    await urnOf(new iam.User("bob", { timeouts: { update: "3m" } }));
    assert.deepEqual(registered[1]?.inputs["timeouts"], { update: "3m" });
  });

  it("hands over all that is declared", async () => {
    const args = { userName: "ann", path: "/ci/", tags: { team: "build" }, forceDestroy: { groups: true } };
    const user = new iam.User("ann", { ...args, adoptExisting: true });
    assert.equal((await known(user.path)).value, "/ci/");
    const { hint, __provider, ...inputs } = registered[0]?.inputs ?? {};
    assert.deepEqual(inputs, { ...args, adoptExisting: true });
  });

  it("has an output for each that AWS fills in", async () => {
    const outputs = {
      memorydb: ["region", "userName", "arn", "status", "minimumEngineVersion", "aclNames", "passwordCount"],
      elasticache: [
        "region",
        "userId",
        "userName",
        "arn",
        "status",
        "minimumEngineVersion",
        "userGroupIds",
        "passwordCount",
      ],
      iam: [
        "region",
        "userName",
        "path",
        "arn",
        "uniqueId",
        "createDate",
        "passwordLastUsed",
        "permissionsBoundary",
      ],
      rekognition: ["region", "userId", "status"],
    };
    for (const [service, names] of Object.entries(outputs)) {
      const user = DECLARE[service]?.("ann");
      assert.ok(user);
      const common = service === "rekognition" ? ["accountId"] : ["accountId", "tags", "tagsAll"];
      for (const name of [...names, ...common]) {
        assert.ok(pulumi.Output.isInstance(Reflect.get(user, name)), `${service} ${name}`);
      }
      await urnOf(user);
    }
  });
});

describe("The passwords of a declared user", () => {
  const registered = withoutEngine();
  const password = "password" as const;
  const kinds = {
    memorydb: (authentication: memorydb.UserArgs["authentication"]) =>
      new memorydb.User("ann", { accessString: "on", authentication }),
    elasticache: (authentication: memorydb.UserArgs["authentication"]) =>
      new elasticache.User("ann", { accessString: "on", engine: "redis", authentication }),
  };

  for (const [service, declare] of Object.entries(kinds)) {
    const ways: [title: string, declare: () => memorydb.User | elasticache.User][] = [
      ["as plain text", () => declare({ type: password, passwords: [PASSWORD] })],
      ["as secret outputs", () => declare({ type: password, passwords: [pulumi.secret(PASSWORD)] })],
      ["as an output of a list", () => declare({ type: password, passwords: pulumi.output([PASSWORD]) })],
      ["within an output", () => declare(pulumi.output({ type: password, passwords: [PASSWORD] }))],
      ["within a promise", () => declare(Promise.resolve({ type: password, passwords: [PASSWORD] }))],
    ];
    for (const [title, make] of ways) {
      it(`of ${service} are secret ${title}`, async () => {
        const user = make();
        const { value, secret } = await known(user.authentication as pulumi.Output<object>);
        assert.deepEqual(value, { type: "password", passwords: [PASSWORD] });
        assert.equal(secret, true);
        await urnOf(user);
        assert.equal(registered.length, 1);
      });
    }

    it(`of ${service} make nothing secret where there are none`, async () => {
      const user = declare({ type: "iam" });
      assert.deepEqual(await known(user.authentication as pulumi.Output<object>), {
        value: { type: "iam" },
        secret: false,
      });
    });

    it(`of ${service} left out with all authentication are for the check to miss`, async () => {
      const user = declare(undefined as unknown as memorydb.UserArgs["authentication"]);
      await urnOf(user);
      assert.equal(registered[0]?.inputs["authentication"], undefined);
    });
  }
});
