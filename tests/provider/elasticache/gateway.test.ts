import assert from "node:assert/strict";
import { CreateUserGroupCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { faultOf } from "../../../provider/aws/faults";
import { elastiCacheUser } from "../../../provider/elasticache/kind";
import { clientConfig } from "../../local/start";
import { behavesLikeAUserGateway } from "../gatewayContract";
import { localAwsOfTheEnvironment, SCOPE } from "../localGateway";

const base = {
  region: "us-east-1",
  engine: "redis",
  accessString: "on ~* +@read",
  authentication: { type: "no-password-required" },
};
const args = (userId: string, userName = userId) => ({ ...base, userId, userName });

behavesLikeAUserGateway({
  kind: elastiCacheUser,
  args,
  nameless: () => args("", "ann"),
  emptyId: "",
  creates: { UserId: "ann", UserName: "ann", Engine: "redis", AccessString: "on ~* +@read" },
  denied: "AccessDenied",
  listOperation: "DescribeUsers",
  tagOperations: { put: "AddTagsToResource", remove: "RemoveTagsFromResource" },
  changes: [
    { want: {}, changed: [], sends: [] },
    {
      want: { accessString: "on ~* +@all" },
      changed: ["accessString"],
      sends: [{ operation: "ModifyUser", parameters: { UserId: "ann", AccessString: "on ~* +@all" } }],
    },
    {
      want: { authentication: { type: "iam" } },
      changed: ["authentication"],
      sends: [
        { operation: "ModifyUser", parameters: { UserId: "ann", AuthenticationMode: { Type: "iam" } } },
      ],
    },
    {
      want: { engine: "valkey", authentication: { type: "iam" } },
      changed: ["engine", "authentication"],
      sends: [
        {
          operation: "ModifyUser",
          parameters: { UserId: "ann", Engine: "valkey", AuthenticationMode: { Type: "iam" } },
        },
      ],
    },
  ],
});

describe("The groups that hold on to an ElastiCache user", () => {
  const open = localAwsOfTheEnvironment();

  it("are found on every page, with their status", async () => {
    const aws = await open({ pageSize: 1 });
    const gateway = elastiCacheUser.connect(SCOPE);
    const client = new ElastiCacheClient(clientConfig(aws));
    for (const id of ["ann", "bob"]) await gateway.create(args(id, "default"), id);
    aws.pass();
    for (const [UserGroupId, id] of [
      ["g1", "ann"],
      ["g2", "bob"],
      ["g3", "ann"],
    ] as const) {
      await client.send(new CreateUserGroupCommand({ UserGroupId, Engine: "redis", UserIds: [id] }));
      aws.pass();
    }
    await assert.rejects(
      () => gateway.remove("ann"),
      (error) => faultOf(error, elastiCacheUser.faults) === "blocked",
    );
    const blockers = await gateway.dependents?.list("ann");
    assert.deepEqual(
      blockers?.map(({ id, detail, clearing }) => ({ id, detail, clearing })),
      ["g1", "g3"].map((id) => ({ id, detail: "status active", clearing: false })),
    );
    assert.equal(aws.callsOf("DescribeUserGroups").length, 3);
  });

  it("are those of engine redis alone", async () => {
    const aws = await open();
    const gateway = elastiCacheUser.connect(SCOPE);
    const client = new ElastiCacheClient(clientConfig(aws));
    const authentication = { type: "password", passwords: ["a-password-for-tests"] };
    await gateway.create({ ...args("ann", "default"), authentication }, "token");
    aws.pass();
    for (const Engine of ["redis", "valkey"]) {
      await client.send(new CreateUserGroupCommand({ UserGroupId: Engine, Engine, UserIds: ["ann"] }));
      aws.pass();
    }
    const blockers = await gateway.dependents?.list("ann");
    assert.deepEqual(
      blockers?.map(({ id }) => id),
      ["redis"],
    );
  });
});
