import assert from "node:assert/strict";
import type { LocalAws } from "../../local";
import type { CommonArgs } from "../../provider/args";
import { faultOf, operationOf } from "../../provider/aws/faults";
import type { Tags } from "../../provider/aws/tags";
import type { UserGateway } from "../../provider/gateway";
import type { UserKind } from "../../provider/kind";
import { localAwsOfTheEnvironment, type OpenAws, SCOPE } from "./localGateway";

/** One change of an argument, and all that is sent for it. */
interface Change<Args> {
  /** What the user is made with beyond {@link Contract.args}. */
  readonly from?: Partial<Args>;
  readonly want: Partial<Args>;
  readonly changed: readonly string[];
  readonly sends: readonly { readonly operation: string; readonly parameters: object }[];
}

/** What the contract needs to know of a service. */
export interface Contract<Args extends CommonArgs, Live extends object> {
  readonly kind: UserKind<Args, Live>;
  /** Good arguments under a name. */
  args(name: string): Args;
  /** The same with an empty name. */
  nameless(): Args;
  /** The id of no user. */
  readonly emptyId: string;
  /** Parameters that the create sends for `ann`, apart from secrets. */
  readonly creates: object;
  readonly changes: readonly Change<Args>[];
  /** The code with which the service denies a call. */
  readonly denied: "AccessDenied" | "AccessDeniedException";
  /** The operations that list users, and that write tags. */
  readonly listOperation: string;
  readonly tagOperations?: { readonly put: string; readonly remove: string };
  /** Makes what users need to be in. */
  prepare?(aws: LocalAws): Promise<void>;
}

