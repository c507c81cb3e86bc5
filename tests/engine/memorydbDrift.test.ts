import assert from "node:assert/strict";
import {
  DeleteUserCommand,
  DescribeUsersCommand,
  ListTagsCommand,
  MemoryDBClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-memorydb";
import type { LocalAws } from "../../local";
import { memorydb } from "../../sdk";
import { clientConfig } from "../local/start";
import { inCallTime } from "./callTime";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";
import { tagList, writesAmong } from "./observed";

const UserName = "ann";
const AT_ONCE = { createMs: 0, modifyMs: 0, deleteMs: 0 };
const Passwords = ["first-password-123", "second-password-456"];

describe("a MemoryDB user that somebody changes behind Pulumi's back", () => {
  const begin = scenes();
  const program = () => {
    const { arn } = new memorydb.User("reader", {
      userName: UserName,
      accessString: "on ~app:* +@read",
      authentication: { type: "password", passwords: Passwords },
      tags: { team: "build", stage: "test" },
    });
    return { arn };
  };

  it("is shown as drift in a preview with refresh and repaired by an up with refresh, whatever differs", async () => {
    const { aws, stack } = await begin({ program, aws: { transitions: AT_ONCE } });
    const { arn: ResourceArn } = (await stack.up()).outputs as { arn: string };
    const somebody = clientOf(aws);
    const made = await shownBy(somebody);
    assert.equal(made.user?.AccessString, "on ~app:* resetchannels -@all +@read");
    // AWS only writes it in other words.
    assert.deepEqual((await stack.preview({ refresh: true })).changes, []);

    await somebody.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["stage"] }));
    await somebody.send(new TagResourceCommand({ ResourceArn, Tags: tagList({ team: "sales", new: "1" }) }));
    const AuthenticationMode = { Type: "iam" } as const;
    await somebody.send(
      new UpdateUserCommand({ UserName, AccessString: "on ~* &* +@all", AuthenticationMode }),
    );

    assert.deepEqual((await stack.preview()).changes, []);
    const drift = await stack.preview({ refresh: true, diff: true });
    assert.deepEqual(drift.changes, ["update reader"]);
    for (const seen of ["on ~* &* +@all", '"iam"', '"sales"', "new"]) {
      assert.ok(drift.output.includes(seen), `${seen} in ${drift.output}`);
    }

    const calls = await callsDuring(aws, async () => {
      assert.ok((await stack.up({ refresh: true })).changes.includes("update reader"));
    });
    assert.deepEqual(
      writesAmong(calls).map(([operation]) => operation),
      ["UpdateUser", "UntagResource", "TagResource"],
    );
    assert.deepEqual(await shownBy(somebody), made);
    assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);
  });

  it("gets its passwords back when it has another number of them, and is made again when it is gone", async () => {
    const { aws, stack } = await begin({ program, aws: { transitions: AT_ONCE } });
    await stack.up();
    const somebody = clientOf(aws);
    const AuthenticationMode = { Type: "password" as const, Passwords: ["somebodys-password"] };
    await somebody.send(new UpdateUserCommand({ UserName, AuthenticationMode }));

    const drift = await stack.preview({ refresh: true, diff: true });
    assert.deepEqual(drift.changes, ["update reader"]);
    assert.match(drift.output, /authentication/);
    const calls = await callsDuring(aws, () => stack.up({ refresh: true }));
    assert.deepEqual(writesAmong(calls), [
      ["UpdateUser", { UserName, AuthenticationMode: { Type: "password" } }],
    ]);
    assert.equal((await shownBy(somebody)).user?.Authentication?.PasswordCount, 2);
    for (const password of Passwords) assert.ok(!stack.output().includes(password));

    await somebody.send(new DeleteUserCommand({ UserName }));
    const seen = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.preview({ refresh: true })).changes, ["create reader"]);
    });
    assert.ok(operationsOf(seen).every((operation) => operation.startsWith("DescribeUsers")));
    assert.ok((await stack.up({ refresh: true })).changes.includes("create reader"));
    assert.deepEqual(idsAlive(aws), [UserName]);
  });

  it("is waited for when a refresh finds it being deleted", async () => {
    const { aws, stack } = await inCallTime(begin, {
      program,
      aws: { transitions: { ...AT_ONCE, deleteMs: 3_500 } },
    });
    await stack.up();
    await clientOf(aws).send(new DeleteUserCommand({ UserName }));
    const looks = await callsDuring(aws, async () => {
      const { changes, output } = await stack.refresh();
      assert.deepEqual(changes, ["delete reader"]);
      assert.match(output, /MemoryDB user "ann" is being deleted by somebody: waiting until it is gone/);
    });
    const last = "DescribeUsers UserNotFoundFault";
    assert.equal(operationsOf(looks).at(-1), last);
    assert.equal(operationsOf(looks).indexOf(last), looks.length - 1);
    assert.ok(looks.length > 1);
    assert.deepEqual(await stack.resourceNames(), []);
  });
});

function clientOf(aws: LocalAws): MemoryDBClient {
  return new MemoryDBClient(clientConfig(aws));
}

async function shownBy(somebody: MemoryDBClient) {
  const user = (await somebody.send(new DescribeUsersCommand({ UserName }))).Users?.[0];
  const { TagList } = await somebody.send(new ListTagsCommand({ ResourceArn: user?.ARN }));
  return { user, tags: TagList?.map(({ Key, Value }) => `${Key}=${Value}`).sort() };
}
