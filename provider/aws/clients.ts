import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { systemClock } from "../wait/clock";
import { faultOf, nameOperation } from "./faults";
import { type Pacer, pacer } from "./pacing";
import type { Identity, Role, Scope } from "./scope";

/** What every AWS client of this provider is made with. */
interface ClientOptions {
  readonly region: string;
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
    readonly httpAgent: { readonly maxSockets: number };
    readonly httpsAgent: { readonly maxSockets: number };
  };
  readonly profile?: string;
  readonly credentials?: CredentialsSource;
}

type CredentialsSource = Credentials | (() => Promise<Credentials>);

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** A connection that is not made, or an answer that does not come, within these times is a transient fault. */
const CONNECT_TIMEOUT_MS = 5_000;
const ANSWER_TIMEOUT_MS = 30_000;
/**
 * As many calls as a wide run of the engine makes at once. The SDK would let 50 through, and count the time for which
 * the others queue as time to connect.
 */
const SOCKETS = { maxSockets: 400 };

/**
 * An AWS client for a scope. Endpoints follow the SDK's own variables and shared configuration. The SDK does not retry:
 * the operation's deadline decides how long to go on. Calls of each operation are paced.
 *
 * @param documentedRate Calls a second that AWS documents for each operation of the service.
 */
export function connected<Client extends { readonly middlewareStack: object }>(
  Service: new (options: ClientOptions) => Client,
  { region, identity }: Scope,
  documentedRate?: number,
): Client {
  const credentials = credentialsOf(identity, region);
  return observed(
    new Service({
      region,
      maxAttempts: 1,
      requestHandler: {
        connectionTimeout: CONNECT_TIMEOUT_MS,
        requestTimeout: ANSWER_TIMEOUT_MS,
        // Without it the SDK writes a warning and goes on waiting, past every deadline.
        throwOnRequestTimeout: true,
        httpAgent: SOCKETS,
        httpsAgent: SOCKETS,
      },
      ...(identity.profile !== undefined && { profile: identity.profile }),
      ...(credentials !== undefined && { credentials }),
    }),
    documentedRate,
  );
}

/** Sees every call go and come: paces it, and makes its error remember which operation it answered. */
function observed<Client extends { readonly middlewareStack: object }>(
  client: Client,
  documentedRate?: number,
): Client {
  const pacers = new Map<string, Pacer>();
  (client.middlewareStack as STSClient["middlewareStack"]).add(
    (next, context) => async (args) => {
      const operation = String(context["commandName"]).replace(/Command$/, "");
      const pace = pacers.get(operation) ?? pacer(systemClock, documentedRate);
      pacers.set(operation, pace);
      let sentAt = Number.NEGATIVE_INFINITY;
      try {
        await pace.turn();
        sentAt = systemClock.now();
        const answer = await next(args);
        pace.accepted();
        return answer;
      } catch (error) {
        nameOperation(error, operation);
        if (faultOf(error, {}) === "throttled") pace.throttled(sentAt);
        throw error;
      }
    },
    { step: "initialize", name: "observeOperation" },
  );
  return client;
}

/** The region of the environment or of the shared AWS configuration, if any. */
export async function defaultRegion(identity: Identity): Promise<string | undefined> {
  const fromEnvironment = process.env["AWS_REGION"] || process.env["AWS_DEFAULT_REGION"];
  if (fromEnvironment) return fromEnvironment;
  const { profile } = identity;
  try {
    return await new STSClient(profile === undefined ? {} : { profile }).config.region();
  } catch (error) {
    if (error instanceof Error && error.message === "Region is missing") return undefined;
    throw error;
  }
}

function credentialsOf(identity: Identity, region: string): CredentialsSource | undefined {
  return identity.roles.reduce<CredentialsSource | undefined>(
    (source, role) => assuming(role, region, identity.profile, source),
    identity.keys,
  );
}

/** The SDK asks again shortly before the expiration that is returned here. */
function assuming(
  role: Role,
  region: string,
  profile: string | undefined,
  source: CredentialsSource | undefined,
): CredentialsSource {
  const sts = observed(
    new STSClient({
      region,
      ...(profile !== undefined && { profile }),
      ...(source !== undefined && { credentials: source }),
    }),
  );
  return async () => {
    const { Credentials: found } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName ?? "pulumi-aws-users",
        ...(role.externalId !== undefined && { ExternalId: role.externalId }),
        ...(role.durationSeconds !== undefined && { DurationSeconds: role.durationSeconds }),
      }),
    );
    return {
      accessKeyId: found?.AccessKeyId ?? "",
      secretAccessKey: found?.SecretAccessKey ?? "",
      ...(found?.SessionToken !== undefined && { sessionToken: found.SessionToken }),
      ...(found?.Expiration !== undefined && { expiration: found.Expiration }),
    };
  };
}
