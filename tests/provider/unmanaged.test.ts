import assert from "node:assert/strict";
import type { UserKind } from "../../provider/kind";
import { lookups } from "../../provider/lifecycle/host";
import { memoryDbUser } from "../../provider/memorydb/kind";
import type { Observer } from "../../provider/observer";
import { listUnmanaged, readUnmanaged } from "../../provider/unmanaged";
import { deadlineIn } from "../../provider/wait/deadline";
import { insist } from "../../provider/wait/persist";
import { awsError, behind, fakeClock, fakeGateway, type Script } from "./fakes";
import { ACCOUNT, stage } from "./stage";
import { live, type TestLive, testUser } from "./testUser";

const REGION = "eu-central-1";

/** Looks at users behind a gateway that answers as scripted. */
function observer<Live extends object>(kind: UserKind, script: Script<Live>) {
  const gateway = fakeGateway(script, (user) => JSON.stringify(user));
  const clock = fakeClock();
  const looking: Observer = {
    service: "memorydb",
    kind: behind(kind, gateway).kind,
    gateway,
    lookup: lookups(kind, gateway, clock),
    scope: { region: REGION, identity: { roles: [] } },
    account: ACCOUNT,
    ask: (awaited, call) => {
      const deadline = deadlineIn(clock, 300_000);
      return insist(deadline, awaited, kind.faults, () => call(deadline));
    },
  };
  return { looking, verbs: () => gateway.calls.map(({ verb }) => verb) };
}

const MEMORYDB = {
  arn: "arn:aws:memorydb:eu-central-1:123456789012:user/ann",
  status: "active",
  accessString: "on ~* -@all +@read",
  authenticationType: "iam",
  passwordCount: 0,
  minimumEngineVersion: "6.2",
  aclNames: ["acl"],
};

async function only(looking: Observer) {
  const [listed, ...others] = await listUnmanaged(looking, "");
  assert.ok(listed);
  assert.deepEqual(others, []);
  return readUnmanaged(looking, listed);
}

describe("Users that no state knows", () => {
  it("are listed over all pages in the order of their ids, the built-in one marked", async () => {
    const user = (userName: string) => ({ ...MEMORYDB, userName });
    const pages = [[user("eve"), user("default")], [], [user("ann")]];
    const { looking } = observer(memoryDbUser as unknown as UserKind, { list: [pages] });
    const listed = await listUnmanaged(looking, "");
    assert.deepEqual(
      listed.map(({ id, name, isBuiltIn, phase }) => [id, name, isBuiltIn, phase]),
      [
        ["ann", "ann", false, "ready"],
        ["default", "default", true, "ready"],
        ["eve", "eve", false, "ready"],
      ],
    );
  });

  it("are read as a refresh that knows nothing of them would leave them", async () => {
    const tags = { a: "1", "aws:made": "by AWS" };
    const { looking, verbs } = observer<TestLive>(testUser, { list: [[[live()]]], tags: [tags] });
    const read = await only(looking);
    const { provider } = stage(testUser, { find: [live()], tags: [tags] });
    const refreshed = await provider.read("ann", { region: REGION });
    const { tagsAll, ...declared } = refreshed.inputs as Record<string, unknown>;
    assert.deepEqual(read?.declared, declared);
    assert.deepEqual(read?.inputs, refreshed.inputs);
    assert.deepEqual(read?.outputs, refreshed.props);
    assert.deepEqual(verbs(), ["list", "tags"]);
  });

  it("are looked up by name where the list does not show all, or shows a user that is changing", async () => {
    const brief: UserKind = { ...testUser, listing: { ...testUser.listing, shows: "presence" } };
    const listed = observer<TestLive>(brief, { list: [[[live()]]], find: [live({ colour: "red" })] });
    assert.equal((await only(listed.looking))?.outputs["colour"], "red");
    const changing = { list: [[[live({ status: "modifying" })]]], find: [live()] };
    assert.equal((await only(observer<TestLive>(testUser, changing).looking))?.phase, "ready");
    const gone = { ...changing, find: [undefined] };
    assert.equal(await only(observer<TestLive>(testUser, gone).looking), undefined);
  });

  it("are asked for again while AWS throttles or cannot show their tags", async () => {
    const { looking, verbs } = observer<TestLive>(testUser, {
      list: [awsError("Slow"), [[live()]]],
      find: [live()],
      tags: [awsError("Busy"), {}],
    });
    assert.ok(await only(looking));
    assert.deepEqual(verbs(), ["list", "list", "tags", "find", "tags"]);
  });

  it("need as many passwords in a program as AWS holds, which are no problem here", async () => {
    const user = { ...MEMORYDB, userName: "ann", authenticationType: "password", passwordCount: 2 };
    const { looking } = observer(memoryDbUser as unknown as UserKind, { list: [[[user]]] });
    const read = await only(looking);
    assert.deepEqual([read?.passwordCount, read?.problems], [2, []]);
    assert.deepEqual(read?.declared["authentication"], { type: "password" });
  });

  it("come with the rules that keep a program from declaring them", async () => {
    const user = { ...MEMORYDB, userName: "ann", authenticationType: "no-password" };
    const { looking } = observer(memoryDbUser as unknown as UserKind, { list: [[[user]]] });
    const read = await only(looking);
    assert.deepEqual(read?.problems, [{ path: "authentication.type", rule: "must be one of password, iam" }]);
  });
});
