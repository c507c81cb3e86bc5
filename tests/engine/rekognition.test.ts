import assert from "node:assert/strict";
import { CreateCollectionCommand, ListUsersCommand, RekognitionClient } from "@aws-sdk/client-rekognition";
import * as pulumi from "@pulumi/pulumi";
import type { LocalAws } from "../../local";
import { rekognition } from "../../sdk";
import { clientConfig } from "../local/start";
import { inCallTime } from "./callTime";
import { callsDuring, operationsOf, scenes } from "./fixtures";
import { writesAmong } from "./observed";

const REPLACED = ["create-replacement visitor", "replace visitor", "delete-replaced visitor"];

describe("a Rekognition user in a stack", () => {
  const begin = scenes();
  const visitor = (args: Partial<rekognition.UserArgs> = {}) => {
    const user = new rekognition.User("visitor", { collectionId: "lobby", userId: "ann", ...args });
    return { status: user.status, collectionId: user.collectionId, userId: user.userId };
  };

  it("is previewed without a call, waited for until AWS shows it as created, and then left alone, whatever its timeouts", async () => {
    const { aws, stack } = await inCallTime(begin, {
      program: () => visitor(),
      aws: { transitions: { createMs: 2_500 } },
    });
    await makeCollections(aws, "lobby");
    const previewed = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.preview()).changes, ["create visitor"]);
    });
    assert.deepEqual(previewed, []);

    const made = await callsDuring(aws, async () => {
      const { changes, outputs } = await stack.up();
      assert.deepEqual(changes, ["create visitor"]);
      assert.deepEqual(outputs, { status: "CREATED", collectionId: "lobby", userId: "ann" });
    });
    assert.deepEqual(operationsOf(made), ["CreateUser", "ListUsers", "ListUsers", "ListUsers"]);
    assert.equal((await stack.resource("visitor")).id, "lobby/ann");
    const idle = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
    });
    assert.deepEqual(idle, []);

    const timeouts = { create: "1m", delete: "5m" };
    stack.setProgram(() => visitor({ timeouts }));
    const updated = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.up()).changes, ["update visitor"]);
    });
    assert.deepEqual(operationsOf(updated), ["ListUsers"]);
    assert.deepEqual((await stack.resource("visitor")).outputs["timeouts"], timeouts);
  });

  it("is replaced when its id or its collection changes, the new user first", async () => {
    const { aws, stack } = await begin({ program: () => visitor() });
    await makeCollections(aws, "lobby", "garage");
    await stack.up();
    for (const { args, replaceKey, writes } of [
      {
        args: { userId: "bob" },
        replaceKey: "userId",
        writes: ["CreateUser lobby/bob", "DeleteUser lobby/ann"],
      },
      {
        args: { userId: "bob", collectionId: "garage" },
        replaceKey: "collectionId",
        writes: ["CreateUser garage/bob", "DeleteUser lobby/bob"],
      },
    ]) {
      stack.setProgram(() => visitor(args));
      const made = await callsDuring(aws, async () => {
        const { changes, steps } = await stack.up();
        assert.deepEqual(changes, REPLACED);
        assert.deepEqual(steps.find(({ op }) => op === "replace")?.replaceKeys, [replaceKey]);
      });
      assert.deepEqual(
        writesAmong(made).map(
          ([operation, { CollectionId, UserId }]) => `${operation} ${CollectionId}/${UserId}`,
        ),
        writes,
      );
    }
    assert.deepEqual(await usersIn(aws, "lobby"), []);
    assert.deepEqual(await usersIn(aws, "garage"), ["bob"]);
  });

  it("is previewed as changed when its collection is not known yet, and replaced when it is another", async () => {
    const inCollection = (name: string) => () =>
      visitor({ collectionId: new Collection("collection", { name }).collectionId });
    const { aws, stack } = await begin({ program: inCollection("lobby") });
    await makeCollections(aws, "lobby", "garage");
    await stack.up();
    stack.setProgram(inCollection("garage"));
    const { changes, output } = await stack.preview();
    assert.deepEqual(changes, ["update collection", "update visitor"]);
    assert.match(
      output,
      /"lobby\/ann" is to be replaced if its collectionId, not known yet, turns out to be another/,
    );
    assert.deepEqual((await stack.up()).changes, ["update collection", ...REPLACED]);
    assert.deepEqual(await usersIn(aws, "garage"), ["ann"]);
    assert.deepEqual(await usersIn(aws, "lobby"), []);
  });

  it("goes before its collection and comes after it, when that is deleted to be made again under the same name", async () => {
    const inVersion = (version: number) => () => {
      const options = { deleteBeforeReplace: true, replaceOnChanges: ["version"] };
      const collection = new Collection("collection", { name: "lobby", version }, options);
      visitor({ collectionId: collection.collectionId });
    };
    const { aws, stack } = await begin({ program: inVersion(1) });
    await makeCollections(aws, "lobby");
    await stack.up();
    stack.setProgram(inVersion(2));
    const preview = await stack.preview();
    assert.ok(preview.changes.includes("replace visitor"), preview.output);
    const { changes } = await stack.up();
    assert.deepEqual(
      changes.filter((change) => /^(create|delete)/.test(change)),
      [
        "delete-replaced visitor",
        "delete-replaced collection",
        "create-replacement collection",
        "create-replacement visitor",
      ],
    );
    assert.deepEqual(await usersIn(aws, "lobby"), ["ann"]);
  });
});

/** A resource whose output is not known while an update of it is previewed. */
class Collection extends pulumi.CustomResource {
  declare readonly collectionId: pulumi.Output<string>;
  constructor(
    name: string,
    props: { readonly name: string; readonly version?: number },
    options?: pulumi.CustomResourceOptions,
  ) {
    const provider = `exports.handler = () => ({
      create: async (inputs) => ({ id: "collection", outs: { ...inputs, collectionId: inputs.name } }),
      update: async (id, olds, news) => ({ outs: { ...news, collectionId: news.name } }),
      delete: async () => {},
    });`;
    const inputs = { ...props, collectionId: undefined, __provider: provider };
    super("pulumi-nodejs:dynamic/tests:Collection", name, inputs, options);
  }
}

async function makeCollections(aws: LocalAws, ...ids: string[]): Promise<void> {
  const client = new RekognitionClient(clientConfig(aws));
  for (const CollectionId of ids) await client.send(new CreateCollectionCommand({ CollectionId }));
}

async function usersIn(aws: LocalAws, CollectionId: string): Promise<(string | undefined)[]> {
  const { Users } = await new RekognitionClient(clientConfig(aws)).send(
    new ListUsersCommand({ CollectionId }),
  );
  return (Users ?? []).map(({ UserId }) => UserId);
}
