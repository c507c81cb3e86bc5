import assert from "node:assert/strict";
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeleteUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  GetUserCommand,
  IAMClient,
  ListUserPoliciesCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  paginateListUsers,
  TagUserCommand,
  UntagUserCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import type { LocalAwsOptions } from "../../local";
import { clientConfig, localAwsForEachTest, manualClock } from "./start";

const READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

describe("IAM users in the local AWS", () => {
  const start = localAwsForEachTest();
  const startIam = async (options?: LocalAwsOptions) => new IAMClient(clientConfig(await start(options)));

  it("are created with path, tags and boundary, and shown with all of it", async () => {
    const clock = manualClock();
    const iam = await startIam({ now: clock.now });
    const Tags = [{ Key: "team", Value: "" }];
    await iam.send(
      new CreateUserCommand({ UserName: "Ann", Path: "/ci/", Tags, PermissionsBoundary: READ_ONLY }),
    );
    const { User } = await iam.send(new GetUserCommand({ UserName: "Ann" }));
    assert.match(User?.UserId ?? "", /^AIDA[A-Z2-7]{17}$/);
    assert.deepEqual(
      { ...User, UserId: "" },
      {
        Path: "/ci/",
        UserName: "Ann",
        UserId: "",
        Arn: "arn:aws:iam::123456789012:user/ci/Ann",
        CreateDate: new Date(clock.now()),
        PermissionsBoundary: {
          PermissionsBoundaryType: "PermissionsBoundaryPolicy",
          PermissionsBoundaryArn: READ_ONLY,
        },
        Tags,
      },
    );
  });

  it("have names that are unique whatever their case", async () => {
    const iam = await startIam();
    await iam.send(new CreateUserCommand({ UserName: "Ann" }));
    await assert.rejects(iam.send(new CreateUserCommand({ UserName: "ANN" })), {
      name: "EntityAlreadyExistsException",
      message: "User with name ANN already exists.",
    });
    assert.equal((await iam.send(new GetUserCommand({ UserName: "ann" }))).User?.UserName, "Ann");
  });

  it("are refused with bad names, paths, boundaries and tags", async () => {
    const iam = await startIam();
    const create = (input: object) => iam.send(new CreateUserCommand({ UserName: "ann", ...input }));
    const named = (name: string) => ({ name });
    await assert.rejects(create({ UserName: undefined }), /Value null at 'userName'.*must not be null/);
    for (const UserName of ["", "a b", "a".repeat(65)]) {
      await assert.rejects(create({ UserName }), named("ValidationError"));
    }
    await assert.rejects(create({ Path: "ci" }), named("ValidationError"));
    await assert.rejects(create({ PermissionsBoundary: "short" }), named("ValidationError"));
    await assert.rejects(
      create({ PermissionsBoundary: "long-enough-but-no-arn" }),
      named("InvalidInputException"),
    );
    await assert.rejects(
      create({ PermissionsBoundary: "arn:aws:iam::123456789012:policy/none" }),
      named("NoSuchEntityException"),
    );
    await assert.rejects(create({ Tags: [{ Key: "aws:x", Value: "" }] }), named("InvalidInputException"));
    const twice = ["a", "A"].map((Key) => ({ Key, Value: "" }));
    await assert.rejects(create({ Tags: twice }), named("InvalidInputException"));
    const many = Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: "" }));
    await assert.rejects(create({ Tags: many }), named("ValidationError"));
  });

  it("refuse an empty name instead of taking the caller for it", async () => {
    const iam = await startIam();
    for (const command of [
      new GetUserCommand({ UserName: "" }),
      new DeleteUserCommand({ UserName: "" }),
      new CreateAccessKeyCommand({ UserName: "" }),
    ]) {
      await assert.rejects((iam.send as (c: typeof command) => Promise<unknown>)(command), {
        name: "ValidationError",
      });
    }
  });

  it("are the caller when a request leaves out the name", async () => {
    const aws = await start();
    const iam = new IAMClient(clientConfig(aws));
    const root = await iam.send(new GetUserCommand({}));
    assert.equal(root.User?.Arn, "arn:aws:iam::123456789012:root");
    await iam.send(new CreateUserCommand({ UserName: "ann" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
    const asAnn = new IAMClient(clientConfig(aws, AccessKey?.AccessKeyId));
    assert.equal((await asAnn.send(new GetUserCommand({}))).User?.UserName, "ann");
  });

  it("are listed page by page, without tags and boundary", async () => {
    const iam = await startIam({ pageSize: 2 });
    for (const UserName of ["eve", "Bob", "ann", "dan", "cid"]) {
      await iam.send(new CreateUserCommand({ UserName, Path: "/x/", Tags: [{ Key: "a", Value: "b" }] }));
    }
    const pages: string[][] = [];
    for await (const { Users = [] } of paginateListUsers({ client: iam }, {})) {
      pages.push(Users.map(({ UserName = "" }) => UserName));
      assert.ok(Users.every((user) => user.Tags === undefined));
    }
    assert.deepEqual(pages, [["ann", "Bob"], ["cid", "dan"], ["eve"]]);
    const elsewhere = await iam.send(new ListUsersCommand({ PathPrefix: "/y/" }));
    assert.deepEqual([elsewhere.Users, elsewhere.IsTruncated], [[], false]);
    await assert.rejects(iam.send(new ListUsersCommand({ MaxItems: 1001 })), { name: "ValidationError" });
    await assert.rejects(iam.send(new ListUsersCommand({ Marker: "made-up" })), { name: "ValidationError" });
  });

  it("keep id and belongings when renamed and moved", async () => {
    const iam = await startIam();
    const { User } = await iam.send(new CreateUserCommand({ UserName: "ann" }));
    await iam.send(new PutUserPolicyCommand({ UserName: "ann", PolicyName: "p", PolicyDocument: "{}" }));
    await iam.send(new UpdateUserCommand({ UserName: "ann", NewUserName: "Anna", NewPath: "/ci/" }));
    const renamed = (await iam.send(new GetUserCommand({ UserName: "anna" }))).User;
    assert.equal(renamed?.UserId, User?.UserId);
    assert.equal(renamed?.Arn, "arn:aws:iam::123456789012:user/ci/Anna");
    const { PolicyNames } = await iam.send(new ListUserPoliciesCommand({ UserName: "Anna" }));
    assert.deepEqual(PolicyNames, ["p"]);
    await assert.rejects(iam.send(new GetUserCommand({ UserName: "ann" })), {
      name: "NoSuchEntityException",
      message: "The user with name ann cannot be found.",
    });
    await iam.send(new UpdateUserCommand({ UserName: "anna", NewUserName: "ANNA" }));
    await iam.send(new CreateUserCommand({ UserName: "bob" }));
    await assert.rejects(iam.send(new UpdateUserCommand({ UserName: "bob", NewUserName: "anna" })), {
      name: "EntityAlreadyExistsException",
    });
  });

  it("have another id when they are made anew", async () => {
    const iam = await startIam();
    const make = async () => (await iam.send(new CreateUserCommand({ UserName: "ann" }))).User?.UserId;
    const first = await make();
    await iam.send(new DeleteUserCommand({ UserName: "ann" }));
    assert.notEqual(await make(), first);
    await iam.send(new DeleteUserCommand({ UserName: "ann" }));
    await assert.rejects(iam.send(new DeleteUserCommand({ UserName: "ann" })), {
      name: "NoSuchEntityException",
    });
  });

  it("take and lose tags, whose keys are the same whatever their case", async () => {
    const iam = await startIam();
    const tag = (...keys: string[]) =>
      iam.send(new TagUserCommand({ UserName: "ann", Tags: keys.map((Key) => ({ Key, Value: "v" })) }));
    await iam.send(new CreateUserCommand({ UserName: "ann" }));
    await tag("a", "b");
    await tag("A", "c");
    await iam.send(new UntagUserCommand({ UserName: "ann", TagKeys: ["B", "none"] }));
    const { Tags = [] } = await iam.send(new ListUserTagsCommand({ UserName: "ann" }));
    assert.deepEqual(
      Tags.map(({ Key }) => Key),
      ["A", "c"],
    );
    await assert.rejects(tag(...Array.from({ length: 49 }, (_, i) => `k${i}`)), {
      name: "LimitExceededException",
    });
  });

  it("take and lose a permissions boundary, which does not block deletion but its policy", async () => {
    const iam = await startIam();
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: "bound", PolicyDocument: "{}" }));
    await iam.send(new CreateUserCommand({ UserName: "ann" }));
    const put = new PutUserPermissionsBoundaryCommand({ UserName: "ann", PermissionsBoundary: Policy?.Arn });
    const remove = new DeleteUserPermissionsBoundaryCommand({ UserName: "ann" });
    const removePolicy = new DeletePolicyCommand({ PolicyArn: Policy?.Arn });
    await iam.send(put);
    await assert.rejects(iam.send(removePolicy), { name: "DeleteConflictException" });
    await iam.send(remove);
    await assert.rejects(iam.send(remove), { name: "NoSuchEntityException" });
    await iam.send(put);
    await iam.send(new DeleteUserCommand({ UserName: "ann" }));
    await iam.send(removePolicy);
  });
});

