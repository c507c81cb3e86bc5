import assert from "node:assert/strict";
import {
  CreateCollectionCommand,
  DeleteCollectionCommand,
  RekognitionClient,
} from "@aws-sdk/client-rekognition";
import type { LocalAws } from "../../../local";
import { rekognitionUser } from "../../../provider/rekognition/kind";
import { clientConfig } from "../../local/start";
import { behavesLikeAUserGateway } from "../gatewayContract";
import { localAwsOfTheEnvironment, SCOPE } from "../localGateway";

const args = (userId: string) => ({ region: "us-east-1", collectionId: "lobby", userId });

async function lobby(aws: LocalAws): Promise<RekognitionClient> {
  const client = new RekognitionClient(clientConfig(aws));
  await client.send(new CreateCollectionCommand({ CollectionId: "lobby" }));
  return client;
}

behavesLikeAUserGateway({
  kind: rekognitionUser,
  args,
  nameless: () => args(""),
  emptyId: "",
  creates: { CollectionId: "lobby", UserId: "ann", ClientRequestToken: "token-lobby-ann" },
  denied: "AccessDeniedException",
  listOperation: "ListUsers",
  changes: [{ want: {}, changed: [], sends: [] }],
  prepare: async (aws) => {
    await lobby(aws);
  },
});

describe("The gateway of Rekognition users in their collections", () => {
  const open = localAwsOfTheEnvironment();

  it("finds a user beyond the first page", async () => {
    const aws = await open({ pageSize: 1 });
    await lobby(aws);
    const gateway = rekognitionUser.connect(SCOPE);
    for (const name of ["ann", "bob"]) await gateway.create(args(name), name);
    aws.pass();
    for (const name of ["ann", "bob"]) {
      assert.deepEqual(await gateway.find(`lobby/${name}`), {
        collectionId: "lobby",
        userId: name,
        status: "CREATED",
      });
    }
  });

  it("takes a missing collection for a missing user, in look-ups and removals, and not in lists", async () => {
    const aws = await open();
    const client = await lobby(aws);
    const gateway = rekognitionUser.connect(SCOPE);
    await gateway.create(args("ann"), "token");
    aws.pass();
    await client.send(new DeleteCollectionCommand({ CollectionId: "lobby" }));
    assert.equal(await gateway.find("lobby/ann"), undefined);
    await gateway.remove("lobby/ann");
    await assert.rejects(() => gateway.page("lobby"), { name: "ResourceNotFoundException" });
    await assert.rejects(() => gateway.create(args("ann"), "other"), { name: "ResourceNotFoundException" });
  });

  it("asks for each removal with a token of its own, so that AWS does not repeat an old answer", async () => {
    const aws = await open();
    await lobby(aws);
    const gateway = rekognitionUser.connect(SCOPE);
    for (let ask = 0; ask < 2; ask++) await gateway.remove("lobby/ann");
    const tokens = aws.callsOf("DeleteUser").map(({ parameters }) => parameters["ClientRequestToken"]);
    assert.equal(new Set(tokens).size, 2);
  });

  it("refuses an id that lacks a part before anything is sent", async () => {
    await open();
    const gateway = rekognitionUser.connect(SCOPE);
    for (const id of ["", "ann", "/ann"]) {
      await assert.rejects(async () => gateway.find(id), /the name of the user is empty/);
      await assert.rejects(async () => gateway.remove(id), /the name of the user is empty/);
    }
    for (const call of [gateway.find, gateway.remove]) {
      await assert.rejects(async () => call("lobby/"), /the name of the user is empty/);
    }
  });
});
