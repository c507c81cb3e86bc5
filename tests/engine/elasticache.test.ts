import assert from "node:assert/strict";
import { elasticache } from "../../sdk";
import { inCallTime } from "./callTime";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";
import { differing, tagList, type Write, writesAmong } from "./observed";

const [FIRST, SECOND, THIRD] = ["first-password-123", "second-password-456", "third-password-789"] as const;
const UserId = "ann";

describe("an ElastiCache user in a stack", () => {
  const begin = scenes();
  const cache = (args: Partial<elasticache.UserArgs>) => () => {
    const user = new elasticache.User("cache", {
      userId: UserId,
      engine: "redis",
      accessString: "on ~app:* +@read",
      authentication: { type: "password", passwords: [FIRST] },
      ...args,
    });
    const { arn, status, userName, minimumEngineVersion, userGroupIds, passwordCount, tagsAll } = user;
    return { arn, status, userName, minimumEngineVersion, userGroupIds, passwordCount, tagsAll };
  };

  it("is previewed without a call, created and waited for until it is active, then left alone", async () => {
    const program = cache({ tags: { team: "build" } });
    const { aws, stack } = await inCallTime(begin, { program, aws: { transitions: { createMs: 2_500 } } });

    assert.deepEqual((await stack.preview()).changes, ["create cache"]);
    assert.deepEqual(aws.calls(), []);

    const made = await callsDuring(aws, async () => {
      const { changes, outputs } = await stack.up();
      assert.deepEqual(changes, ["create cache"]);
      assert.deepEqual(outputs, {
        arn: "arn:aws:elasticache:us-east-1:123456789012:user:ann",
        status: "active",
        userName: "ann",
        minimumEngineVersion: "6.0",
        userGroupIds: [],
        passwordCount: 1,
        tagsAll: { team: "build" },
      });
    });
    assert.deepEqual(operationsOf(made), ["CreateUser", "DescribeUsers", "DescribeUsers", "DescribeUsers"]);
    assert.deepEqual(made[0]?.parameters, {
      UserId,
      UserName: "ann",
      Engine: "redis",
      AccessString: "on ~app:* +@read",
      AuthenticationMode: { Type: "password" },
      Tags: tagList({ team: "build" }),
    });
    assert.equal((await stack.resource("cache")).id, UserId);

    const idle = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
    });
    assert.deepEqual(idle, []);
  });

  const updates: readonly {
    readonly title: string;
    readonly args: Partial<elasticache.UserArgs>;
    readonly differs: readonly string[];
    readonly writes: readonly Write[];
    readonly passwordCount: number;
  }[] = [
    {
      title: "no password",
      args: { authentication: { type: "no-password-required" } },
      differs: ["authentication"],
      writes: [["ModifyUser", { UserId, AuthenticationMode: { Type: "no-password-required" } }]],
      passwordCount: 0,
    },
    {
      title: "two passwords instead of none, and another access string",
      args: {
        authentication: { type: "password", passwords: [FIRST, SECOND] },
        accessString: "on ~* +@all",
      },
      differs: ["accessString", "authentication"],
      writes: [
        ["ModifyUser", { UserId, AccessString: "on ~* +@all", AuthenticationMode: { Type: "password" } }],
      ],
      passwordCount: 2,
    },
    {
      title: "another engine, and one of the two passwords changed",
      args: {
        engine: "valkey",
        authentication: { type: "password", passwords: [THIRD, SECOND] },
        accessString: "on ~* +@all",
      },
      differs: ["authentication", "engine"],
      writes: [["ModifyUser", { UserId, Engine: "valkey", AuthenticationMode: { Type: "password" } }]],
      passwordCount: 2,
    },
    {
      title: "IAM instead of passwords, and tags",
      args: {
        engine: "valkey",
        authentication: { type: "iam" },
        accessString: "on ~* +@all",
        tags: { changed: "1", gone: "1" },
      },
      differs: ["authentication", "tags", "tagsAll"],
      writes: [
        ["ModifyUser", { UserId, AuthenticationMode: { Type: "iam" } }],
        ["AddTagsToResource", { Tags: tagList({ changed: "1", gone: "1" }) }],
      ],
      passwordCount: 0,
    },
    {
      title: "everything as in the beginning, one tag gone, one changed, one added",
      args: { tags: { added: "1", changed: "2" } },
      differs: ["accessString", "authentication", "engine", "tags", "tagsAll"],
      writes: [
        [
          "ModifyUser",
          {
            UserId,
            Engine: "redis",
            AccessString: "on ~app:* +@read",
            AuthenticationMode: { Type: "password" },
          },
        ],
        ["RemoveTagsFromResource", { TagKeys: ["gone"] }],
        ["AddTagsToResource", { Tags: tagList({ added: "1", changed: "2" }) }],
      ],
      passwordCount: 1,
    },
  ];

  it("is updated in place, by exactly the calls that a change needs", async () => {
    const { aws, stack } = await begin({ program: cache({}) });
    await stack.up();
    for (const { title, args, differs, writes, passwordCount } of updates) {
      stack.setProgram(cache(args));
      const made = await callsDuring(aws, async () => {
        const { changes, steps, outputs } = await stack.up({ diff: true });
        assert.deepEqual(changes, ["update cache"], title);
        assert.deepEqual(differing(steps), differs, title);
        assert.equal(outputs["status"], "active", title);
        assert.equal(outputs["passwordCount"], passwordCount, title);
      });
      assert.deepEqual(writesAmong(made), writes, title);
      assert.equal(made.at(-1)?.operation, "DescribeUsers", title);
    }
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
  });

  it("is replaced when its id changes, the new user first", async () => {
    const { aws, stack } = await begin({ program: cache({}) });
    await stack.up();
    stack.setProgram(cache({ userId: "bob" }));
    const made = await callsDuring(aws, async () => {
      const { changes, steps } = await stack.up();
      assert.deepEqual(changes, ["create-replacement cache", "replace cache", "delete-replaced cache"]);
      assert.deepEqual(steps.find(({ op }) => op === "replace")?.replaceKeys, ["userId", "userName"]);
    });
    assert.deepEqual(idsOf(writesAmong(made)), ["CreateUser bob", "DeleteUser ann"]);
    assert.deepEqual(idsAlive(aws), ["bob"]);
  });

  it("is replaced when its name changes, the old user first and gone, because the id stays", async () => {
    const { aws, stack } = await inCallTime(begin, {
      program: cache({}),
      aws: { transitions: { createMs: 0, deleteMs: 2_500 } },
    });
    await stack.up();
    stack.setProgram(cache({ userName: "default" }));
    const made = await callsDuring(aws, async () => {
      const { changes, steps } = await stack.up();
      assert.deepEqual(changes, ["delete-replaced cache", "replace cache", "create-replacement cache"]);
      assert.deepEqual(steps.find(({ op }) => op === "replace")?.replaceKeys, ["userName"]);
    });
    assert.deepEqual(operationsOf(made), [
      "DeleteUser",
      "DescribeUsers",
      "DescribeUsers",
      "DescribeUsers UserNotFound",
      "CreateUser",
      "DescribeUsers",
    ]);
    assert.deepEqual(idsAlive(aws), [UserId]);
    assert.equal((await stack.resource("cache")).outputs["userName"], "default");
  });
});

function idsOf(writes: readonly Write[]): string[] {
  return writes.map(([operation, parameters]) => `${operation} ${parameters["UserId"]}`);
}
