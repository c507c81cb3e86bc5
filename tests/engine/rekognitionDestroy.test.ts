import assert from "node:assert/strict";
import {
  AssociateFacesCommand,
  CreateCollectionCommand,
  CreateUserCommand,
  DeleteCollectionCommand,
  DeleteUserCommand,
  IndexFacesCommand,
  ListFacesCommand,
  RekognitionClient,
} from "@aws-sdk/client-rekognition";
import type { LocalAws } from "../../local";
import { rekognition } from "../../sdk";
import { clientConfig } from "../local/start";
import { inCallTime } from "./callTime";
import { callsDuring, idsAlive, operationsOf, scenes } from "./fixtures";

const CollectionId = "lobby";

describe("the destroy of a Rekognition user", () => {
  const begin = scenes();
  const ann = () => void new rekognition.User("ann", { collectionId: CollectionId, userId: "ann" });
  const behaviour = { transitions: { createMs: 0, modifyMs: 3_500, deleteMs: 2_500 } };

  it("asks once, then walks the list until the user is gone, and no more", async () => {
    const { aws, stack } = await inCallTime(begin, { program: ann, aws: behaviour });
    await makeCollection(aws);
    await stack.up();
    const calls = await callsDuring(aws, async () => {
      assert.deepEqual((await stack.destroy()).changes, ["delete ann"]);
    });
    assert.deepEqual(operationsOf(calls), ["DeleteUser", "ListUsers", "ListUsers", "ListUsers"]);
    assert.deepEqual(idsAlive(aws), []);
    assert.deepEqual(await stack.resourceNames(), []);
  });

  it("believes that the user is gone only when no page of the list has it", async () => {
    const { aws, stack } = await begin({ program: ann, aws: { pageSize: 2 } });
    const client = await makeCollection(aws);
    for (const UserId of ["b", "c", "d", "e", "f"]) {
      await client.send(new CreateUserCommand({ CollectionId, UserId }));
    }
    await stack.up();
    assert.deepEqual((await stack.up({ refresh: true, expectNoChanges: true })).changes, []);
    const calls = await callsDuring(aws, () => stack.destroy());
    const tokens = calls.slice(1).map(({ parameters }) => parameters["NextToken"]);
    const lastWalk = tokens.slice(tokens.lastIndexOf(undefined));
    assert.equal(lastWalk.length, 3);
    assert.deepEqual(idsAlive(aws).sort(), ["b", "c", "d", "e", "f"]);
  });

  it("asks again, each time anew, while AWS is still working on the user's faces, and leaves the faces", async () => {
    const { aws, stack } = await inCallTime(begin, { program: ann, aws: behaviour });
    const client = await makeCollection(aws);
    await stack.up();
    const indexed = await client.send(
      new IndexFacesCommand({ CollectionId, Image: { Bytes: new Uint8Array([1]) } }),
    );
    const FaceIds = [indexed.FaceRecords?.[0]?.Face?.FaceId ?? ""];
    await client.send(new AssociateFacesCommand({ CollectionId, UserId: "ann", FaceIds }));

    const calls = await callsDuring(aws, () => stack.destroy());
    const asked = calls.filter(({ operation }) => operation === "DeleteUser");
    assert.ok(asked.length > 1);
    assert.ok(asked.slice(0, -1).every(({ error }) => error === "ConflictException"));
    assert.equal(asked.at(-1)?.error, undefined);
    const tokens = asked.map(({ parameters }) => parameters["ClientRequestToken"]);
    assert.equal(new Set(tokens).size, asked.length);
    assert.deepEqual(idsAlive(aws), []);
    const { Faces } = await client.send(new ListFacesCommand({ CollectionId }));
    assert.deepEqual(
      Faces?.map(({ FaceId }) => FaceId),
      FaceIds,
    );
  });

  it("is done when somebody has deleted the user, or the whole collection, before", async () => {
    const { aws, stack } = await begin({ program: ann, aws: { transitions: { deleteMs: 0 } } });
    const client = await makeCollection(aws);
    for (const deleteIt of [
      () => client.send(new DeleteUserCommand({ CollectionId, UserId: "ann" })),
      () => client.send(new DeleteCollectionCommand({ CollectionId })),
    ]) {
      await stack.up();
      await deleteIt();
      const calls = await callsDuring(aws, async () => {
        assert.deepEqual((await stack.destroy()).changes, ["delete ann"]);
      });
      assert.equal(operationsOf(calls)[0], "DeleteUser ResourceNotFoundException");
      assert.equal(calls.length, 2);
      assert.deepEqual(await stack.resourceNames(), []);
    }
  });
});

async function makeCollection(aws: LocalAws): Promise<RekognitionClient> {
  const client = new RekognitionClient(clientConfig(aws));
  await client.send(new CreateCollectionCommand({ CollectionId }));
  return client;
}
