import { tmpdir } from "node:os";
import { CreateUserCommand as CreateElastiCacheUser, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { CreateUserCommand as CreateIamUser, IAMClient } from "@aws-sdk/client-iam";
import { CreateUserCommand as CreateMemoryDbUser, MemoryDBClient } from "@aws-sdk/client-memorydb";
import type { LocalAws, LocalAwsOptions } from "../../local";
import { ownerTags } from "../../provider/aws/ownerTag";
import { tagList } from "../../provider/aws/tags";
import { type CommandResult, runProcess } from "../engine/harness/process";
import { clientConfig, localAwsForEachTest } from "../local/start";
import { PROGRAM } from "../program";
import { type FakePulumi, type FakeStack, fakePulumi } from "./fakePulumi";

type Service = "memorydb" | "elasticache" | "iam";

/** The account of the credentials that tests run with. */
export const ACCOUNT = "123456789012";

/** A user in AWS, marked as that of a resource of its own name; of stack dev of project shop unless said otherwise. */
interface MarkedUser {
  readonly stack?: string;
  readonly project?: string;
  readonly region?: string;
  /** An access key that is twelve digits is that of this account. */
  readonly accessKeyId?: string;
}

/** A local AWS, and a command of the package beside a Pulumi that knows one stack. */
interface CommandScene {
  readonly aws: LocalAws;
  run(args: readonly string[], env?: Readonly<Record<string, string | undefined>>): Promise<CommandResult>;
  make(service: Service, id: string, user?: MarkedUser): Promise<void>;
}

const QUICK = { createMs: 0, deleteMs: 0, tagWindowMs: 0 };
/** Registers a hook that closes after each test what the test has opened with the function returned. */
export function commandScenes(command: string) {
  const start = localAwsForEachTest();
  const opened: FakePulumi[] = [];
  afterEach(() => opened.splice(0).forEach((pulumi) => void pulumi.remove()));
  return async (
    stack: Partial<FakeStack> | undefined,
    options: LocalAwsOptions = {},
  ): Promise<CommandScene> => {
    const aws = await start({ transitions: QUICK, ...options });
    const pulumi = fakePulumi(stack && { name: "dev", project: "shop", ...stack });
    opened.push(pulumi);
    return {
      aws,
      run: (args, env) =>
        runProcess(process.execPath, [PROGRAM, command, ...args], {
          cwd: tmpdir(),
          env: { ...WITHOUT_OWN_SETTINGS, ...QUIET, ...aws.env, ...pulumi.env, ...env },
        }),
      make: (service, id, user) => make(aws, service, id, user),
    };
  };
}

/** A user in the state of stack dev of project shop. */
export function inState(service: string, id: string, region = "us-east-1", providerName = "default"): object {
  return {
    urn: urnOf(service, id),
    type: `pulumi-nodejs:dynamic/aws-users/${service}:User`,
    id,
    inputs: {},
    outputs: { region, accountId: ACCOUNT },
    provider: `${providerUrn(providerName)}::id`,
  };
}

/** The provider in the state that users refer to by its name. */
export function providerInState(inputs: Readonly<Record<string, string>> = {}, name = "default"): object {
  return {
    urn: providerUrn(name),
    type: "pulumi:providers:pulumi-nodejs",
    id: "id",
    inputs,
    outputs: inputs,
  };
}

/** The creation of a user that the engine did not see ending. */
export function pendingCreation(service: string, id: string): object {
  const { urn, type, provider } = inState(service, id) as Readonly<Record<string, string>>;
  return {
    type: "creating",
    resource: { urn, type, provider, inputs: { region: "us-east-1", userName: id } },
  };
}

function providerUrn(name: string): string {
  return `urn:pulumi:dev::shop::pulumi:providers:pulumi-nodejs::${name}`;
}

function urnOf(service: string, id: string, stack = "dev", project = "shop"): string {
  return `urn:pulumi:${stack}::${project}::pulumi-nodejs:dynamic/aws-users/${service}:User::${id}`;
}

/** The machine's AWS profile must never be what a test works on. */
const WITHOUT_OWN_SETTINGS = Object.fromEntries(
  Object.keys(process.env)
    .filter((name) => /^(AWS|PULUMI)_/.test(name))
    .map((name) => [name, undefined]),
);

/** What the AWS SDK says of the version of Node.js is no word of the command. */
const QUIET = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };

async function make(aws: LocalAws, service: Service, id: string, user: MarkedUser = {}): Promise<void> {
  const { stack, project, region, accessKeyId } = user;
  const config = clientConfig(aws, accessKeyId, region);
  const Tags = tagList({ team: "build", ...ownerTags(urnOf(service, id, stack, project)) });
  const access = { AccessString: "on ~* +@all", AuthenticationMode: { Type: "iam" } } as const;
  if (service === "iam") {
    await new IAMClient(config).send(new CreateIamUser({ UserName: id, Tags }));
  } else if (service === "memorydb") {
    await new MemoryDBClient(config).send(new CreateMemoryDbUser({ UserName: id, ...access, Tags }));
  } else {
    await new ElastiCacheClient(config).send(
      new CreateElastiCacheUser({ UserId: id, UserName: id, Engine: "valkey", ...access, Tags }),
    );
  }
}
