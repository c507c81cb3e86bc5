import { deepEqual } from "node:assert/strict";
import { CreateUserGroupCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateACLCommand, MemoryDBClient } from "@aws-sdk/client-memorydb";
import { CreateCollectionCommand, RekognitionClient } from "@aws-sdk/client-rekognition";
import { findUsers } from "../../cli/import/live";
import { markedUsers } from "../../cli/leftovers/marks";
import type { LocalAws } from "../../local";
import type { CommonArgs } from "../../provider/args";
import type { Scope } from "../../provider/aws/scope";
import { elastiCacheGateway } from "../../provider/elasticache/gateway";
import type { UserGateway } from "../../provider/gateway";
import { iamGateway } from "../../provider/iam/gateway";
import { memoryDbGateway } from "../../provider/memorydb/gateway";
import { observe } from "../../provider/observer";
import { rekognitionGateway } from "../../provider/rekognition/gateway";
import { somebodyIn } from "../engine/faces";
import { KINDS, UserName } from "../local/nineKinds";
import { clientConfig, localAwsForEachTest } from "../local/start";
import { inState, planOf } from "../plan/states";
import { withEnvironment } from "../provider/environment";
import { blocksOf, textOf } from "./documents";

const README = textOf("README.md");
const LEFTOVERS = textOf("docs/commands/leftovers.md");
const IMPORT = textOf("docs/commands/import.md");
const DESTROY_PLAN = textOf("docs/commands/destroy-plan.md");
const QUICK = { createMs: 0, modifyMs: 0, deleteMs: 0, groupMs: 0, tagWindowMs: 0 };
const PASSWORDS = { type: "password", passwords: ["a-password-for-tests"] };
const TAGS = { a: "1" };

