import assert from "node:assert/strict";
import {
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteUserCommand,
  GetUserCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { type LocalAws, startLocalAws } from "../../local";
import { clientConfig, localAwsForEachTest, manualClock } from "./start";

const SIGNED =
  "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0";

describe("the local AWS", () => {
  const start = localAwsForEachTest();

  it("is found by an SDK through the environment that it gives", async () => {
    const aws = await start();
    assert.equal(aws.env["AWS_ENDPOINT_URL"], aws.endpoint);
    assert.match(aws.endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(Object.keys(aws.env).sort(), [
      "AWS_ACCESS_KEY_ID",
      "AWS_EC2_METADATA_DISABLED",
      "AWS_ENDPOINT_URL",
      "AWS_REGION",
      "AWS_SECRET_ACCESS_KEY",
    ]);
  });

  it("answers an unknown query action as AWS does", async () => {
    const { status, body, requestId } = await post(await start(), "Action=Fly&Version=2010-05-08");
    assert.equal(status, 400);
    assert.match(body, /<Type>Sender<\/Type><Code>InvalidAction<\/Code>/);
    assert.match(body, /<Message>Could not find operation Fly for version 2010-05-08<\/Message>/);
    assert.ok(requestId && body.includes(`<RequestId>${requestId}</RequestId>`));
  });

  it("answers a known action of an unknown version as an unknown one", async () => {
    const { body } = await post(await start(), "Action=GetUser&Version=1999-01-01");
    assert.match(body, /Could not find operation GetUser for version 1999-01-01/);
  });

  it("answers an unknown JSON target as AWS does", async () => {
    const headers = { "x-amz-target": "Nothing.Fly", authorization: SIGNED };
    const { status, body, requestId } = await post(await start(), "{}", headers);
    assert.equal(status, 400);
    assert.equal(JSON.parse(body).__type, "UnknownOperationException");
    assert.ok(requestId);
  });

  it("refuses requests that nobody signed", async () => {
    const aws = await start();
    const query = await post(aws, "Action=GetUser&Version=2010-05-08", { authorization: "" });
    assert.equal(query.status, 403);
    assert.match(query.body, /<Code>MissingAuthenticationToken<\/Code>/);
    const json = await post(aws, "{}", { authorization: "", "x-amz-target": "AmazonMemoryDB.DescribeUsers" });
    assert.equal(json.status, 403);
    assert.equal(JSON.parse(json.body).__type, "MissingAuthenticationTokenException");
  });

  it("asks for an action when there is none", async () => {
    assert.match((await post(await start(), "")).body, /<Code>MissingAction<\/Code>/);
  });

  it("keeps accounts apart", async () => {
    const aws = await start();
    await iamOf(aws).send(new CreateUserCommand({ UserName: "ann" }));
    const other = new IAMClient(clientConfig(aws, "222222222222"));
    await assert.rejects(other.send(new GetUserCommand({ UserName: "ann" })), {
      name: "NoSuchEntityException",
    });
  });

  it("records calls with their parameters, but no secrets", async () => {
    const clock = manualClock();
    const aws = await start({ now: clock.now });
    const iam = iamOf(aws);
    await iam.send(new CreateUserCommand({ UserName: "ann" }));
    await iam.send(new CreateLoginProfileCommand({ UserName: "ann", Password: "marker-secret" }));
    await assert.rejects(iam.send(new DeleteUserCommand({ UserName: "ann" })));
    const base = { time: clock.now(), service: "iam", account: "123456789012", region: "us-east-1" };
    const parameters = { UserName: "ann" };
    assert.deepEqual(aws.calls(), [
      { ...base, operation: "CreateUser", parameters, status: 200 },
      { ...base, operation: "CreateLoginProfile", parameters, status: 200 },
      { ...base, operation: "DeleteUser", parameters, status: 409, error: "DeleteConflict" },
    ]);
  });

  it("refuses hosts that are not loopback, and numbers out of range", async () => {
    await assert.rejects(startLocalAws({ host: "0.0.0.0" }), /not a loopback address/);
    await assert.rejects(startLocalAws({ pageSize: 0 }), RangeError);
    await assert.rejects(startLocalAws({ port: 70_000 }), RangeError);
    await assert.rejects(startLocalAws({ transitions: { deleteMs: -1 } }), RangeError);
  });

  it("says that a port is taken", async () => {
    const aws = await start();
    await assert.rejects(startLocalAws({ port: Number(new URL(aws.endpoint).port) }), { code: "EADDRINUSE" });
  });

  it("closes although a client keeps its connection and a call is under way", async () => {
    const aws = await start({ faults: [{ operation: "DeleteUser", delayMs: 600_000 }] });
    const iam = iamOf(aws);
    await iam.send(new CreateUserCommand({ UserName: "ann" }));
    const hanging = assert.rejects(iam.send(new DeleteUserCommand({ UserName: "ann" })));
    await aws.close();
    await hanging;
  });
});

describe("faults in the local AWS", () => {
  const start = localAwsForEachTest();

  it("refuse a call without carrying it out", async () => {
    const aws = await start({
      faults: [{ operation: "CreateUser", calls: [1], error: { code: "Throttling" } }],
    });
    const create = () => iamOf(aws).send(new CreateUserCommand({ UserName: "ann" }));
    await assert.rejects(create(), { name: "Throttling", message: "Rate exceeded" });
    assert.deepEqual(aws.users(), []);
    await create();
    assert.equal(aws.users().length, 1);
  });

  it("cut the connection before or after the operation", async () => {
    const aws = await start();
    const create = (UserName: string) => iamOf(aws).send(new CreateUserCommand({ UserName }));
    aws.addFaults(
      { operation: "iam:CreateUser", where: { UserName: "ann" }, reset: "before" },
      { operation: "iam:CreateUser", where: { UserName: "bob" }, reset: "after" },
    );
    await assert.rejects(create("ann"), { code: "ECONNRESET" });
    await assert.rejects(create("bob"), { code: "ECONNRESET" });
    assert.deepEqual(
      aws.users().map(({ id }) => id),
      ["bob"],
    );
    assert.deepEqual(
      aws.calls().map(({ status, error }) => [status, error]),
      [
        [0, "ConnectionReset"],
        [0, "ConnectionReset"],
      ],
    );
  });

  it("come from limits too, with the service's throttling error", async () => {
    const aws = await start({ limits: [{ operation: "iam:GetUser", perSecond: 1 }], now: manualClock().now });
    const get = () => iamOf(aws).send(new GetUserCommand({}));
    await get();
    await assert.rejects(get(), { name: "Throttling" });
  });
});

describe("the control of the local AWS over HTTP", () => {
  const start = localAwsForEachTest();

  it("shows calls and users, takes faults, and resets", async () => {
    const aws = await start();
    const create = () => iamOf(aws).send(new CreateUserCommand({ UserName: "ann" }));
    await create();
    assert.deepEqual(JSON.parse((await control(aws, "GET", "users")).body), aws.users());
    assert.deepEqual(JSON.parse((await control(aws, "GET", "calls")).body), aws.calls());

    const faults = [{ operation: "iam:DeleteUser", error: { code: "DeleteConflict" } }];
    assert.equal((await control(aws, "POST", "faults", JSON.stringify(faults))).status, 200);
    await assert.rejects(iamOf(aws).send(new DeleteUserCommand({ UserName: "ann" })), {
      name: "DeleteConflictException",
    });

    await control(aws, "POST", "reset");
    assert.deepEqual([aws.users(), aws.calls()], [[], []]);
    await create();
    await iamOf(aws).send(new DeleteUserCommand({ UserName: "ann" }));
  });

  it("says what is wrong with faults and addresses", async () => {
    const aws = await start();
    const refused = await control(aws, "POST", "faults", '[{"operation":"DeleteUser"}]');
    assert.equal(refused.status, 400);
    assert.match(JSON.parse(refused.body).error, /needs error, reset or delayMs/);
    assert.equal((await control(aws, "POST", "faults", "nonsense")).status, 400);
    assert.equal((await control(aws, "GET", "nothing")).status, 404);
  });
});

function iamOf(aws: LocalAws): IAMClient {
  return new IAMClient(clientConfig(aws));
}

interface Answered {
  readonly status: number;
  readonly body: string;
  readonly requestId: string | null;
}

async function post(aws: LocalAws, body: string, headers: Record<string, string> = {}): Promise<Answered> {
  const form = { "content-type": "application/x-www-form-urlencoded", authorization: SIGNED };
  const response = await fetch(aws.endpoint, { method: "POST", body, headers: { ...form, ...headers } });
  const requestId = response.headers.get("x-amzn-requestid");
  return { status: response.status, body: await response.text(), requestId };
}

async function control(
  aws: LocalAws,
  method: string,
  path: string,
  body?: string,
): Promise<Omit<Answered, "requestId">> {
  const response = await fetch(`${aws.endpoint}/_local/${path}`, {
    method,
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, body: await response.text() };
}