/** Describes what every gateway promises, against the local AWS. */
export function behavesLikeAUserGateway<Args extends CommonArgs, Live extends object>(
  contract: Contract<Args, Live>,
): void {
  const { kind, args, emptyId } = contract;
  const ann = kind.id(args("ann"));

  describe(`The gateway of ${kind.label}s`, () => {
    const open = localAwsOfTheEnvironment();

    async function connected(options?: Parameters<typeof open>[0]) {
      const aws = await open(options);
      await contract.prepare?.(aws);
      return { aws, gateway: kind.connect(SCOPE) };
    }

    it("finds nobody where there is nobody", async () => {
      const { gateway } = await connected();
      assert.equal(await gateway.find(ann), undefined);
    });

    it("makes a user, which is found and becomes ready", async () => {
      const { aws, gateway } = await connected();
      await makeReady(aws, gateway, args("ann"));
      const live = await found(gateway, ann);
      assert.equal(kind.phase(live), "ready");
      assert.equal(kind.id({ ...args("ann"), ...kind.observed(live, {}) }), ann);
      const [call, ...others] = aws.callsOf("CreateUser");
      assert.deepEqual([others, pick(call?.parameters ?? {}, contract.creates)], [[], contract.creates]);
    });

    it("answers a create with what a look-up shows, or with nothing", async () => {
      const { gateway } = await connected();
      const made = await gateway.create(args("ann"), "token");
      if (made !== undefined) assert.deepEqual(made, await found(gateway, ann));
    });

    it("throws the SDK's own error when the user exists", async () => {
      const { aws, gateway } = await connected();
      await makeReady(aws, gateway, args("ann"));
      await assert.rejects(gateway.create(args("ann"), "another-token"), (error) => {
        assert.equal(faultOf(error, kind.faults), "exists");
        assert.equal(operationOf(error), "CreateUser");
        return true;
      });
    });

    for (const { from = {}, want, changed, sends } of contract.changes) {
      const calls = sends.map(({ operation }) => operation).join(" and ") || "nothing";
      it(`sends ${calls} when ${changed.length === 0 ? "nothing" : `only ${changed.join(" and ")}`} changed`, async () => {
        const { aws, gateway } = await connected();
        await makeReady(aws, gateway, { ...args("ann"), ...from });
        const before = aws.calls().length;
        await gateway.update(await found(gateway, ann), { ...args("ann"), ...want }, new Set(changed));
        const sent = aws.calls().slice(before + 1);
        assert.deepEqual(
          sent.map(({ operation, parameters }) => ({ operation, parameters })),
          sends,
        );
        aws.pass();
        const live = await found(gateway, ann);
        assert.equal(kind.phase(live), "ready");
      });
    }

    it("removes a user, which is gone after a while", async () => {
      const { aws, gateway } = await connected();
      await makeReady(aws, gateway, args("ann"));
      await gateway.remove(ann);
      aws.pass();
      assert.equal(await gateway.find(ann), undefined);
      assert.deepEqual(aws.users(), []);
    });

    it("takes the removal of an absent user for success", async () => {
      const { gateway } = await connected();
      await gateway.remove(ann);
    });

    it("sends nothing for an empty name: AWS could take the caller for the user", async () => {
      const { aws, gateway } = await connected();
      const before = aws.calls().length;
      const refused = /the name of the user is empty; nothing was sent to AWS/;
      await assert.rejects(async () => gateway.find(emptyId), refused);
      await assert.rejects(async () => gateway.remove(emptyId), refused);
      await assert.rejects(async () => gateway.create(contract.nameless(), "token"), refused);
      if (gateway.dependents) await assert.rejects(async () => gateway.dependents?.list(emptyId), refused);
      assert.equal(aws.calls().length, before);
    });

    it("lists all users by key, page by page", async () => {
      const { aws, gateway } = await connected({ pageSize: 2 });
      const names = ["ann", "bob", "cat"];
      for (const name of names) await makeReady(aws, gateway, args(name));
      const users = new Map<string, Live>();
      let pages = 0;
      let token: string | undefined;
      do {
        const page = await gateway.page(kind.listing.group(ann), token);
        for (const [key, live] of page.users) users.set(key, live);
        pages += 1;
        token = page.next;
      } while (token !== undefined);
      for (const name of names) {
        const id = kind.id(args(name));
        const live = users.get(kind.listing.key(id));
        assert.ok(live, id);
        if (kind.listing.shows === "everything") assert.deepEqual(live, await found(gateway, id));
      }
      assert.ok(pages >= 2, "more than a page");
      assert.ok(aws.callsOf(contract.listOperation).length >= 2);
    });

    it("throws the SDK's own error when a call is denied, whatever it is", async () => {
      const { aws, gateway } = await connected();
      aws.addFaults({ operation: `${kind.service}:*`, error: { code: contract.denied } });
      const calls = [
        () => gateway.find(ann),
        () => gateway.remove(ann),
        () => gateway.create(args("ann"), "token"),
        () => gateway.page(kind.listing.group(ann)),
      ];
      for (const call of calls) {
        await assert.rejects(
          call,
          (error) => faultOf(error, kind.faults) === "denied" && !!operationOf(error),
        );
      }
    });

    const { tagOperations } = contract;
    if (tagOperations === undefined) return;

    it("reads and writes tags, and sends only what it is told", async () => {
      const { aws, gateway } = await connected();
      await makeReady(aws, gateway, { ...args("ann"), tagsAll: { team: "a", old: "" } });
      const live = await found(gateway, ann);
      const { tagging } = gateway;
      assert.ok(tagging);
      const tags = async () => tagging.read(await found(gateway, ann));
      const write = async (put: Tags, remove: readonly string[]) => {
        aws.pass();
        await tagging.write(live, { put, remove });
        aws.pass();
      };
      aws.pass();
      assert.deepEqual(await tags(), { team: "a", old: "" });
      await write({ team: "b", new: "1" }, []);
      assert.deepEqual(await tags(), { team: "b", old: "", new: "1" });
      await write({}, ["old", "new"]);
      assert.deepEqual(await tags(), { team: "b" });
      await write({}, []);
      assert.equal(aws.callsOf(tagOperations.put).length, 1);
      assert.equal(aws.callsOf(tagOperations.remove).length, 1);
    });
  });

  async function makeReady(aws: OpenAws, gateway: UserGateway<Args, Live>, made: Args): Promise<void> {
    await gateway.create(made, `token-${kind.id(made).replaceAll("/", "-")}`);
    aws.pass();
  }
}

async function found<Args, Live extends object>(gateway: UserGateway<Args, Live>, id: string): Promise<Live> {
  const live = await gateway.find(id);
  assert.ok(live, `${id} is there`);
  return live;
}

function pick(from: Readonly<Record<string, unknown>>, like: object): object {
  return Object.fromEntries(Object.keys(like).map((key) => [key, from[key]]));
}
