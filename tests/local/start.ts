import type { LocalAws, LocalAwsOptions } from "../../local";
import { startAws } from "../aws";

/** What every SDK client is given: one attempt only, so that a test counts calls and not retries. */
export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

/** Registers a hook that closes after each test what the test has started with the function returned. */
export function localAwsForEachTest(): (options?: LocalAwsOptions) => Promise<LocalAws> {
  const running: LocalAws[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((aws) => aws.close()));
  });
  return async (options) => {
    const aws = await startAws(options);
    running.push(aws);
    return aws;
  };
}

/** The configuration of a client of the given local AWS. */
export function clientConfig(aws: LocalAws, accessKeyId = "test", region = "us-east-1"): ClientConfig {
  const credentials = { accessKeyId, secretAccessKey: "test" };
  return { endpoint: aws.endpoint, region, credentials, maxAttempts: 1 };
}

/** A clock that stands still until it is moved. */
export function manualClock(start = Date.UTC(2026, 0, 1)): { now: () => number; pass: (ms: number) => void } {
  let time = start;
  return {
    now: () => time,
    pass: (ms) => {
      time += ms;
    },
  };
}
