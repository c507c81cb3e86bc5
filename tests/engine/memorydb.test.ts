import assert from "node:assert/strict";
import { memorydb } from "../../sdk";
import { inCallTime } from "./callTime";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";
import { differing, tagList, type Write, writesAmong } from "./observed";

const [FIRST, SECOND, THIRD] = ["first-password-123", "second-password-456", "third-password-789"] as const;
const WITH_PASSWORD: memorydb.AuthenticationArgs = { type: "password", passwords: [FIRST] };

describe("a MemoryDB user in a stack", () => {
  const begin = scenes();
  const reader = (args: Partial<memorydb.UserArgs>) => () => {
    const user = new memorydb.User("reader", {
      userName: "ann",
      accessString: "on ~app:* +@read",
      authentication: WITH_PASSWORD,
      ...args,
    });
    const { arn, status, minimumEngineVersion, aclNames, passwordCount, tagsAll } = user;
    return { arn, status, minimumEngineVersion, aclNames, passwordCount, tagsAll };
  };

  it("is previewed without a call, created and waited for until it is active, then left alone", async () => {
    const program = reader({ tags: { team: "build" } });
    const { aws, stack } = await inCallTime(begin, { program, aws: { transitions: { createMs: 2_500 } } });

    assert.deepEqual((await stack.preview()).changes, ["create reader"]);
    assert.deepEqual(aws.calls(), []);

    const made = await callsDuring(aws, async () => {
      const { changes, outputs } = await stack.up();
      assert.deepEqual(changes, ["create reader"]);
      assert.deepEqual(outputs, {
        arn: "arn:aws:memorydb:us-east-1:123456789012:user/ann",
        status: "active",
        minimumEngineVersion: "6.2",
        aclNames: [],
        passwordCount: 1,
        tagsAll: { team: "build" },
      });
    });
    assert.deepEqual(operationsOf(made), ["CreateUser", "DescribeUsers", "DescribeUsers", "DescribeUsers"]);
    assert.deepEqual(made[0]?.parameters, {
      UserName: "ann",
      AccessString: "on ~app:* +@read",
      AuthenticationMode: { Type: "password" },
      Tags: [{ Key: "team", Value: "build" }],
    });
    assert.equal((await stack.resource("reader")).id, "ann");

    const idle = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
    });
    assert.deepEqual(idle, []);
  });

  const updates: readonly {
    readonly title: string;
    readonly args: Partial<memorydb.UserArgs>;
    readonly differs: readonly string[];
    readonly writes: readonly Write[];
    readonly passwordCount: number;
  }[] = [
    {
      title: "another access string",
      args: { accessString: "on ~app:* +@all" },
      differs: ["accessString"],
      writes: [["UpdateUser", { UserName: "ann", AccessString: "on ~app:* +@all" }]],
      passwordCount: 1,
    },
    {
      title: "a second password, and the first access string",
      args: { authentication: { type: "password", passwords: [FIRST, SECOND] } },
      differs: ["accessString", "authentication"],
      writes: [
        [
          "UpdateUser",
          { UserName: "ann", AccessString: "on ~app:* +@read", AuthenticationMode: { Type: "password" } },
        ],
      ],
      passwordCount: 2,
    },
    {
      title: "one of the two passwords changed",
      args: { authentication: { type: "password", passwords: [FIRST, THIRD] } },
      differs: ["authentication"],
      writes: [["UpdateUser", { UserName: "ann", AuthenticationMode: { Type: "password" } }]],
      passwordCount: 2,
    },
    {
      title: "IAM instead of passwords",
      args: { authentication: { type: "iam" } },
      differs: ["authentication"],
      writes: [["UpdateUser", { UserName: "ann", AuthenticationMode: { Type: "iam" } }]],
      passwordCount: 0,
    },
    {
      title: "a password instead of IAM, and tags",
      args: { tags: { gone: "1", changed: "1" } },
      differs: ["authentication", "tags", "tagsAll"],
      writes: [
        ["UpdateUser", { UserName: "ann", AuthenticationMode: { Type: "password" } }],
        ["TagResource", { Tags: tagList({ changed: "1", gone: "1" }) }],
      ],
      passwordCount: 1,
    },
    {
      title: "one tag gone, one changed, one added",
      args: { tags: { changed: "2", added: "1" } },
      differs: ["tags", "tagsAll"],
      writes: [
        ["UntagResource", { TagKeys: ["gone"] }],
        ["TagResource", { Tags: tagList({ added: "1", changed: "2" }) }],
      ],
      passwordCount: 1,
    },
  ];

  it("is updated in place, by exactly the calls that a change needs", async () => {
    const { aws, stack } = await begin({ program: reader({}) });
    await stack.up();
    for (const { title, args, differs, writes, passwordCount } of updates) {
      stack.setProgram(reader(args));
      const made = await callsDuring(aws, async () => {
        const { changes, steps, outputs } = await stack.up({ diff: true });
        assert.deepEqual(changes, ["update reader"], title);
        assert.deepEqual(differing(steps), differs, title);
        assert.equal(outputs["status"], "active", title);
        assert.equal(outputs["passwordCount"], passwordCount, title);
      });
      assert.deepEqual(writesAmong(made), writes, title);
      assert.equal(made.at(-1)?.operation, "DescribeUsers", title);
    }
  });

  it("is not touched when only the words of its access string or the order of its passwords change", async () => {
    const { aws, stack } = await begin({
      program: reader({ authentication: { type: "password", passwords: [FIRST, SECOND] } }),
    });
    await stack.up();
    const passwords = [SECOND, FIRST];
    stack.setProgram(
      reader({ accessString: "ON ~app:* -@all +@read", authentication: { type: "password", passwords } }),
    );
    const made = await callsDuring(aws, () => stack.up({ expectNoChanges: true }));
    assert.deepEqual(made, []);
  });

  it("is replaced when its name or its region changes, the new user first", async () => {
    const { aws, stack } = await begin({ program: reader({}) });
    await stack.up();
    for (const { args, replaceKey, writes } of [
      { args: { userName: "bob" }, replaceKey: "userName", writes: ["CreateUser bob", "DeleteUser ann"] },
      {
        args: { userName: "bob", region: "eu-central-1" },
        replaceKey: "region",
        writes: ["CreateUser bob", "DeleteUser bob"],
      },
    ]) {
      stack.setProgram(reader(args));
      const made = await callsDuring(aws, async () => {
        const { changes, steps } = await stack.up();
        assert.deepEqual(changes, ["create-replacement reader", "replace reader", "delete-replaced reader"]);
        assert.deepEqual(steps.find(({ op }) => op === "replace")?.replaceKeys, [replaceKey]);
      });
      const changing = made.filter(({ operation }) => /^(Create|Delete)/.test(operation));
      assert.deepEqual(
        changing.map(({ operation, parameters }) => `${operation} ${parameters["UserName"]}`),
        writes,
      );
    }
    assert.deepEqual(
      aws.users().map(({ id, region }) => `${id} ${region}`),
      ["bob eu-central-1"],
    );
    assert.deepEqual((await stack.destroy()).changes, ["delete reader"]);
    assert.deepEqual(idsAlive(aws), []);
  });
});
