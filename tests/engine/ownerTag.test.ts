import assert from "node:assert/strict";
import { ElastiCacheClient, ListTagsForResourceCommand } from "@aws-sdk/client-elasticache";
import { GetUserCommand, IAMClient, TagUserCommand } from "@aws-sdk/client-iam";
import { ListTagsCommand, MemoryDBClient } from "@aws-sdk/client-memorydb";
import type { LocalAws } from "../../local";
import { type Tags, tagRecord } from "../../provider/aws/tags";
import { elasticache, iam, memorydb, Provider } from "../../sdk";
import { clientConfig } from "../local/start";
import { scenes } from "./fixtures";

const CONFIG = { "aws-users:ownerTag": "true" };
const TAGS = { team: "build" };

const users = () => {
  const authentication = { type: "iam" } as const;
  new memorydb.User("reader", { userName: "ann", accessString: "on ~* +@read", authentication, tags: TAGS });
  new elasticache.User("cache", {
    userId: "bob",
    engine: "valkey",
    accessString: "on ~* +@all",
    authentication,
  });
  new iam.User("deployer", { userName: "eve" });
};

describe("users that are marked with whose they are", () => {
  const begin = scenes();

  it("carry project, stack and resource, which is no drift and follows the stack to another name", async () => {
    const { aws, stack } = await begin({ program: users, config: CONFIG });
    await stack.up();
    assert.deepEqual(await tagsOf(aws), {
      ann: { ...mark("test", "memorydb", "reader"), ...TAGS },
      bob: mark("test", "elasticache", "cache"),
      eve: mark("test", "iam", "deployer"),
    });
    assert.deepEqual((await stack.refresh({ expectNoChanges: true })).changes, []);
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
    assert.deepEqual((await stack.resource("reader")).inputs["tags"], TAGS);

    await stack.rename("live");
    const { changes, output } = await stack.preview({ diff: true });
    assert.deepEqual([...changes].sort(), ["update cache", "update deployer", "update reader"]);
    assert.match(output, /pulumi-aws-users:stack *: "test" => "live"/);
    await stack.up();
    assert.deepEqual(await tagsOf(aws), {
      ann: { ...mark("live", "memorydb", "reader"), ...TAGS },
      bob: mark("live", "elasticache", "cache"),
      eve: mark("live", "iam", "deployer"),
    });
    assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);
  });

  it("lose the mark, and nothing else, when it is no longer configured", async () => {
    const { aws, stack } = await begin({ program: users, config: CONFIG });
    await stack.up();
    await stack.setConfig({ "aws-users:ownerTag": "false" });
    assert.equal((await stack.up()).changes.length, 3);
    assert.deepEqual(await tagsOf(aws), { ann: TAGS, bob: {}, eve: {} });
    assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);
  });

  it("are marked by an explicit provider that says so, and get the mark back when somebody changes it", async () => {
    const program = () => {
      const provider = new Provider("marking", { ownerTag: true });
      new iam.User("deployer", { userName: "eve" }, { provider });
    };
    const { aws, stack } = await begin({ program });
    await stack.up();
    const marked = mark("test", "iam", "deployer");
    assert.deepEqual(await iamTags(aws), marked);

    const theirs = [{ Key: "pulumi-aws-users:stack", Value: "theirs" }];
    await new IAMClient(clientConfig(aws)).send(new TagUserCommand({ UserName: "eve", Tags: theirs }));
    assert.ok((await stack.up({ refresh: true })).changes.includes("update deployer"));
    assert.deepEqual(await iamTags(aws), marked);
  });

  it("are not made, and the action to allow is named, when the credentials may not tag", async () => {
    const message =
      "User: arn:aws:iam::123456789012:user/ci is not authorized to perform: iam:TagUser on resource: eve";
    const faults = [{ operation: "iam:CreateUser", error: { code: "AccessDenied", message } }];
    const { aws, stack } = await begin({
      program: () => void new iam.User("deployer", { userName: "eve" }),
      config: CONFIG,
      aws: { faults },
    });
    const { output } = await stack.failing.up();
    assert.match(
      output,
      /creating IAM user "eve": access was denied .* Allow iam:TagUser to the credentials of this run\./s,
    );
    assert.deepEqual(aws.users(), []);
  });

  it("are refused in a preview when they declare a mark themselves", async () => {
    const tags = { "pulumi-aws-users:stack": "mine" };
    const { aws, stack } = await begin({ program: () => void new iam.User("deployer", { tags }) });
    assert.match(
      (await stack.failing.preview()).output,
      /must not have keys that begin with pulumi-aws-users:/,
    );
    assert.deepEqual(aws.calls(), []);
  });
});

function mark(stack: string, service: string, name: string): Tags {
  return {
    "pulumi-aws-users:project": "users",
    "pulumi-aws-users:stack": stack,
    "pulumi-aws-users:resource": `pulumi-nodejs:dynamic/aws-users/${service}:User::${name}`,
  };
}

/** The live tags of the three users. */
async function tagsOf(aws: LocalAws): Promise<Record<string, Tags>> {
  const config = clientConfig(aws);
  const arn = (service: string) => `arn:aws:${service}:us-east-1:123456789012:user`;
  const { TagList: ann } = await new MemoryDBClient(config).send(
    new ListTagsCommand({ ResourceArn: `${arn("memorydb")}/ann` }),
  );
  const { TagList: bob } = await new ElastiCacheClient(config).send(
    new ListTagsForResourceCommand({ ResourceName: `${arn("elasticache")}:bob` }),
  );
  return { ann: tagRecord(ann), bob: tagRecord(bob), eve: await iamTags(aws) };
}

async function iamTags(aws: LocalAws): Promise<Tags> {
  const { User } = await new IAMClient(clientConfig(aws)).send(new GetUserCommand({ UserName: "eve" }));
  return tagRecord(User?.Tags);
}