describe("The README's permissions", () => {
  const start = localAwsForEachTest();
  withEnvironment({ AWS_ENDPOINT_URL: undefined });

  it("are all that a MemoryDB user needs, and no more", async () => {
    const aws = await start({ transitions: QUICK });
    const args = { userName: "u", accessString: "on ~* +@all", authentication: PASSWORDS, tagsAll: TAGS };
    await live(memoryDbGateway(scopeOf(aws)), { region: "us-east-1", ...args }, "u", ["accessString"]);
    deepEqual(asked(aws, "memorydb"), documented("memorydb"));
  });

  it("are all that an ElastiCache user needs, and no more", async () => {
    const aws = await start({ transitions: QUICK });
    const args = {
      userId: "u",
      userName: "u",
      engine: "redis",
      accessString: "on ~* +@all",
      authentication: PASSWORDS,
      tagsAll: TAGS,
    };
    await live(elastiCacheGateway(scopeOf(aws)), { region: "us-east-1", ...args }, "u", ["accessString"]);
    deepEqual(asked(aws, "elasticache"), documented("elasticache"));
  });

  it("are all that a Rekognition user needs, and no more", async () => {
    const aws = await start({ transitions: QUICK });
    const somebody = await somebodyIn(aws);
    const faceIds = await somebody.index("1");
    const args = { region: "us-east-1", collectionId: "lobby", userId: "u", faceIds };
    const gateway = rekognitionGateway(scopeOf(aws));
    await gateway.create(args, "token");
    await gateway.belongings?.give(args, faceIds, "given");
    const has = (await gateway.belongings?.list("lobby/u")) ?? [];
    await gateway.belongings?.take("lobby/u", has, "taken");
    await gateway.belongings?.destroy("lobby/u", has);
    await live(gateway, args, "lobby/u", [], "exists");
    deepEqual(
      asked(aws, "rekognition").filter((action) => !/:(CreateCollection|IndexFaces)$/.test(action)),
      documented("rekognition"),
    );
  });

  it("of leftovers are all that a look at marks needs, and no more", async () => {
    const aws = await start({ transitions: QUICK });
    const scope = scopeOf(aws);
    await makeTaggable(scope);
    const actions = await actionsDuring(aws, async () => {
      for (const service of TAGGABLE) await markedUsers(await observe(service, scope), () => {});
    });
    deepEqual(actions, documented("leftovers", LEFTOVERS));
  });

  it("of import are all that it needs to read users, and no more", async () => {
    const aws = await start({ transitions: QUICK });
    const scope = scopeOf(aws);
    await makeTaggable(scope);
    await new RekognitionClient(clientConfig(aws)).send(
      new CreateCollectionCommand({ CollectionId: "lobby" }),
    );
    await rekognitionGateway(scope).create(
      { region: "us-east-1", collectionId: "lobby", userId: "u" },
      "token",
    );
    const actions = await actionsDuring(aws, async () => {
      for (const service of [...TAGGABLE, "rekognition"] as const) {
        const { users } = await findUsers(
          await observe(service, scope),
          { collection: "lobby", tags: [] },
          () => {},
        );
        deepEqual(users.length, 1);
      }
    });
    deepEqual(actions, documented("import", IMPORT));
  });

  it("of destroy-plan are all that a plan asks for, and no more", async () => {
    const aws = await start({ transitions: QUICK });
    const scope = scopeOf(aws);
    const access = { region: "us-east-1", accessString: "on ~* +@all", authentication: PASSWORDS };
    await memoryDbGateway(scope).create({ ...access, userName: "u" }, "token");
    await new MemoryDBClient(clientConfig(aws)).send(
      new CreateACLCommand({ ACLName: "a", UserNames: ["u"] }),
    );
    await elastiCacheGateway(scope).create(
      { ...access, userId: "u", userName: "u", engine: "redis" },
      "token",
    );
    const group = { UserGroupId: "g", Engine: "redis", UserIds: ["u", "default"] };
    await new ElastiCacheClient(clientConfig(aws)).send(new CreateUserGroupCommand(group));
    const somebody = await somebodyIn(aws);
    const faceIds = await somebody.index("1");
    const visitor = { region: "us-east-1", collectionId: "lobby", userId: "u", faceIds };
    await rekognitionGateway(scope).create(visitor, "token");
    await rekognitionGateway(scope).belongings?.give(visitor, faceIds, "given");
    const names = [UserName, "second"];
    for (const userName of names) {
      await iamGateway(scope).create({ region: "us-east-1", userName, path: "/" }, "token");
    }
    for (const { hang } of KINDS) await hang(new IAMClient(clientConfig(aws)));
    const before = aws.calls().length;
    const users = [
      inState("memorydb", "u"),
      inState("elasticache", "u"),
      inState("rekognition", "lobby/u"),
      ...names.map((name) => inState("iam", name)),
    ];
    const { identity } = scope;
    await planOf(users.map((user) => ({ ...user, settings: { ...user.settings, identity } })));
    const calls = aws
      .calls()
      .slice(before)
      .filter(({ service }) => service !== "sts");
    const actions = new Set(calls.map(({ service, operation }) => `${service}:${operation}`));
    deepEqual([...actions].sort(), documented("destroy-plan", DESTROY_PLAN));
  });

  it("are all that an IAM user with all nine kinds of blockers needs, and no more", async () => {
    const aws = await start({ transitions: QUICK });
    const admin = clientConfig(aws, "000000000001");
    const gateway = iamGateway(scopeOf(aws, "000000000001"));
    const boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const args = {
      region: "us-east-1",
      userName: UserName,
      path: "/",
      permissionsBoundary: boundary,
      tagsAll: TAGS,
    };
    const before = aws.calls().length;
    await gateway.create(args, "token");
    const unbound = { ...args, path: "/b/", permissionsBoundary: undefined as unknown as string };
    const user = await gateway.find(UserName);
    if (user === undefined) throw new Error("the user was not made");
    await gateway.update(user, unbound, new Set(["path", "permissionsBoundary"]));
    const ours = aws.calls().slice(before);
    for (const { hang } of KINDS) await hang(new IAMClient(admin));
    const hung = aws.calls().length;
    await live(gateway, args, UserName, ["permissionsBoundary"], "exists");
    const actions = [...ours, ...aws.calls().slice(hung)].map(
      ({ service, operation }) => `${service}:${operation}`,
    );
    deepEqual(distinct(actions), documented("iam"));
  });
});

