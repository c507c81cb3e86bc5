import assert from "node:assert/strict";
import {
  AssociateFacesCommand,
  CreateCollectionCommand,
  CreateUserCommand,
  DeleteCollectionCommand,
  DeleteUserCommand,
  IndexFacesCommand,
  RekognitionClient,
} from "@aws-sdk/client-rekognition";
import type { LocalAws } from "../../local";
import { rekognition } from "../../sdk";
import { clientConfig } from "../local/start";
import { inCallTime } from "./callTime";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";
import { writesAmong } from "./observed";

const CollectionId = "lobby";
const UserId = "ann";

describe("a Rekognition user that meets trouble, or somebody else", () => {
  const begin = scenes();
  const visitor =
    (args: Partial<rekognition.UserArgs> = {}) =>
    () =>
      void new rekognition.User("visitor", { collectionId: CollectionId, userId: UserId, ...args });

  it("is made as soon as its collection exists, and repaired when it could not be seen becoming ready", async () => {
    const { aws, stack } = await begin({
      program: visitor(),
      aws: { faults: [{ operation: "ListUsers", calls: [1], error: { code: "AccessDeniedException" } }] },
    });
    assert.match(
      (await stack.failing.up()).output,
      /creating Rekognition user "lobby\/ann": rekognition:CreateUser answered ResourceNotFoundException: .*lobby/,
    );
    assert.deepEqual(await stack.resourceNames(), []);

    await clientOf(aws).send(new CreateCollectionCommand({ CollectionId }));
    assert.match(
      (await stack.failing.up()).output,
      /creating Rekognition user "lobby\/ann": access was denied to rekognition:ListUsers/,
    );
    assert.deepEqual(await stack.resourceNames(), ["visitor"]);
    assert.deepEqual((await stack.up()).changes, ["update visitor"]);
    assert.equal((await stack.resource("visitor")).outputs["status"], "CREATED");
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
  });

  it("is made once when the answer to its creation got lost", async () => {
    const { aws, stack } = await begin({
      program: visitor(),
      aws: { faults: [{ operation: "rekognition:CreateUser", calls: [1], reset: "after" }] },
    });
    await clientOf(aws).send(new CreateCollectionCommand({ CollectionId }));
    assert.deepEqual((await stack.up()).changes, ["create visitor"]);
    assert.deepEqual(idsAlive(aws), [UserId]);
  });

  it("shows its status after a refresh, which is no drift, and is made again when it is gone", async () => {
    const { aws, stack } = await begin({
      program: visitor(),
      aws: { transitions: { createMs: 0, modifyMs: 0, deleteMs: 0 } },
    });
    const somebody = await makeUser(aws, "bob");
    await stack.up();
    const indexed = await somebody.send(
      new IndexFacesCommand({ CollectionId, Image: { Bytes: new Uint8Array([1]) } }),
    );
    const FaceIds = [indexed.FaceRecords?.[0]?.Face?.FaceId ?? ""];
    await somebody.send(new AssociateFacesCommand({ CollectionId, UserId, FaceIds }));
    await stack.refresh();
    assert.equal((await stack.resource("visitor")).outputs["status"], "ACTIVE");
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);

    await somebody.send(new DeleteUserCommand({ CollectionId, UserId }));
    assert.deepEqual((await stack.preview({ refresh: true })).changes, ["create visitor"]);
    assert.ok((await stack.up({ refresh: true })).changes.includes("create visitor"));
    assert.deepEqual(idsAlive(aws).sort(), [UserId, "bob"]);

    await somebody.send(new DeleteCollectionCommand({ CollectionId }));
    assert.deepEqual((await stack.refresh()).changes, ["delete visitor"]);
  });

  it("is made as soon as another one of its id has been deleted", async () => {
    const { aws, stack } = await inCallTime(begin, {
      program: visitor(),
      aws: { transitions: { createMs: 0, deleteMs: 4_500 } },
    });
    const somebody = await makeUser(aws, UserId);
    await somebody.send(new DeleteUserCommand({ CollectionId, UserId }));
    const calls = operationsOf(await callsDuring(aws, () => stack.up()));
    assert.equal(calls[0], "CreateUser ConflictException");
    assert.equal(calls.filter((call) => call === "CreateUser").length, 1);
    assert.equal((await stack.resource("visitor")).outputs["status"], "CREATED");
    assert.deepEqual(idsAlive(aws), [UserId]);
  });

  it("is not taken over when it exists, unless the resource says so", async () => {
    const { aws, stack } = await begin({ program: visitor() });
    await makeUser(aws, UserId);
    assert.match(
      (await stack.failing.up()).output,
      /creating Rekognition user "lobby\/ann": a user of that name exists .*PULUMI_AWS_USERS_ADOPT_EXISTING=lobby\/ann/,
    );
    stack.setProgram(visitor({ adoptExisting: true }));
    const calls = await callsDuring(aws, async () => {
      const { changes, output } = await stack.up();
      assert.deepEqual(changes, ["create visitor"]);
      assert.match(output, /adopting Rekognition user "lobby\/ann", which exists in account 123456789012/);
    });
    assert.deepEqual(writesAmong(calls), []);
    stack.setProgram(visitor());
    assert.deepEqual((await stack.up({ expectNoChanges: true })).changes, []);
    await stack.destroy();
    assert.deepEqual(idsAlive(aws), []);
  });
});

function clientOf(aws: LocalAws): RekognitionClient {
  return new RekognitionClient(clientConfig(aws));
}

/** Makes the collection with a user that is not of the stack. */
async function makeUser(aws: LocalAws, id: string): Promise<RekognitionClient> {
  const somebody = clientOf(aws);
  await somebody.send(new CreateCollectionCommand({ CollectionId }));
  await somebody.send(new CreateUserCommand({ CollectionId, UserId: id }));
  return somebody;
}
