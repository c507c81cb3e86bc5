import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mock } from "node:test";
import { GetUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { DescribeUsersCommand, MemoryDBClient } from "@aws-sdk/client-memorydb";
import { connected } from "../../../provider/aws/clients";
import { faultOf } from "../../../provider/aws/faults";
import { explain } from "../../../provider/lifecycle/explain";
import type { Service } from "../../../provider/service";
import { SERVICES } from "../../../provider/services";
import { withEnvironment } from "../environment";

const WIDE = 200;

describe("The connections of a client", () => {
  withEnvironment({ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_ENDPOINT_URL: undefined });
  const servers: Server[] = [];
  afterEach(() => {
    mock.timers.reset();
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  async function clientOf(answer: RequestListener): Promise<IAMClient> {
    const server = createServer(answer).listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    process.env["AWS_ENDPOINT_URL"] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return connected(IAMClient, { region: "us-east-1", identity: { roles: [] } });
  }

  it("are enough for all calls of a wide run at once", async () => {
    const waiting: (() => void)[] = [];
    const client = await clientOf((_request, response) => {
      waiting.push(() => response.end("<GetUserResponse/>"));
      if (waiting.length === WIDE) for (const answer of waiting) answer();
    });
    const calls = Array.from({ length: WIDE }, () => client.send(new GetUserCommand({ UserName: "ann" })));
    await Promise.all(calls);
    assert.equal(waiting.length, WIDE);
  }).timeout(30_000);

  it("are given up when no answer comes within half a minute, and the call may be made again", async () => {
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const client = await clientOf(() => arrived());
    mock.timers.enable({ apis: ["setTimeout"] });
    const call = assert.rejects(
      client.send(new GetUserCommand({ UserName: "ann" })),
      (error) => faultOf(error, {}) === "transient",
    );
    await arrival;
    mock.timers.tick(30_000);
    await call;
  }).timeout(30_000);

  it("say by which HTTP status what is not AWS has answered, in place of what a parser makes of it", async () => {
    for (const [status, body] of [
      [501, "<!doctype html>\n<html lang=en><title>Not implemented</title>"],
      [502, "a secret of the proxy"],
      [200, "<html>"],
    ] as const) {
      const page: RequestListener = (_request, response) => response.writeHead(status).end(body);
      const iam = await clientOf(page);
      await assert.rejects(
        iam.send(new GetUserCommand({ UserName: "ann" })),
        notOfAws("iam:GetUser", status),
      );
      const memoryDb = connected(MemoryDBClient, { region: "us-east-1", identity: { roles: [] } });
      await assert.rejects(
        memoryDb.send(new DescribeUsersCommand({})),
        notOfAws("iam:DescribeUsers", status),
      );
    }
  });
});

describe("An answer that can be read and is not one of AWS", () => {
  withEnvironment({ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_ENDPOINT_URL: undefined });
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  const PAGES = ["", "{}", '<html xmlns="http://www.w3.org/1999/xhtml"><body>Log in</body></html>'];
  for (const [service, id] of Object.entries({
    memorydb: "ann",
    elasticache: "ann",
    iam: "ann",
    rekognition: "lobby/ann",
  })) {
    it(`is taken neither for the absence of a user of ${service} nor for an empty list`, async () => {
      for (const body of PAGES) {
        const server = createServer((_request, response) => response.end(body)).listen(0, "127.0.0.1");
        servers.push(server);
        await once(server, "listening");
        process.env["AWS_ENDPOINT_URL"] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const kind = await SERVICES[service as Service]();
        const gateway = kind.connect({ region: "us-east-1", identity: { roles: [] } });
        for (const ask of [() => gateway.find(id), () => gateway.page(kind.listing.group(id))]) {
          await assert.rejects(ask, (error) => faultOf(error, kind.faults) === "unclear", body);
        }
      }
    });
  }
});

function notOfAws(action: string, status: number): (error: unknown) => boolean {
  return (error) => {
    assert.equal(faultOf(error, {}), "unclear");
    assert.equal(
      explain(error, "iam", {}).cause,
      `the endpoint does not answer like AWS to ${action} (HTTP ${status} with a body that is not one of AWS)`,
    );
    return true;
  };
}