describe("The policy on the page of a kind", () => {
  for (const service of ["memorydb", "elasticache", "iam", "rekognition"]) {
    it(`allows what the README lists, and no more: ${service}`, () => {
      const [block, ...others] = blocksOf(`docs/kinds/${service}.md`, "json");
      deepEqual(others, []);
      const { Statement } = JSON.parse(block?.code ?? "{}") as Policy;
      for (const { Effect, Resource } of Statement) deepEqual({ Effect, Resource }, EVERYWHERE);
      deepEqual(distinct(Statement.flatMap(({ Action }) => Action)), documented(service));
    });
  }
});

const EVERYWHERE = { Effect: "Allow", Resource: "*" };

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
interface Policy {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: string | readonly string[];
    readonly Resource: string;
  }[];
}

const TAGGABLE = ["memorydb", "elasticache", "iam"] as const;

/** Makes a user of each service that tags users. */
async function makeTaggable(scope: Scope): Promise<void> {
  const access = { region: "us-east-1", accessString: "on ~* +@all", authentication: PASSWORDS };
  await memoryDbGateway(scope).create({ ...access, userName: "u" }, "token");
  await elastiCacheGateway(scope).create({ ...access, userId: "u", userName: "u", engine: "redis" }, "token");
  await iamGateway(scope).create({ region: "us-east-1", userName: "u", path: "/" }, "token");
}

/** The actions that something asks for, each once; that of STS needs no permission. */
async function actionsDuring(aws: LocalAws, act: () => Promise<void>): Promise<string[]> {
  const before = aws.calls().length;
  await act();
  const calls = aws
    .calls()
    .slice(before)
    .filter(({ service }) => service !== "sts");
  return [...new Set(calls.map(({ service, operation }) => `${service}:${operation}`))].sort();
}

/** Does with a user all that a gateway can do. */
async function live<Args extends CommonArgs, Live extends object>(
  gateway: UserGateway<Args, Live>,
  args: Args,
  id: string,
  changed: readonly string[],
  stage: "new" | "exists" = "new",
): Promise<void> {
  if (stage === "new") await gateway.create(args, "token");
  const user = await gateway.find(id);
  if (user === undefined) throw new Error("the user was not made");
  await gateway.page(id.split("/").slice(0, -1).join("/"));
  await gateway.update(user, args, new Set(changed));
  await gateway.tagging?.read(user);
  await gateway.tagging?.write(user, { put: { b: "2" }, remove: ["a"] });
  for (const blocker of (await gateway.dependents?.list(id)) ?? [])
    await gateway.dependents?.purge?.(id, blocker);
  await gateway.remove(id);
}

function scopeOf(aws: LocalAws, accessKeyId = "test"): Scope {
  process.env["AWS_ENDPOINT_URL"] = aws.endpoint;
  return { region: "us-east-1", identity: { keys: { accessKeyId, secretAccessKey: "test" }, roles: [] } };
}

function asked(aws: LocalAws, service: string): string[] {
  const actions = aws.calls().filter((call) => call.service === service);
  return distinct(actions.map(({ operation }) => `${service}:${operation}`));
}

/** The actions in the paragraph behind the service's mark. */
function documented(service: string, page = README): string[] {
  const paragraph = page.split(`<!-- permissions: ${service} -->`)[1]?.split("\n\n")[0] ?? "";
  return distinct([...paragraph.matchAll(/`(\w+:\w+)`/g)].map(([, action]) => action ?? ""));
}

function distinct(actions: readonly string[]): string[] {
  return [...new Set(actions)].sort();
}
