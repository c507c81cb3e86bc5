import assert from "node:assert/strict";
import {
  CreateCollectionCommand,
  CreateUserCommand,
  DeleteCollectionCommand,
  DeleteUserCommand,
  DescribeCollectionCommand,
  ListCollectionsCommand,
  ListUsersCommand,
  type ListUsersCommandInput,
  RekognitionClient,
} from "@aws-sdk/client-rekognition";
import type { LocalAwsOptions } from "../../local";
import { clientConfig, localAwsForEachTest, manualClock } from "./start";

const TIMES = { createMs: 50, modifyMs: 100, deleteMs: 200 };

describe("Rekognition in the local AWS", () => {
  const start = localAwsForEachTest();

  async function rekognition(options: LocalAwsOptions = {}) {
    const clock = manualClock();
    const aws = await start({ now: clock.now, transitions: TIMES, ...options });
    const client = new RekognitionClient(clientConfig(aws));
    await client.send(new CreateCollectionCommand({ CollectionId: "lobby" }));
    const create = (UserId: string, ClientRequestToken?: string, CollectionId = "lobby") =>
      client.send(new CreateUserCommand({ CollectionId, UserId, ClientRequestToken }));
    const remove = (UserId: string, ClientRequestToken?: string) =>
      client.send(new DeleteUserCommand({ CollectionId: "lobby", UserId, ClientRequestToken }));
    const list = (input: Partial<ListUsersCommandInput> = {}) =>
      client.send(new ListUsersCommand({ CollectionId: "lobby", ...input }));
    return { aws, clock, client, create, remove, list };
  }

  it("makes a user that is CREATING, then CREATED for good while it has no faces", async () => {
    const { aws, clock, create, list } = await rekognition();
    const { $metadata, ...nothing } = await create("ann");
    assert.deepEqual([$metadata.httpStatusCode, nothing], [200, {}]);
    assert.deepEqual((await list()).Users, [{ UserId: "ann", UserStatus: "CREATING" }]);
    clock.pass(50);
    assert.deepEqual((await list()).Users, [{ UserId: "ann", UserStatus: "CREATED" }]);
    assert.deepEqual(aws.users(), [
      {
        service: "rekognition",
        account: "123456789012",
        region: "us-east-1",
        collectionId: "lobby",
        id: "ann",
        status: "CREATED",
        attached: {},
      },
    ]);
  });

  it("takes ids that differ in case for two users, and the same id for a conflict", async () => {
    const { create, list } = await rekognition();
    await create("ann");
    await create("Ann");
    await assert.rejects(create("ann"), { name: "ConflictException" });
    assert.equal((await list()).Users?.length, 2);
  });

  it("keeps a deleted user in the list for a while, in which it can be neither made nor deleted", async () => {
    const { aws, clock, create, remove, list } = await rekognition();
    await create("ann");
    await assert.rejects(remove("ann"), { name: "ConflictException" });
    clock.pass(50);
    await remove("ann");
    assert.deepEqual((await list()).Users, [{ UserId: "ann", UserStatus: "UPDATING" }]);
    await assert.rejects(create("ann"), { name: "ConflictException" });
    await assert.rejects(remove("ann"), { name: "ConflictException" });
    clock.pass(200);
    assert.deepEqual((await list()).Users, []);
    assert.deepEqual(aws.users(), []);
    await assert.rejects(remove("ann"), { name: "ResourceNotFoundException" });
    await create("ann");
  });

  it("answers a request sent again under its token without doing it again", async () => {
    const { aws, clock, create, remove } = await rekognition();
    await create("ann", "token-1");
    await create("ann", "token-1");
    clock.pass(50);
    await remove("ann", "token-1");
    clock.pass(200);
    await remove("ann", "token-1");
    await create("ann", "token-1");
    assert.deepEqual(aws.users(), []);
    await assert.rejects(create("bob", "token-1"), { name: "IdempotentParameterMismatchException" });
    await assert.rejects(create("bob", "not a token"), { name: "InvalidParameterException" });
  });

  it("does a request again under its token when it failed before", async () => {
    const { clock, create, remove } = await rekognition();
    await create("ann");
    await assert.rejects(remove("ann", "token-1"), { name: "ConflictException" });
    clock.pass(50);
    await remove("ann", "token-1");
  });

  it("lists users page by page in an order of its own", async () => {
    const { create, list } = await rekognition({ pageSize: 2 });
    const made = ["a", "b", "c", "d", "e"];
    for (const id of made) {
      await create(id);
    }
    const listed: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await list({ NextToken });
      listed.push(...(page.Users ?? []).map(({ UserId }) => UserId));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    assert.notDeepEqual(listed, made);
    assert.deepEqual([...listed].sort(), made);
    await assert.rejects(list({ MaxResults: 501 }), { name: "InvalidParameterException" });
    await assert.rejects(list({ MaxResults: 0 }), { name: "InvalidParameterException" });
    await assert.rejects(list({ NextToken: "x" }), { name: "InvalidPaginationTokenException" });
  });

  it("refuses ids that are malformed and collections that are not there", async () => {
    const { create } = await rekognition();
    for (const id of ["", "a b", "ä", "a".repeat(129)]) {
      await assert.rejects(create(id), { name: "InvalidParameterException" });
    }
    await create("a.b:c_d-1");
    await assert.rejects(create("ann", undefined, "a:b"), { name: "InvalidParameterException" });
    await assert.rejects(create("ann", undefined, "Lobby"), { name: "ResourceNotFoundException" });
  });

  it("deletes a collection at once with its users", async () => {
    const { aws, client, create, remove, list } = await rekognition();
    await create("ann");
    await client.send(new DeleteCollectionCommand({ CollectionId: "lobby" }));
    assert.deepEqual(aws.users(), []);
    await assert.rejects(list(), { name: "ResourceNotFoundException" });
    await assert.rejects(remove("ann"), { name: "ResourceNotFoundException" });
    await client.send(new CreateCollectionCommand({ CollectionId: "lobby" }));
    assert.deepEqual((await list()).Users, []);
  });

  it("describes and lists collections, in each account and region its own", async () => {
    const { aws, client, create } = await rekognition();
    await client.send(new CreateCollectionCommand({ CollectionId: "attic" }));
    await assert.rejects(client.send(new CreateCollectionCommand({ CollectionId: "attic" })), {
      name: "ResourceAlreadyExistsException",
    });
    await create("ann");
    const { UserCount, FaceCount, CollectionARN, CreationTimestamp } = await client.send(
      new DescribeCollectionCommand({ CollectionId: "lobby" }),
    );
    assert.deepEqual([UserCount, FaceCount], [1, 0]);
    assert.equal(CollectionARN, "arn:aws:rekognition:us-east-1:123456789012:collection/lobby");
    assert.deepEqual(CreationTimestamp, new Date(Date.UTC(2026, 0, 1)));
    const idsOf = async (of: RekognitionClient) =>
      (await of.send(new ListCollectionsCommand({}))).CollectionIds;
    assert.deepEqual(await idsOf(client), ["attic", "lobby"]);
    assert.deepEqual(await idsOf(new RekognitionClient(clientConfig(aws, "test", "eu-west-1"))), []);
    assert.deepEqual(await idsOf(new RekognitionClient(clientConfig(aws, "222222222222"))), []);
  });
});
