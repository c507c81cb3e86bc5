import type { AddressInfo } from "node:net";
import type { LocalAws, LocalAwsOptions } from "../../local";
import type { Answer } from "../../local/answer";
import { createCallLog } from "../../local/callLog";
import { routeOf, signatureOf, type WireRequest } from "../../local/routing";
import { createHttpServer } from "../../local/server";
import { createServices } from "../../local/services";
import { isAbsent } from "./differences";
import { usersOf } from "./users";

/** What the local AWS can be told to do, and moto not. How long changes take is not for moto to know: it is quick. */
const OF_THE_LOCAL_AWS_ALONE = ["pageSize", "faults", "limits", "iamLagMs", "faces", "latency"] as const;

/** A test asks for what only the local AWS can be told to do. */
export class OnlyLocal extends Error {
  override readonly name = "OnlyLocal";
}

/** Moto in the local AWS's place, empty, behind an address that takes down the calls. */
export async function motoAsAws(moto: string, options: LocalAwsOptions): Promise<LocalAws> {
  const asked = OF_THE_LOCAL_AWS_ALONE.find((option) => options[option] !== undefined);
  if (asked !== undefined) throw new OnlyLocal(`moto has no ${asked}`);
  const log = createCallLog();
  const reset = () => fetch(`${moto}/moto-api/reset`, { method: "POST" });
  await reset();
  const server = createHttpServer({
    aws: async (request) => {
      const time = Date.now();
      const signature = signatureOf(request);
      const { service, operation, input } = routeOf(request, signature, SERVICES);
      const answer = await passOn(moto, request, `${service}:${operation}`);
      const error = answer.status < 400 ? {} : { error: errorCodeIn(answer) };
      const { region = "" } = signature ?? {};
      log.add({
        time,
        service,
        operation,
        account: ACCOUNT,
        region,
        parameters: input,
        status: answer.status,
        ...error,
      });
      return answer;
    },
    control: () => ({ status: 404, headers: {}, body: "" }),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "us-east-1",
      AWS_EC2_METADATA_DISABLED: "true",
    },
    calls: () => log.list(),
    users: () => usersOf(moto, new Set(["us-east-1", ...log.list().map(({ region }) => region)])),
    addFaults: () => {
      throw new OnlyLocal("moto has no faults");
    },
    setLastUsed: () => {
      throw new OnlyLocal("moto cannot be told of last uses");
    },
    reset: () => {
      throw new OnlyLocal("moto is reset between tests alone");
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const ACCOUNT = "123456789012";

/** For what requests mean; nothing is carried out here. */
const SERVICES = createServices({
  createMs: 0,
  modifyMs: 0,
  deleteMs: 0,
  groupMs: 0,
  iamLagMs: 0,
  pageSize: 1,
  faces: {},
});

const OF_THE_CONNECTION = /^(host|connection|content-length|transfer-encoding|expect|keep-alive)$/;

/** What moto answers; an operation that it lacks is answered as other stand-ins for AWS do it, by 501. */
async function passOn(
  moto: string,
  { headers, search, body }: WireRequest,
  operation: string,
): Promise<Answer> {
  const sent = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.test(name));
  const response = await fetch(`${moto}/${search}`, {
    method: "POST",
    headers: sent.map(([name, value]): [string, string] => [name, String(value)]),
    body,
  });
  const absent = response.status === 500 && isAbsent(operation);
  return {
    status: absent ? 501 : response.status,
    headers: { "content-type": response.headers.get("content-type") ?? "" },
    body: await response.text(),
  };
}

function errorCodeIn({ body }: Answer): string {
  return /<Code>([^<]+)|"__type":\s*"([^"]+)/.exec(body)?.slice(1).find(Boolean) ?? "NotImplemented";
}
