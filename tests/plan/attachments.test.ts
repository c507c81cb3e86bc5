import assert from "node:assert/strict";
import {
  AddUserToGroupCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import {
  CreateACLCommand,
  CreateClusterCommand,
  CreateUserCommand as CreateMemoryDbUser,
  MemoryDBClient,
} from "@aws-sdk/client-memorydb";
import {
  AssociateFacesCommand,
  CreateCollectionCommand,
  CreateUserCommand as CreateRekognitionUser,
  IndexFacesCommand,
  RekognitionClient,
} from "@aws-sdk/client-rekognition";
import type { LocalAws } from "../../local";
import { DEPENDENT_KINDS } from "../../provider/iam/dependents";
import type { StackUser } from "../../stack";
import { KINDS } from "../local/nineKinds";
import { clientConfig } from "../local/start";
import { withEnvironment } from "../provider/environment";
import { localAwsOfTheEnvironment } from "../provider/localGateway";
import { fates, inState, NOW, planOf, planOfOne, QUICK } from "./states";

describe("a plan before destroying, for what hangs on a user", () => {
  const begin = localAwsOfTheEnvironment();
  const open = () => begin({ now: () => NOW, transitions: QUICK });
  withEnvironment({ PULUMI_AWS_USERS_FORCE_DESTROY: undefined });

  async function ann(aws: LocalAws, forceDestroy?: unknown): Promise<StackUser> {
    const { User } = await new IAMClient(clientConfig(aws)).send(new CreateUserCommand({ UserName: "ann" }));
    return inState("iam", "ann", { outputs: { uniqueId: User?.UserId, forceDestroy } });
  }

  async function hangAll(aws: LocalAws): Promise<void> {
    for (const { hang } of KINDS) await hang(new IAMClient(clientConfig(aws)));
  }

  const all = (fate: string) => Object.fromEntries(DEPENDENT_KINDS.map((kind) => [kind, fate]));

  it("names all nine kinds with their age, and says that they block", async () => {
    const aws = await open();
    const user = await ann(aws);
    await hangAll(aws);
    const planned = await planOfOne(user);
    assert.deepEqual(fates(planned), all("blocks"));
    assert.equal(planned.outcome, "blocked");
    assert.deepEqual(planned.calls, []);
    assert.match(
      planned.reason ?? "",
      /^blocked by 1 login profile \(ann since 2026-01-01\), 1 access key .*Remove them, or .* PULUMI_AWS_USERS_FORCE_DESTROY=ann\.$/,
    );
    assert.deepEqual(
      planned.attachments.filter(({ madeAt }) => madeAt === undefined).map(({ kind }) => kind),
      ["inlinePolicies", "attachedPolicies", "groups"],
    );
    assert.equal(planned.attachments[1]?.madeAt, "2026-01-01T00:00:00.000Z");
  });

  it("names the calls that remove them where forceDestroy allows it, or the environment does", async () => {
    const aws = await open();
    const user = await ann(aws, true);
    await hangAll(aws);
    const planned = await planOfOne(user);
    assert.deepEqual(fates(planned), all("purged"));
    assert.deepEqual([planned.outcome, planned.reason], ["deleted", null]);
    assert.deepEqual(planned.calls.at(-1), { action: "iam:DeleteUser", times: 1 });
    assert.equal(planned.calls.length, 11);
    for (const ids of ["ann", "*"]) {
      process.env["PULUMI_AWS_USERS_FORCE_DESTROY"] = ids;
      const forced = await planOfOne({ ...user, outputs: { ...user.outputs, forceDestroy: false } });
      assert.deepEqual(forced.calls, planned.calls);
    }
  });

  it("says what could be removed, and is not because forceDestroy does not name the rest", async () => {
    const aws = await open();
    const user = await ann(aws, { groups: true });
    const iam = new IAMClient(clientConfig(aws));
    await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
    await iam.send(new CreateGroupCommand({ GroupName: "Ops" }));
    await iam.send(new AddUserToGroupCommand({ UserName: "ann", GroupName: "Ops" }));
    const planned = await planOfOne(user);
    assert.deepEqual(fates(planned), { accessKeys: "blocks", groups: "purgeable" });
    assert.match(planned.reason ?? "", /^blocked by 1 access key \(AKIA\w+ since 2026-01-01\)\. /);
    assert.deepEqual(planned.calls, []);
  });

  it("tells when keys and the password were last used, and warns of those of the last seven days", async () => {
    const aws = await open();
    const user = await ann(aws, true);
    const iam = new IAMClient(clientConfig(aws));
    const keys = [];
    for (const use of ["2025-12-25T00:00:00Z", "2025-12-24T23:59:59Z"]) {
      const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
      const accessKeyId = AccessKey?.AccessKeyId ?? "";
      keys.push(accessKeyId);
      aws.setLastUsed({ accessKeyId, at: use, service: "s3", region: "us-east-1" });
    }
    await iam.send(new CreateLoginProfileCommand({ UserName: "ann", Password: "long enough" }));
    aws.setLastUsed({ userName: "ann", at: "2025-12-31T22:00:00Z" });
    const { users, warnings } = await planOf([user]);
    const used = { service: "s3", region: "us-east-1" };
    assert.deepEqual(
      Object.fromEntries(users[0]?.attachments.map(({ id, lastUsed }) => [id, lastUsed]) ?? []),
      {
        ann: { at: "2025-12-31T22:00:00.000Z" },
        [keys[0] ?? ""]: { at: "2025-12-25T00:00:00.000Z", ...used },
        [keys[1] ?? ""]: { at: "2025-12-24T23:59:59.000Z", ...used },
      },
    );
    assert.deepEqual(
      warnings.map(({ code, urn, text }) => [code, urn, text]),
      [
        ["recentlyUsed", user.urn, 'IAM user "ann": login profile was used 2 hours ago'],
        [
          "recentlyUsed",
          user.urn,
          `IAM user "ann": access key ${keys[0]} was used 7 days ago for s3 in us-east-1`,
        ],
      ],
    );
    assert.equal(aws.callsOf("GetAccessKeyLastUsed").length, 2);
  });

  it("tells which faces of a Rekognition user stay, and which go with forceDestroy", async () => {
    const aws = await open();
    const rekognition = new RekognitionClient(clientConfig(aws));
    const CollectionId = "lobby";
    await rekognition.send(new CreateCollectionCommand({ CollectionId }));
    const faces: string[] = [];
    for (let count = 0; count < 3; count++) {
      const Image = { Bytes: new Uint8Array([1]) };
      const { FaceRecords } = await rekognition.send(new IndexFacesCommand({ CollectionId, Image }));
      faces.push(FaceRecords?.[0]?.Face?.FaceId ?? "");
    }
    for (const UserId of ["dan", "eve"]) {
      await rekognition.send(new CreateRekognitionUser({ CollectionId, UserId }));
    }
    const FaceIds = faces.slice(0, 2);
    await rekognition.send(new AssociateFacesCommand({ CollectionId, UserId: "dan", FaceIds }));
    const before = aws.callsOf("ListFaces").length;
    const { users } = await planOf([
      inState("rekognition", "lobby/dan"),
      inState("rekognition", "lobby/eve"),
    ]);
    assert.deepEqual(
      users.map(({ calls, attachments }) => [
        calls,
        attachments.map(({ id, fate }) => `${id} ${fate}`).sort(),
      ]),
      [
        [[{ action: "rekognition:DeleteUser", times: 1 }], FaceIds.map((id) => `${id} freed`).sort()],
        [[{ action: "rekognition:DeleteUser", times: 1 }], []],
      ],
    );
    // A user that is CREATED has no faces: nothing is asked.
    assert.equal(aws.callsOf("ListFaces").length, before + 1);
    const erased = await planOfOne(inState("rekognition", "lobby/dan", { outputs: { forceDestroy: true } }));
    assert.deepEqual(erased.calls, [
      { action: "rekognition:DeleteUser", times: 1 },
      { action: "rekognition:DeleteFaces", times: 1 },
    ]);
    assert.deepEqual(
      erased.attachments.map(({ fate }) => fate),
      ["purged", "purged"],
    );
    const gone = inState("rekognition", "lobby/gone", {
      outputs: { forceDestroy: true, faceIds: [FaceIds[0]] },
    });
    const { outcome, calls, attachments } = await planOfOne(gone);
    assert.deepEqual([outcome, calls], ["gone", [{ action: "rekognition:DeleteFaces", times: 1 }]]);
    assert.deepEqual(attachments, [{ kind: "faceIds", noun: "face", id: FaceIds[0], fate: "purged" }]);
    const { warnings } = await planOf([
      inState("rekognition", "lobby/gone", { outputs: { forceDestroy: true } }),
    ]);
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ["notKnown"],
    );
    assert.match(
      warnings[0]?.text ?? "",
      /"lobby\/gone" is gone, and its state does not tell which faces it had/,
    );
  });

  it("does without what these credentials may not see, says so once, and soon stops asking", async () => {
    const aws = await open();
    const iam = new IAMClient(clientConfig(aws));
    const names = Array.from({ length: 17 }, (_, number) => `user${number}`);
    for (const UserName of names) {
      await iam.send(new CreateUserCommand({ UserName }));
      await iam.send(new CreateAccessKeyCommand({ UserName }));
    }
    await iam.send(new CreateAccessKeyCommand({ UserName: "user0" }));
    aws.addFaults({ operation: "iam:GetAccessKeyLastUsed", error: { code: "AccessDenied" } });
    const { users, warnings } = await planOf(
      names.map((name) => inState("iam", name, { outputs: { forceDestroy: true } })),
    );
    assert.deepEqual(users[0]?.calls, [
      { action: "iam:DeleteAccessKey", times: 2 },
      { action: "iam:DeleteUser", times: 1 },
    ]);
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0]?.text ?? "",
      /^It is not known when each access key was last used\. IAM users: access was denied to iam:GetAccessKeyLastUsed .*Allow/,
    );
    assert.ok(aws.callsOf("GetAccessKeyLastUsed").length < 18);
  });

  it("names the ACLs that lose a MemoryDB user, and warns of the clusters that cut its connections", async () => {
    const aws = await open();
    const memorydb = new MemoryDBClient(clientConfig(aws));
    const AuthenticationMode = { Type: "iam" } as const;
    for (const UserName of ["bob", "eve"]) {
      await memorydb.send(new CreateMemoryDbUser({ UserName, AccessString: "on ~*", AuthenticationMode }));
    }
    await memorydb.send(new CreateACLCommand({ ACLName: "app", UserNames: ["bob"] }));
    await memorydb.send(new CreateACLCommand({ ACLName: "idle", UserNames: ["bob"] }));
    for (const ClusterName of ["carts", "shop"]) {
      await memorydb.send(
        new CreateClusterCommand({ ClusterName, NodeType: "db.t4g.small", ACLName: "app" }),
      );
    }
    const { users, warnings } = await planOf([inState("memorydb", "bob"), inState("memorydb", "eve")]);
    assert.deepEqual(
      users[0]?.attachments.map(({ noun, id, fate }) => `${noun} ${id} ${fate}`),
      ["ACL app detached", "ACL idle detached", "cluster carts disconnected", "cluster shop disconnected"],
    );
    assert.deepEqual(users[1]?.attachments, []);
    assert.deepEqual(
      warnings.map(({ code, text }) => [code, text]),
      [["inUse", 'MemoryDB user "bob" (us-east-1): its connections to clusters carts, shop will be cut']],
    );
    assert.equal(aws.callsOf("DescribeACLs").length, 1);
  });
});
