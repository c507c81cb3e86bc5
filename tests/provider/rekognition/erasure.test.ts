import assert from "node:assert/strict";
import { rekognitionUser } from "../../../provider/rekognition/kind";
import { awsError, type Script } from "../fakes";
import { failureOf, stage } from "../stage";

const A = "aaaaaaaa-0000-0000-0000-000000000000";
const B = "bbbbbbbb-0000-0000-0000-000000000000";
const id = "lobby/ann";
const ann = { region: "eu-central-1", collectionId: "lobby", userId: "ann" };
const active = { collectionId: "lobby", userId: "ann", status: "ACTIVE" };
const known = { status: "ACTIVE", accountId: "123456789012", stateVersion: 1 };
const set = (script: Script) => stage(rekognitionUser, script);

const LOST =
  'Rekognition user "lobby/ann" is gone, and its state does not tell which faces it had: none are deleted; if a destroy ' +
  "was cut off after it had deleted the user, some are left: look for those without a UserId in aws rekognition " +
  "list-faces --region eu-central-1 --collection-id lobby";

describe("Destroying a Rekognition user with forceDestroy", () => {
  const declaring = { ...ann, ...known, faceIds: [A] };
  const forced = { ...declaring, forceDestroy: true };
  const refused = (faceId: string, owner?: string) => ({
    id: faceId,
    reason: "ASSOCIATED_TO_AN_EXISTING_USER",
    ...(owner && { owner }),
  });

  it("lists its faces before, and deletes them after it is gone", async () => {
    const { provider, verbs, asked } = set({
      find: [active, active, undefined],
      belongings: [[A, B]],
      remove: [undefined],
      destroy: [[]],
    });
    await provider.delete(id, forced);
    assert.deepEqual(verbs(), ["find", "belongings", "remove", "find", "find", "destroy"]);
    assert.deepEqual(asked("destroy"), [[id, [A, B]]]);
  });

  it("is what deletes faces: without it they are not even listed", async () => {
    const { provider, verbs } = set({ find: [undefined], belongings: [[A]], remove: [undefined] });
    await provider.delete(id, declaring);
    assert.deepEqual(verbs(), ["remove", "find"]);
  });

  it("may be said for one run by the environment", async () => {
    process.env["PULUMI_AWS_USERS_FORCE_DESTROY"] = "lobby/bob, lobby/ann";
    try {
      const { provider, asked } = set({
        find: [active, undefined],
        belongings: [[B]],
        remove: [undefined],
        destroy: [[]],
      });
      await provider.delete(id, { ...ann, ...known });
      assert.deepEqual(asked("destroy"), [[id, [B]]]);
    } finally {
      delete process.env["PULUMI_AWS_USERS_FORCE_DESTROY"];
    }
  });

  it("deletes nothing at all when the faces cannot be listed", async () => {
    const { provider, verbs } = set({
      find: [active],
      belongings: [awsError("AccessDeniedException", "ListFaces")],
    });
    assert.match(
      (await failureOf(provider.delete(id, forced))).message,
      /access was denied to rekognition:ListFaces/,
    );
    assert.deepEqual(verbs(), ["find", "belongings"]);
  });

  it("deletes the faces that the state knows when the user is gone already", async () => {
    const { provider, asked } = set({
      find: [undefined],
      belongings: [[]],
      remove: [undefined],
      destroy: [[]],
    });
    await provider.delete(id, forced);
    assert.deepEqual(asked("destroy"), [[id, [A]]]);
  });

  it("says that it deletes no faces when the user is gone and the state tells of none", async () => {
    const { provider, verbs, said } = set({ find: [undefined], remove: [undefined], destroy: [] });
    await provider.delete(id, { ...ann, ...known, forceDestroy: true });
    assert.equal(verbs().includes("destroy"), false);
    assert.deepEqual(said, [LOST]);
    const refreshed = set({ find: [undefined] });
    await refreshed.provider.read(id, { ...ann, ...known, forceDestroy: true });
    assert.deepEqual(refreshed.said, [LOST]);
    const harmless = set({ find: [undefined], remove: [undefined], destroy: [] });
    await harmless.provider.delete(id, { ...ann, ...known });
    assert.deepEqual(harmless.said, []);
  });

  it("waits for faces that AWS still takes to be the user's, and leaves those of others alone", async () => {
    const { provider, asked, said } = set({
      find: [active, undefined],
      belongings: [[A, B]],
      remove: [undefined],
      destroy: [[refused(A, id), refused(B, "lobby/bob")], []],
    });
    await provider.delete(id, forced);
    assert.deepEqual(
      asked("destroy").map(([, faces]) => faces),
      [[A, B], [A]],
    );
    assert.deepEqual(said, [`face ${B} belongs to Rekognition user "lobby/bob" by now: it is left alone`]);
  });

  it("says which faces AWS did not free in time", async () => {
    const { provider, clock } = set({
      find: [active, undefined],
      belongings: [[A]],
      remove: [undefined],
      destroy: [[refused(A, id)]],
    });
    const { message } = await failureOf(provider.delete(id, { ...forced, timeouts: { delete: "5m" } }));
    assert.match(
      message,
      new RegExp(`the user is gone, but .*1 face \\(${A}\\) could not be deleted \\(waited`),
    );
    assert.match(message, new RegExp(`last seen: ${A}: ASSOCIATED_TO_AN_EXISTING_USER`));
    assert.equal(clock.elapsed(), 300_000);
  });

  it("leaves faces alone that a user made again under the same name has", async () => {
    const { provider, said } = set({
      find: [active, undefined, active],
      belongings: [[A]],
      remove: [undefined],
      destroy: [[refused(A, id)]],
    });
    await provider.delete(id, forced);
    assert.match(said[0] ?? "", /belongs to Rekognition user "lobby\/ann" by now/);
  });

  it("does not take one read that lags for a user made again, and deletes the faces", async () => {
    const { provider, asked, said } = set({
      find: [active, undefined, active, active, undefined],
      belongings: [[A]],
      remove: [undefined],
      destroy: [[refused(A, id)], [refused(A, id)], [refused(A, id)], []],
    });
    await provider.delete(id, forced);
    assert.equal(asked("destroy").length, 4);
    assert.deepEqual(said, []);
  });

  it("names the faces that remain, why, and the command that deletes them", async () => {
    const denied = awsError("AccessDeniedException", "DeleteFaces", "not authorized.");
    const { provider } = set({
      find: [active, undefined],
      belongings: [[A]],
      remove: [undefined],
      destroy: [denied],
    });
    assert.equal(
      (await failureOf(provider.delete(id, forced))).message,
      `deleting Rekognition user "lobby/ann": the user is gone, but not all that belonged to it: 1 face (${A}) could ` +
        "not be deleted (access was denied to rekognition:DeleteFaces (not authorized)). Allow rekognition:DeleteFaces " +
        "to the credentials of this run. The next destroy deletes them, or run: aws rekognition delete-faces " +
        `--region eu-central-1 --collection-id lobby --face-ids ${A}`,
    );
  });

  it("says that no later destroy knows faces that are not in the state, and reports what AWS gives as reason", async () => {
    const { provider, verbs } = set({
      find: [active, undefined],
      belongings: [[A, B]],
      remove: [undefined],
      destroy: [[{ id: B, reason: "SOMETHING_NEW" }]],
    });
    const { message } = await failureOf(provider.delete(id, forced));
    assert.match(
      message,
      new RegExp(`1 face \\(${B}\\) could not be deleted \\(${B}: SOMETHING_NEW\\)\\. The state does`),
    );
    assert.equal(verbs().filter((verb) => verb === "destroy").length, 1);
  });

  it("keeps faces that the program declares: a replacement is no reason to erase a person", async () => {
    const { provider, asked, said } = set({
      find: [active, undefined],
      belongings: [[A, B]],
      remove: [undefined],
      destroy: [[]],
    });
    await provider.check({}, { ...ann, userId: "bob", faceIds: [A] });
    await provider.delete(id, forced);
    assert.deepEqual(asked("destroy"), [[id, [B]]]);
    assert.deepEqual(said, [
      `keeping 1 face (${A}) of Rekognition user "lobby/ann", declared by the program`,
    ]);
  });

  it("that a refresh finds gone is not forgotten in silence: its faces and the command that deletes them are named", async () => {
    const { provider, said } = set({ find: [undefined], belongings: [[]] });
    assert.deepEqual(await provider.read(id, forced), { id: "", props: {} });
    assert.deepEqual(said, [
      `Rekognition user "lobby/ann" is gone and may have left 1 face (${A}): unless it is made again, no destroy will ` +
        "delete them; if they are to go, run: aws rekognition delete-faces --region eu-central-1 --collection-id lobby " +
        `--face-ids ${A}`,
    ]);
    const keeping = set({ find: [undefined], belongings: [[]] });
    await keeping.provider.read(id, declaring);
    assert.deepEqual(keeping.said, []);
  });
});
