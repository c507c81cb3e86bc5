import assert from "node:assert/strict";
import { GetUserCommand, IAMClient, TagUserCommand, UntagUserCommand } from "@aws-sdk/client-iam";
import type { LocalAws } from "../../local";
import { iam } from "../../sdk";
import { clientConfig } from "../local/start";
import { callsDuring, operationsOf, scenes } from "./fixtures";

const UserName = "ann";

describe("the default tags of a stack", () => {
  const begin = scenes();
  const program = () => {
    const { tags, tagsAll } = new iam.User("deployer", { userName: UserName, tags: { team: "build" } });
    return { tags, tagsAll };
  };
  const defaults = (tags: Record<string, unknown>) => ({ "aws:defaultTags": JSON.stringify({ tags }) });

  async function liveTags(aws: LocalAws): Promise<Record<string, string>> {
    const { User } = await new IAMClient(clientConfig(aws)).send(new GetUserCommand({ UserName }));
    return Object.fromEntries((User?.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
  }

  it("go under a user's own tags, and a change of them is an update", async () => {
    const { aws, stack } = await begin({ program, config: defaults({ owner: "ops", team: "all" }) });
    assert.deepEqual((await stack.up()).outputs, {
      tags: { team: "build" },
      tagsAll: { owner: "ops", team: "build" },
    });
    assert.deepEqual(await liveTags(aws), { owner: "ops", team: "build" });
    assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);

    await stack.setConfig(defaults({ owner: "dev" }));
    const calls = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up()).changes, ["update deployer"]);
    });
    assert.deepEqual(operationsOf(calls), ["GetUser", "TagUser", "GetUser"]);
    assert.deepEqual(await liveTags(aws), { owner: "dev", team: "build" });
  });

  it("are repaired like a user's own when somebody changes or removes them", async () => {
    const { aws, stack } = await begin({ program, config: defaults({ owner: "ops", stage: "test" }) });
    await stack.up();
    const somebody = new IAMClient(clientConfig(aws));
    await somebody.send(new TagUserCommand({ UserName, Tags: [{ Key: "owner", Value: "sales" }] }));
    await somebody.send(new UntagUserCommand({ UserName, TagKeys: ["stage"] }));

    const { changes, output } = await stack.preview({ refresh: true, diff: true });
    assert.deepEqual(changes, ["update deployer"]);
    assert.match(output, /sales/);
    assert.ok((await stack.up({ refresh: true })).changes.includes("update deployer"));
    assert.deepEqual(await liveTags(aws), { owner: "ops", stage: "test", team: "build" });
    assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);
  });

  it("are refused in a preview when they are no tags", async () => {
    const { aws, stack } = await begin({ program, config: defaults({ owner: 7 }) });
    assert.match(
      (await stack.failing.preview()).output,
      /aws:defaultTags .* must be an object like .*tag owner is no text/,
    );
    const many = Array.from({ length: 50 }, (_, index) => [`key${index}`, "value"]);
    await stack.setConfig(defaults(Object.fromEntries(many)));
    assert.match(
      (await stack.failing.preview()).output,
      /tags, with those of aws:defaultTags, must be at most 50 tags/,
    );
    assert.deepEqual(aws.calls(), []);
  });
});
