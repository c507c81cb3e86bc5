import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import {
  AssociateFacesCommand,
  CreateCollectionCommand,
  CreateUserCommand,
  DeleteFacesCommand,
  DeleteUserCommand,
  DisassociateFacesCommand,
  type Image,
  IndexFacesCommand,
  ListFacesCommand,
  type ListFacesCommandInput,
  ListUsersCommand,
  RekognitionClient,
} from "@aws-sdk/client-rekognition";
import type { FaceSettings } from "../../local";
import { clientConfig, localAwsForEachTest, manualClock } from "./start";

const CollectionId = "lobby";

describe("Faces of Rekognition users in the local AWS", () => {
  const start = localAwsForEachTest();

  async function lobby(settings?: FaceSettings) {
    const clock = manualClock();
    const transitions = { createMs: 0, modifyMs: 100, deleteMs: 200 };
    const aws = await start({ now: clock.now, transitions, ...(settings && { faces: settings }) });
    const client = new RekognitionClient(clientConfig(aws));
    await client.send(new CreateCollectionCommand({ CollectionId }));
    await client.send(new CreateUserCommand({ CollectionId, UserId: "ann" }));
    await client.send(new CreateUserCommand({ CollectionId, UserId: "bob" }));
    const index = async (image: Image | undefined = { Bytes: new Uint8Array([1]) }, name = "door-1") => {
      const command = new IndexFacesCommand({ CollectionId, Image: image, ExternalImageId: name });
      return (await client.send(command)).FaceRecords?.[0]?.Face?.FaceId ?? "";
    };
    const associate = (UserId: string, ...FaceIds: string[]) =>
      client.send(new AssociateFacesCommand({ CollectionId, UserId, FaceIds }));
    const disassociate = (UserId: string, ...FaceIds: string[]) =>
      client.send(new DisassociateFacesCommand({ CollectionId, UserId, FaceIds }));
    const deleteFaces = (...FaceIds: string[]) =>
      client.send(new DeleteFacesCommand({ CollectionId, FaceIds }));
    const remove = (UserId: string) => client.send(new DeleteUserCommand({ CollectionId, UserId }));
    const faces = async (input: Partial<ListFacesCommandInput> = {}) =>
      (await client.send(new ListFacesCommand({ CollectionId, ...input }))).Faces?.map(
        ({ FaceId }) => FaceId,
      );
    const statusOf = async (id: string) =>
      (await client.send(new ListUsersCommand({ CollectionId }))).Users?.find(({ UserId }) => UserId === id)
        ?.UserStatus;
    return { aws, clock, client, index, associate, disassociate, deleteFaces, remove, faces, statusOf };
  }

  it("are invented for each image", async () => {
    const { client, index, faces } = await lobby();
    const ids = [await index(), await index({ S3Object: { Bucket: "b", Name: "n" } })];
    assert.deepEqual(await faces(), [...ids].sort());
    assert.deepEqual(await faces({ FaceIds: [ids[1] ?? ""] }), [ids[1]]);
    await assert.rejects(index({}), { name: "InvalidParameterException" });
    const listed = await client.send(new ListFacesCommand({ CollectionId, MaxResults: 1 }));
    assert.equal(listed.Faces?.[0]?.ExternalImageId, "door-1");
    assert.deepEqual(await faces({ NextToken: listed.NextToken }), [...ids].sort().slice(1));
  });

  it("make a user UPDATING, then ACTIVE, then CREATED again once none is left", async () => {
    const { aws, clock, index, associate, disassociate, faces, statusOf } = await lobby();
    const face = await index();
    const { AssociatedFaces, UserStatus } = await associate("ann", face);
    assert.deepEqual([AssociatedFaces, UserStatus], [[{ FaceId: face }], "UPDATING"]);
    clock.pass(100);
    assert.equal(await statusOf("ann"), "ACTIVE");
    assert.deepEqual(await faces({ UserId: "ann" }), [face]);
    assert.deepEqual(await faces({ UserId: "bob" }), []);
    assert.deepEqual(aws.users().find(({ id }) => id === "ann")?.attached, { faces: [face] });
    assert.deepEqual((await disassociate("ann", face)).DisassociatedFaces, [{ FaceId: face }]);
    clock.pass(100);
    assert.equal(await statusOf("ann"), "CREATED");
  });

  it("leave a user without any as it is set, for AWS does not tell", async () => {
    const { clock, index, associate, disassociate, statusOf } = await lobby({ statusWithout: "ACTIVE" });
    const face = await index();
    assert.equal(await statusOf("ann"), "CREATED");
    for (const change of [associate, disassociate]) {
      await change("ann", face);
      clock.pass(100);
      assert.equal(await statusOf("ann"), "ACTIVE");
    }
  });

  it("are refused for a user whose other faces they do not match, when the threshold is above", async () => {
    const { client, clock, index, associate } = await lobby({ confidence: { blurred: 60 } });
    const blurred = () => index(undefined, "blurred");
    const [first, second, third] = [await blurred(), await blurred(), await blurred()];
    assert.deepEqual((await associate("ann", first)).UnsuccessfulFaceAssociations, []);
    clock.pass(100);
    assert.deepEqual((await associate("ann", second)).UnsuccessfulFaceAssociations, [
      { FaceId: second, UserId: "ann", Confidence: 60, Reasons: ["LOW_MATCH_CONFIDENCE"] },
    ]);
    const within = (UserMatchThreshold: number) =>
      client.send(
        new AssociateFacesCommand({ CollectionId, UserId: "ann", FaceIds: [third], UserMatchThreshold }),
      );
    assert.deepEqual((await within(60)).AssociatedFaces, [{ FaceId: third }]);
    clock.pass(100);
    await assert.rejects(within(101), { name: "InvalidParameterException" });
  });

  it("that are as they are asked to be are not answered for", async () => {
    const { clock, index, associate, disassociate } = await lobby();
    const face = await index();
    await associate("ann", face);
    clock.pass(100);
    const again = await associate("ann", face);
    assert.deepEqual([again.AssociatedFaces, again.UnsuccessfulFaceAssociations], [[], []]);
    await disassociate("ann", face);
    clock.pass(100);
    const gone = await disassociate("ann", face);
    assert.deepEqual([gone.DisassociatedFaces, gone.UnsuccessfulFaceDisassociations], [[], []]);
  });

  it("keep a user from being deleted while it is UPDATING", async () => {
    const { clock, index, associate, remove } = await lobby();
    await associate("ann", await index());
    await assert.rejects(remove("ann"), { name: "ConflictException" });
    await assert.rejects(associate("ann", await index()), { name: "ConflictException" });
    clock.pass(100);
    await remove("ann");
  });

  it("stay in the collection, free for others, when their user is deleted", async () => {
    const { clock, index, associate, remove, faces } = await lobby();
    const face = await index();
    await associate("ann", face);
    clock.pass(100);
    await remove("ann");
    assert.deepEqual(await faces(), [face]);
    assert.deepEqual((await associate("bob", face)).AssociatedFaces, [{ FaceId: face }]);
    clock.pass(200);
    await assert.rejects(faces({ UserId: "ann" }), { name: "ResourceNotFoundException" });
  });

  it("that cannot be associated are told with their reason in a successful answer", async () => {
    const { clock, index, associate, disassociate, statusOf } = await lobby();
    const [taken, unknown] = [await index(), randomUUID()];
    await associate("ann", taken);
    clock.pass(100);
    const { AssociatedFaces, UnsuccessfulFaceAssociations, UserStatus } = await associate(
      "bob",
      taken,
      unknown,
    );
    assert.deepEqual([AssociatedFaces, UserStatus], [[], "CREATED"]);
    const failures = [
      { FaceId: taken, UserId: "ann", Reasons: ["ASSOCIATED_TO_A_DIFFERENT_USER"] },
      { FaceId: unknown, Reasons: ["FACE_NOT_FOUND"] },
    ];
    assert.deepEqual(UnsuccessfulFaceAssociations, failures);
    const undone = await disassociate("bob", taken, unknown);
    assert.deepEqual(undone.UnsuccessfulFaceDisassociations, failures);
    assert.equal(await statusOf("bob"), "CREATED");
    await assert.rejects(associate("zoe", taken), { name: "ResourceNotFoundException" });
  });

  it("that cannot be deleted are told with their reason in a successful answer", async () => {
    const { index, associate, deleteFaces, faces } = await lobby();
    const [taken, free, unknown] = [await index(), await index(), randomUUID()];
    await associate("ann", taken);
    const { DeletedFaces, UnsuccessfulFaceDeletions } = await deleteFaces(taken, free, unknown);
    assert.deepEqual(DeletedFaces, [free]);
    assert.deepEqual(UnsuccessfulFaceDeletions, [
      { FaceId: taken, UserId: "ann", Reasons: ["ASSOCIATED_TO_AN_EXISTING_USER"] },
      { FaceId: unknown, Reasons: ["FACE_NOT_FOUND"] },
    ]);
    assert.deepEqual(await faces(), [taken]);
  });

  it("are at most 100 for a user, and 100 for a call", async () => {
    const { clock, index, associate } = await lobby();
    const ids = await Promise.all(Array.from({ length: 101 }, () => index()));
    await assert.rejects(associate("ann", ...ids), { name: "InvalidParameterException" });
    await assert.rejects(associate("ann"), { name: "InvalidParameterException" });
    await associate("ann", ...ids.slice(0, 100));
    clock.pass(100);
    await associate("ann", ids[0] ?? "");
    await assert.rejects(associate("ann", ids[100] ?? ""), { name: "ServiceQuotaExceededException" });
  });
});
