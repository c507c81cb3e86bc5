import assert from "node:assert/strict";
import {
  AddTagsToResourceCommand,
  DeleteUserCommand,
  DescribeUsersCommand,
  ElastiCacheClient,
  ListTagsForResourceCommand,
  ModifyUserCommand,
  RemoveTagsFromResourceCommand,
} from "@aws-sdk/client-elasticache";
import type { LocalAws } from "../../local";
import { elasticache } from "../../sdk";
import { clientConfig } from "../local/start";
import { inCallTime } from "./callTime";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";
import { tagList, writesAmong } from "./observed";

const UserId = "ann";
const AT_ONCE = { createMs: 0, modifyMs: 0, deleteMs: 0 };

describe("an ElastiCache user that somebody changes behind Pulumi's back", () => {
  const begin = scenes();
  const cache = (args: Partial<elasticache.UserArgs> = {}) =>
    new elasticache.User("cache", {
      userId: UserId,
      engine: "redis",
      accessString: "on ~app:* +@read",
      authentication: { type: "password", passwords: ["first-password-123", "second-password-456"] },
      tags: { team: "build", stage: "test" },
      ...args,
    });
  const program = () => ({ arn: cache().arn });

  it("is shown as drift in a preview with refresh and repaired by an up with refresh, whatever differs", async () => {
    const { aws, stack } = await begin({ program, aws: { transitions: AT_ONCE } });
    const { arn: ResourceName } = (await stack.up()).outputs as { arn: string };
    const somebody = clientOf(aws);
    const made = await shownBy(somebody);
    assert.equal(made.user?.AccessString, "on ~app:* -@all +@read");
    // AWS only writes it in other words.
    assert.deepEqual((await stack.preview({ refresh: true })).changes, []);

    await somebody.send(new RemoveTagsFromResourceCommand({ ResourceName, TagKeys: ["stage"] }));
    const Tags = tagList({ team: "sales", new: "1" });
    await somebody.send(new AddTagsToResourceCommand({ ResourceName, Tags }));
    const AuthenticationMode = { Type: "iam" } as const;
    await somebody.send(
      new ModifyUserCommand({ UserId, Engine: "valkey", AccessString: "on ~* +@all", AuthenticationMode }),
    );

    assert.deepEqual((await stack.preview()).changes, []);
    const drift = await stack.preview({ refresh: true, diff: true });
    assert.deepEqual(drift.changes, ["update cache"]);
    for (const seen of ["on ~* +@all", '"iam"', '"valkey"', '"sales"', "new"]) {
      assert.ok(drift.output.includes(seen), `${seen} in ${drift.output}`);
    }

    const calls = await callsDuring(aws, async () => {
      assert.ok((await stack.up({ refresh: true })).changes.includes("update cache"));
    });
    assert.deepEqual(
      writesAmong(calls).map(([operation]) => operation),
      ["ModifyUser", "RemoveTagsFromResource", "AddTagsToResource"],
    );
    assert.deepEqual(await shownBy(somebody), made);
    assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);
  });

  it("gets its passwords back when it has another number of them, and is made again when it is gone", async () => {
    const { aws, stack } = await begin({ program, aws: { transitions: AT_ONCE } });
    await stack.up();
    const somebody = clientOf(aws);
    const AuthenticationMode = { Type: "password" as const, Passwords: ["somebodys-password"] };
    await somebody.send(new ModifyUserCommand({ UserId, AuthenticationMode }));
    assert.deepEqual((await stack.preview({ refresh: true })).changes, ["update cache"]);
    const calls = await callsDuring(aws, () => stack.up({ refresh: true }));
    assert.deepEqual(writesAmong(calls), [
      ["ModifyUser", { UserId, AuthenticationMode: { Type: "password" } }],
    ]);
    assert.equal((await shownBy(somebody)).user?.Authentication?.PasswordCount, 2);

    await somebody.send(new DeleteUserCommand({ UserId }));
    assert.deepEqual((await stack.preview({ refresh: true })).changes, ["create cache"]);
    assert.ok((await stack.up({ refresh: true })).changes.includes("create cache"));
    assert.deepEqual(idsAlive(aws), [UserId]);
  });

  it("has not drifted when it needs no password, which AWS calls by another name", async () => {
    const { stack } = await begin({
      program: () => void cache({ authentication: { type: "no-password-required" } }),
    });
    await stack.up();
    assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);
    const { outputs } = await stack.resource("cache");
    assert.deepEqual(outputs["authentication"], { type: "no-password-required" });
  });

  it("is waited for when a refresh finds it being deleted", async () => {
    const { aws, stack } = await inCallTime(begin, {
      program,
      aws: { transitions: { ...AT_ONCE, deleteMs: 3_500 } },
    });
    await stack.up();
    await clientOf(aws).send(new DeleteUserCommand({ UserId }));
    const looks = await callsDuring(aws, async () => {
      const { changes, output } = await stack.refresh();
      assert.deepEqual(changes, ["delete cache"]);
      assert.match(output, /ElastiCache user "ann" is being deleted by somebody: waiting until it is gone/);
    });
    const gone = "DescribeUsers UserNotFound";
    assert.ok(looks.length > 1);
    assert.equal(operationsOf(looks).indexOf(gone), looks.length - 1);
    assert.deepEqual(await stack.resourceNames(), []);
  });
});

function clientOf(aws: LocalAws): ElastiCacheClient {
  return new ElastiCacheClient(clientConfig(aws));
}

async function shownBy(somebody: ElastiCacheClient) {
  const { $metadata, ...answer } = await somebody.send(new DescribeUsersCommand({ UserId }));
  const user = answer.Users?.[0];
  const { TagList } = await somebody.send(new ListTagsForResourceCommand({ ResourceName: user?.ARN }));
  return { user, tags: TagList?.map(({ Key, Value }) => `${Key}=${Value}`).sort() };
}
