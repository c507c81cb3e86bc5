import assert from "node:assert/strict";
import { CreateUserCommand, ElastiCacheClient, ModifyUserCommand } from "@aws-sdk/client-elasticache";
import {
  CreateUserCommand as CreateMemoryDbUserCommand,
  MemoryDBClient,
  UpdateUserCommand,
} from "@aws-sdk/client-memorydb";
import * as pulumi from "@pulumi/pulumi";
import type { LocalAws } from "../../local";
import { elasticache, memorydb } from "../../sdk";
import { clientConfig } from "../local/start";
import { callsDuring, scenes } from "./fixtures";
import { writesAmong } from "./observed";

const MARKER = "MARKER-hush-hush";
const DECLARED = "on %RW~app:* ~app:* allchannels nocommands +@READ -@dangerous (%R~cache:* +get)";
const SHOWN = "on ~app:* &* -@all +@read -@dangerous (%R~cache:* resetchannels -@all +get)";
const OF_ELASTICACHE = SHOWN.replace(" resetchannels", "");
const SIMPLER = "on ~app:* &* +@read -@dangerous (%R~cache:* +get)";
const AT_ONCE = { createMs: 0, modifyMs: 0, deleteMs: 0 };

type Args = Pick<memorydb.UserArgs, "accessString" | "adoptExisting">;
const authentication = { type: "iam" } as const;
const reader = (args: Args) => void new memorydb.User("reader", { userName: "ann", authentication, ...args });
const cache = (args: Args) =>
  void new elasticache.User("cache", { userId: "bob", engine: "valkey", authentication, ...args });
/** One user of each service, with the same access string. */
const users = (accessString: pulumi.Input<string>, adoptExisting = false) => {
  for (const user of [reader, cache]) user({ accessString, adoptExisting });
};

describe("access strings, in a stack", () => {
  const begin = scenes();

  it("are refused in preview by the number of the token, before any call to AWS and without the password", async () => {
    const { aws, stack } = await begin({ program: () => {} });
    for (const user of [reader, cache]) {
      stack.setProgram(() => user({ accessString: `on ~app:* >${MARKER} +@raed` }));
      const { output } = await stack.failing.preview();
      const problem = "has a problem: accessString must not hold";
      assert.ok(output.includes(`${problem} a password: token 3, ">..."; declare passwords in`), output);
      assert.ok(
        output.includes(`${problem} an unknown category: token 4, "+@raed"; did you mean read?`),
        output,
      );
    }
    assert.doesNotMatch(stack.output(), /MARKER/);
    assert.deepEqual(aws.calls(), []);
  });

  it("pass while they are not known, and are refused once they are", async () => {
    const program = () => {
      const { arn } = new memorydb.User("first", {
        accessString: "on",
        authentication: { type: "iam" },
      });
      users(pulumi.interpolate`on ${arn}`);
    };
    const { stack } = await begin({ program });
    assert.deepEqual((await stack.preview()).changes.toSorted(), [
      "create cache",
      "create first",
      "create reader",
    ]);
    const { output } = await stack.failing.up();
    assert.match(output, /accessString must not hold an unknown token: token 2, "a\.\.\."; expected on, off/);
    assert.deepEqual(await stack.resourceNames(), ["first"]);
  });

  it("have not changed when AWS writes them in other words, nor when the program does", async () => {
    const { aws, stack } = await begin({ program: () => users(DECLARED), aws: { transitions: AT_ONCE } });
    await stack.up();
    for (const [name, text] of Object.entries({ reader: SHOWN, cache: OF_ELASTICACHE })) {
      const { observedAccessString } = (await stack.resource(name)).outputs;
      assert.equal(JSON.parse((observedAccessString as { plaintext: string }).plaintext), text);
    }
    const later = await callsDuring(aws, async () => {
      await stack.up({ expectNoChanges: true });
      assert.deepEqual((await stack.refresh()).changes, []);
      await stack.up({ refresh: true, expectNoChanges: true });
      for (const text of [SIMPLER, OF_ELASTICACHE]) {
        stack.setProgram(() => users(text));
        assert.deepEqual((await stack.up()).changes, [], text);
      }
    });
    assert.deepEqual(writesAmong(later), []);
  });

  it("show a command that somebody added, and lose it again", async () => {
    const { aws, stack } = await begin({ program: () => users(DECLARED), aws: { transitions: AT_ONCE } });
    await stack.up();
    const added = (text: string) => text.replace(" -@dangerous", " -@dangerous +flushall");
    await new MemoryDBClient(clientConfig(aws)).send(
      new UpdateUserCommand({ UserName: "ann", AccessString: added(SHOWN) }),
    );
    await new ElastiCacheClient(clientConfig(aws)).send(
      new ModifyUserCommand({ UserId: "bob", AccessString: added(OF_ELASTICACHE) }),
    );

    const drift = await stack.preview({ refresh: true, diff: true });
    assert.deepEqual(drift.changes.toSorted(), ["update cache", "update reader"]);
    assert.ok(
      drift.output.includes(added(SHOWN)) && drift.output.includes(added(OF_ELASTICACHE)),
      drift.output,
    );
    const repair = await callsDuring(aws, () => stack.up({ refresh: true }));
    assert.deepEqual(writesAmong(repair).toSorted(), [
      ["ModifyUser", { UserId: "bob", AccessString: DECLARED }],
      ["UpdateUser", { UserName: "ann", AccessString: DECLARED }],
    ]);
    await stack.up({ refresh: true, expectNoChanges: true });
  });

  it("are left as they are in users that are adopted, when they mean the same", async () => {
    const { aws, stack } = await begin({
      program: () => users(DECLARED, true),
      aws: { transitions: AT_ONCE },
    });
    await makeUsers(aws);
    const calls = await callsDuring(aws, () => stack.up());
    assert.deepEqual(writesAmong(calls), []);
    await stack.up({ refresh: true, expectNoChanges: true });
  });
});

async function makeUsers(aws: LocalAws): Promise<void> {
  const args = { AccessString: SIMPLER, AuthenticationMode: { Type: "iam" } } as const;
  await new MemoryDBClient(clientConfig(aws)).send(
    new CreateMemoryDbUserCommand({ UserName: "ann", ...args }),
  );
  await new ElastiCacheClient(clientConfig(aws)).send(
    new CreateUserCommand({ UserId: "bob", UserName: "bob", Engine: "valkey", ...args }),
  );
}