describe("IAM reads that lag behind writes in the local AWS", () => {
  const start = localAwsForEachTest();

  it("show a user only later, while writes know it at once", async () => {
    const clock = manualClock();
    const iam = new IAMClient(clientConfig(await start({ iamLagMs: 1000, now: clock.now })));
    const get = () => iam.send(new GetUserCommand({ UserName: "ann" }));
    const names = async () =>
      (await iam.send(new ListUsersCommand({}))).Users?.map(({ UserName }) => UserName);
    await iam.send(new CreateUserCommand({ UserName: "ann" }));
    await iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn: READ_ONLY }));
    await assert.rejects(get(), { name: "NoSuchEntityException" });
    assert.deepEqual(await names(), []);
    clock.pass(1000);
    await get();
    assert.deepEqual(await names(), ["ann"]);
  });

  it("show a deleted user for a while, which can be made anew meanwhile", async () => {
    const clock = manualClock();
    const iam = new IAMClient(clientConfig(await start({ iamLagMs: 1000, now: clock.now })));
    const create = async () => (await iam.send(new CreateUserCommand({ UserName: "ann" }))).User?.UserId;
    const seen = async () => (await iam.send(new GetUserCommand({ UserName: "ann" }))).User?.UserId;
    const first = await create();
    clock.pass(5000);
    await iam.send(new DeleteUserCommand({ UserName: "ann" }));
    assert.equal(await seen(), first);
    clock.pass(500);
    const second = await create();
    clock.pass(499);
    assert.equal(await seen(), first);
    clock.pass(1);
    await assert.rejects(seen(), { name: "NoSuchEntityException" });
    clock.pass(500);
    assert.equal(await seen(), second);
  });
});
