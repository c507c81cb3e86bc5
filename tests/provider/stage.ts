import type { dynamic } from "@pulumi/pulumi";
import type { UserKind } from "../../provider/kind";
import { lifecycle } from "../../provider/lifecycle";
import { slots } from "../../provider/lifecycle/slots";
import { behind, type FakeCall, type FakeClock, fakeClock, fakeGateway, type Script } from "./fakes";

/** Plain JSON as Pulumi hands it over. */
export type Props = Record<string, unknown>;

/** What is around a provider under test. */
export interface Surroundings {
  /** The configuration, by full key; the region is eu-central-1 unless said otherwise. */
  readonly config?: Readonly<Record<string, string>>;
  /** The account that the credentials belong to, or why AWS does not say. */
  readonly account?: string | (() => Promise<string>);
  readonly clock?: FakeClock;
}

/** A provider of which every part is there, as the provider of a user is. */
export interface FullProvider extends Required<Omit<dynamic.ResourceProvider<Props, Props>, "check">> {
  check(olds: Props, news: Props): Promise<{ inputs: Props; failures: dynamic.CheckFailure[] }>;
}

/** A provider of Pulumi's dynamic host over a scripted gateway, and what can be seen of it from outside. */
export interface Stage {
  readonly provider: FullProvider;
  readonly clock: FakeClock;
  /** Lines told to the people who watch. */
  readonly said: readonly string[];
  readonly calls: readonly FakeCall[];
  /** The verbs of the calls, in order. */
  verbs(): string[];
  /** What was asked under a verb, call by call. */
  asked(verb: FakeCall["verb"]): (readonly unknown[])[];
  readonly scopes: readonly unknown[];
}

export const ACCOUNT = "123456789012";

/** Sets a kind on the stage, with its gateway's answers. */
export function stage<Live extends object>(
  kind: UserKind,
  script: Script<Live> = {},
  { config = { "aws:region": "eu-central-1" }, account = ACCOUNT, clock = fakeClock() }: Surroundings = {},
): Stage {
  const said: string[] = [];
  const gateway = fakeGateway(script, (live) => kind.listing.key(kind.id(live as never)));
  const { kind: faked, scopes } = behind(kind, gateway);
  const say = (line: string) => void said.push(line);
  const provider = lifecycle(faked, {
    clock,
    account: typeof account === "string" ? async () => account : account,
    say,
    slots: slots(clock, say),
  }) as FullProvider;
  void provider.configure({ config: configOf(config) });
  return {
    provider,
    clock,
    said,
    scopes,
    calls: gateway.calls,
    verbs: () => gateway.calls.map(({ verb }) => verb),
    asked: (verb) => gateway.calls.filter((call) => call.verb === verb).map(({ args }) => args),
  };
}

/** An error as Pulumi's host sees it. */
export interface Failure extends Error {
  readonly id?: string;
  readonly properties?: Props;
  readonly reasons?: string[];
}

/** What a call to the provider fails with. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    return error as Failure;
  }
  throw new Error("it succeeded");
}

/** A secret, as it goes over Pulumi's wire. */
export function secret(value: unknown): Props {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

function configOf(values: Readonly<Record<string, string>>): dynamic.Config {
  const get = (key: string) => values[key];
  return {
    get,
    require: (key) => {
      throw new Error(`${key} is required`);
    },
  };
}
