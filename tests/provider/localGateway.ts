import type { Call, LocalAws, LocalAwsOptions } from "../../local";
import type { Scope } from "../../provider/aws/scope";
import { localAwsForEachTest, manualClock } from "../local/start";
import { withEnvironment } from "./environment";

/** How long changes take on the clock that tests move by hand. */
const TRANSITION_MS = 1_000;

/** Where gateways under test are connected to, with the credentials of the environment. */
export const SCOPE: Scope = { region: "us-east-1", identity: { roles: [] } };

/** A local AWS whose time a test moves. */
export interface OpenAws extends LocalAws {
  /** Lets all changes under way end. */
  pass(): void;
  /** The calls of an operation so far. */
  callsOf(operation: string): Call[];
}

/** Registers hooks that give each test a local AWS of its own, to which the environment leads. */
export function localAwsOfTheEnvironment(): (options?: LocalAwsOptions) => Promise<OpenAws> {
  const start = localAwsForEachTest();
  withEnvironment({
    AWS_ENDPOINT_URL: undefined,
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_SESSION_TOKEN: undefined,
    AWS_REGION: undefined,
    AWS_PROFILE: undefined,
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  });
  const times = {
    createMs: TRANSITION_MS,
    modifyMs: TRANSITION_MS,
    deleteMs: TRANSITION_MS,
    groupMs: TRANSITION_MS,
  };
  return async (options = {}) => {
    const clock = manualClock();
    const aws = await start({ now: clock.now, transitions: times, ...options });
    Object.assign(process.env, aws.env);
    return {
      ...aws,
      pass: () => clock.pass(TRANSITION_MS + 1),
      callsOf: (operation) => aws.calls().filter((call) => call.operation === operation),
    };
  };
}
