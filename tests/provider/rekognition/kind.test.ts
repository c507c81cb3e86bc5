import assert from "node:assert/strict";
import { rekognitionUser } from "../../../provider/rekognition/kind";
import { awsError } from "../fakes";
import { failureOf, stage } from "../stage";

const args = { region: "eu-central-1", collectionId: "lobby", userId: "a:nn" };
const live = { collectionId: "lobby", userId: "a:nn", status: "CREATED" };
const id = "lobby/a:nn";
const state = { ...args, status: "CREATED", accountId: "123456789012", stateVersion: 1 };

describe("A Rekognition user", () => {
  for (const status of ["CREATED", "ACTIVE"]) {
    it(`is ready when ${status}`, async () => {
      const { provider } = stage(rekognitionUser, {
        create: [undefined],
        find: [
          { ...live, status: "CREATING" },
          { ...live, status: "UPDATING" },
          { ...live, status },
        ],
      });
      assert.deepEqual(await provider.create(args), { id, outs: { ...state, status } });
    });
  }

  it("that exists is told from other conflicts by the operation", async () => {
    const conflict = (operation: string) => awsError("ConflictException", operation);
    const exists = stage(rekognitionUser, { create: [conflict("CreateUser")], find: [live] });
    assert.match(
      (await failureOf(exists.provider.create(args))).message,
      /exists in account .*adoptExisting/,
    );
    const busy = stage(rekognitionUser, { remove: [conflict("DeleteUser"), undefined], find: [undefined] });
    await busy.provider.delete(id, state);
    assert.deepEqual(busy.verbs(), ["remove", "remove", "find"]);
  });

  it("cannot be made in a collection that does not exist", async () => {
    const missing = awsError(
      "ResourceNotFoundException",
      "CreateUser",
      "The collection id: lobby does not exist",
    );
    const { provider, verbs } = stage(rekognitionUser, { create: [missing] });
    assert.match(
      (await failureOf(provider.create(args))).message,
      /The collection id: lobby does not exist\.$/,
    );
    assert.deepEqual(verbs(), ["create"]);
  });

  it("is asked for again when AWS loses a deletion: it has no status for a user that is going", async () => {
    const { provider, asked } = stage(rekognitionUser, {
      remove: [undefined],
      find: [() => (asked("remove").length < 2 ? live : undefined)],
    }) as ReturnType<typeof stage>;
    await provider.delete(id, state);
    assert.equal(asked("remove").length, 2);
  });

  it("shows its status and has nothing that could drift", async () => {
    const { provider } = stage(rekognitionUser, { find: [{ ...live, status: "ACTIVE" }] });
    assert.deepEqual(await provider.read(id, state), {
      id,
      props: { ...state, status: "ACTIVE" },
      inputs: args,
    });
  });
});
