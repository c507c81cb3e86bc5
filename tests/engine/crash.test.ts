import assert from "node:assert/strict";
import {
  DescribeUsersCommand as DescribeElastiCacheUsers,
  ElastiCacheClient,
} from "@aws-sdk/client-elasticache";
import { GetUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { DescribeUsersCommand, MemoryDBClient } from "@aws-sdk/client-memorydb";
import { elasticache, iam, memorydb, rekognition } from "../../sdk";
import { clientConfig } from "../local/start";
import { eventually } from "./crashProcesses";
import { type CrashScene, type CutOff, crashScenes } from "./crashScene";
import { type Somebody, somebodyIn } from "./faces";
import { idsAlive } from "./fixtures";
import type { TestStack } from "./harness";

const NAMES = ["ann", "bob", "cid", "dan"];
const IDS = ["ann", "bob", "cid", "lobby/dan"];

/** One user whose reads lag, and three whose changes take time. */
const users = (version: number, faces: readonly string[]) => () => {
  const accessString = `on ~v${version}:* +@read`;
  const authentication = { type: "iam" } as const;
  new iam.User("ann", { userName: "ann", path: `/v${version}/` });
  new memorydb.User("bob", { userName: "bob", accessString, authentication });
  new elasticache.User("cid", { userId: "cid", engine: "valkey", accessString, authentication });
  new rekognition.User("dan", {
    collectionId: "lobby",
    userId: "dan",
    faceIds: [faces[version - 1] as string],
  });
};

interface Death {
  readonly who: string;
  /** Cuts off a run. */
  strike(run: CutOff, scene: CrashScene): Promise<void> | void;
  /** What the engine can still do before its end: to finish what it has begun, or to give back the lock. */
  readonly leaves: "nothing" | "unfinished" | "locked";
}

const DEATHS: readonly Death[] = [
  {
    who: "the host of the provider is killed",
    strike: (run) => run.killHosts(),
    leaves: "unfinished",
  },
  { who: "the engine is killed", strike: (run) => run.signalEngine("SIGKILL"), leaves: "locked" },
  {
    who: "the engine is interrupted",
    strike: async (run, { releaseAws }) => {
      await run.interrupt();
      releaseAws();
    },
    leaves: "nothing",
  },
  {
    who: "the engine is interrupted twice",
    strike: async (run) => {
      await run.interrupt();
      run.signalEngine("SIGINT");
    },
    leaves: "unfinished",
  },
];

describe("a run that is cut off in the middle of create, of update, and of delete", () => {
  const begin = crashScenes();

  for (const death of DEATHS) {
    it(`loses no user and leaves none over when ${death.who}`, async function () {
      this.timeout(300_000);
      const scene = await begin(() => {});
      const somebody = await somebodyIn(scene.aws);
      const faces = await somebody.index("1", "2");
      scene.stack.setProgram(users(1, faces));
      await cutCreate(scene, death);
      await assertVersion(scene, somebody, faces, 1);
      scene.stack.setProgram(users(2, faces));
      await cutUpdate(scene, death);
      await assertVersion(scene, somebody, faces, 2);
      await cutDelete(scene, death);
      assert.deepEqual(idsAlive(scene.aws), []);
      const { resources = [], pending_operations = [] } = (await scene.stack.export()).deployment;
      assert.deepEqual([resources, pending_operations], [[], []]);
    });
  }
});

async function cutCreate(scene: CrashScene, death: Death): Promise<void> {
  const { aws, stack } = scene;
  const finished = death.leaves === "nothing";
  await cut(scene, death, "up", [
    "iam:CreateUser",
    "memorydb:CreateUser",
    "elasticache:CreateUser",
    "rekognition:CreateUser",
  ]);
  assert.deepEqual(idsAlive(aws).sort(), NAMES);
  assert.deepEqual((await stack.resourceNames()).sort(), finished ? NAMES : []);
  if (!finished) {
    await assertToldHowToAdopt(stack);
    stack.setEnvironment({ PULUMI_AWS_USERS_ADOPT_EXISTING: IDS.join() });
    await stack.up();
    stack.setEnvironment({ PULUMI_AWS_USERS_ADOPT_EXISTING: undefined });
    await forgetPendingCreations(stack);
  }
  assert.deepEqual((await stack.resourceNames()).sort(), NAMES);
}

async function cutUpdate(scene: CrashScene, death: Death): Promise<void> {
  const { stack } = scene;
  await cut(scene, death, "up", [
    "iam:UpdateUser",
    "memorydb:UpdateUser",
    "elasticache:ModifyUser",
    "rekognition:DisassociateFaces",
  ]);
  assert.deepEqual((await stack.resourceNames()).sort(), NAMES);
  await stack.up();
}

async function cutDelete(scene: CrashScene, death: Death): Promise<void> {
  const { aws, stack } = scene;
  await cut(scene, death, "destroy", [
    "iam:DeleteUser",
    "memorydb:DeleteUser",
    "elasticache:DeleteUser",
    "rekognition:DeleteUser",
  ]);
  assert.deepEqual(idsAlive(aws), []);
  assert.deepEqual((await stack.resourceNames()).sort(), death.leaves === "nothing" ? [] : NAMES);
  await stack.up();
  await stack.destroy();
}

/** Cuts a run off while AWS works on what it was asked; AWS finishes that without it. */
async function cut(scene: CrashScene, death: Death, operation: "up" | "destroy", calls: readonly string[]) {
  const { stack } = scene;
  scene.holdAws();
  const run = await scene.start(operation, calls);
  await death.strike(run, scene);
  const { failed, output } = await run.ended;
  // An interrupted destroy that has nothing left to begin ends as one that was not interrupted.
  assert.equal(failed, death.leaves !== "nothing" || operation === "up", output);
  await eventually("the host had ended too", () => run.hosts().length === 0, run.output);
  scene.releaseAws();
  if (death.leaves !== "locked") return;
  assert.match((await stack.failing.up()).output, /currently locked by 1 lock.*pulumi cancel/);
  assert.equal((await stack.command("cancel", "--yes")).code, 0);
}

async function assertToldHowToAdopt(stack: TestStack): Promise<void> {
  const { output } = await stack.failing.up();
  for (const id of IDS) {
    const told = `"${id}": a user of that name exists .* run once with PULUMI_AWS_USERS_ADOPT_EXISTING=${id}\\.`;
    assert.match(output, new RegExp(told));
  }
}

/** The engine goes on telling of creations that it did not see ending, until somebody says that they are dealt with. */
async function forgetPendingCreations(stack: TestStack): Promise<void> {
  const { pending_operations = [] } = (await stack.export()).deployment;
  if (pending_operations.length > 0) await stack.refresh({ clearPendingCreates: true });
}

/** What AWS has of the users that tells their versions apart. */
async function assertVersion(
  { aws, releaseAws }: CrashScene,
  somebody: Somebody,
  faces: readonly string[],
  version: number,
): Promise<void> {
  releaseAws();
  const { User } = await new IAMClient(clientConfig(aws)).send(new GetUserCommand({ UserName: "ann" }));
  const { Users } = await new MemoryDBClient(clientConfig(aws)).send(
    new DescribeUsersCommand({ UserName: "bob" }),
  );
  assert.equal(User?.Path, `/v${version}/`);
  assert.match(Users?.[0]?.AccessString ?? "", new RegExp(`~v${version}:`));
  const cached = await new ElastiCacheClient(clientConfig(aws)).send(
    new DescribeElastiCacheUsers({ UserId: "cid" }),
  );
  assert.match(cached.Users?.[0]?.AccessString ?? "", new RegExp(`~v${version}:`));
  assert.deepEqual(await somebody.faces("dan"), [faces[version - 1]]);
}
