import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { startLocalAws } from "../../local";
import { JobFailure } from "./failure";

/** What an SDK client is made with: everything, or where empty what the environment says. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The AWS that the job works on. */
export interface Account {
  readonly kind: "local" | "real";
  /** Who the credentials belong to, as an ARN; its fifth part is the account. */
  readonly caller: string;
  readonly id: string;
  readonly region: string;
  readonly clientConfig: ClientConfig;
  /** For the engine and the providers; undefined takes a variable away. */
  readonly env: Readonly<Record<string, string | undefined>>;
  close(): Promise<void>;
}

/** Slow enough that waiting can be seen, fast enough that nobody has to. */
const LOCAL_TIMES = { createMs: 500, modifyMs: 500, deleteMs: 1000, groupMs: 500 };

/** An AWS in the memory of this process. */
export async function localAccount(): Promise<Account> {
  const aws = await startLocalAws({ transitions: LOCAL_TIMES });
  const region = "us-east-1";
  const clientConfig = {
    region,
    endpoint: aws.endpoint,
    credentials: {
      accessKeyId: aws.env["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: aws.env["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
  };
  try {
    return {
      kind: "local",
      ...(await identity(clientConfig)),
      region,
      clientConfig,
      env: { ...withoutAwsSettings(), ...aws.env },
      close: () => aws.close(),
    };
  } catch (error) {
    await aws.close();
    throw error;
  }
}

/** The account and region of the environment's credentials. Throws JobFailure where these are missing. */
export async function realAccount(): Promise<Account> {
  const region = await configuredRegion();
  const clientConfig = { region };
  return {
    kind: "real",
    ...(await identity(clientConfig)),
    region,
    clientConfig,
    // The engine and the providers must not come to another conclusion.
    env: { AWS_REGION: region },
    close: async () => {},
  };
}

async function configuredRegion(): Promise<string> {
  const region = process.env["AWS_REGION"] || process.env["AWS_DEFAULT_REGION"];
  if (region) return region;
  try {
    return await new STSClient().config.region();
  } catch (error) {
    const advice = ["Set AWS_REGION, or a region in the shared AWS configuration."];
    throw new JobFailure("No AWS region is configured.", advice, { cause: error });
  }
}

async function identity(clientConfig: ClientConfig): Promise<{ id: string; caller: string }> {
  const sts = new STSClient({ ...clientConfig });
  try {
    const { Account: id = "", Arn: caller = "" } = await sts.send(new GetCallerIdentityCommand());
    return { id, caller };
  } catch (error) {
    const { name, message } = error as Error;
    const advice = [
      "Check the credentials of this environment: AWS_PROFILE, AWS_ACCESS_KEY_ID, or `aws sso login`.",
    ];
    throw new JobFailure(`AWS does not say whose account this is: ${name}: ${message}`, advice, {
      cause: error,
    });
  } finally {
    sts.destroy();
  }
}

/** A profile or an endpoint of this machine must not be what the local AWS is mixed up with. */
function withoutAwsSettings(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => name.startsWith("AWS_"));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
