import assert from "node:assert/strict";
import { ownerTags } from "../../../provider/aws/ownerTag";
import type { UserKind } from "../../../provider/kind";
import { rekognitionUser } from "../../../provider/rekognition/kind";
import { UNKNOWN } from "../../../provider/unknown";
import { withEnvironment } from "../environment";
import { awsError } from "../fakes";
import { failureOf, type Props, stage } from "../stage";
import { inputsOf, live, stateOf, testUser } from "../testUser";

const TYPE = "pulumi-nodejs:dynamic/aws-users/test:User";
const HINT = `urn:pulumi:prod::shop::${TYPE}::ann`;
const MARK = ownerTags(HINT);
const OTHERS_MARK = ownerTags(`urn:pulumi:dev::bank::${TYPE}::cashier`);

const config = (settings: Record<string, string> = {}) => ({
  config: { "aws:region": "eu-central-1", "aws-users:ownerTag": "true", ...settings },
});

describe("The mark of whose a user is, once it is configured,", () => {
  const checked = async (news: Props, kind: UserKind = testUser, settings = {}) =>
    stage(kind, {}, config(settings)).provider.check({}, { hint: HINT, ...news });
  const tagsOf = async (news: Props, kind?: UserKind) => {
    const { inputs, failures } = await checked(news, kind);
    assert.deepEqual(failures, []);
    return [inputs["tags"], inputs["tagsAll"]];
  };

  it("is among the tags that AWS is to hold, and not among those that were declared", async () => {
    assert.deepEqual(await tagsOf({}), [undefined, MARK]);
    assert.deepEqual(await tagsOf({ tags: { team: "x" } }), [{ team: "x" }, { team: "x", ...MARK }]);
  });

  it("leaves what is not known yet unknown", async () => {
    assert.deepEqual(await tagsOf({ tags: UNKNOWN }), [UNKNOWN, UNKNOWN]);
    assert.deepEqual(await tagsOf({ tags: { team: UNKNOWN } }), [
      { team: UNKNOWN },
      { team: UNKNOWN, ...MARK },
    ]);
  });

  it("is not for users that have no tags", async () => {
    assert.deepEqual(await tagsOf({ collectionId: "lobby" }, rekognitionUser), [undefined, undefined]);
  });

  it("follows the stack and the resource to other names", async () => {
    const { provider } = stage(testUser, {}, config());
    const { inputs } = await provider.check({}, { hint: HINT, userName: "ann" });
    const renamed = HINT.replace("prod", "live");
    const again = await provider.check(inputs, { hint: renamed, userName: "ann" });
    assert.deepEqual(again.inputs["tagsAll"], ownerTags(renamed));
    assert.notEqual((await provider.diff("ann", inputs, again.inputs)).changes, false);
  });

  it("goes when it is no longer configured", async () => {
    const { inputs } = await checked({ userName: "ann" });
    const { provider } = stage(testUser);
    const without = await provider.check(inputs, { hint: HINT, userName: "ann" });
    assert.equal("tagsAll" in without.inputs, false);
    assert.notEqual((await provider.diff("ann", inputs, without.inputs)).changes, false);
  });

  it("counts towards the tags that AWS allows", async () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, ""]));
    assert.deepEqual((await checked({ tags: many(47) })).failures, []);
    const { failures } = await checked({ tags: many(48) });
    assert.deepEqual(
      failures.map(({ reason }) => reason),
      ["tags, with those of aws:defaultTags and aws-users:ownerTag, must be at most 50 tags"],
    );
  });
});

describe("A tag with a key of the mark", () => {
  const RULE =
    /must not have keys that begin with pulumi-aws-users:, which mark whose a user is: see aws-users:ownerTag$/;

  it("is refused where a program declares it, whether users are marked or not", async () => {
    for (const settings of [{}, { "aws-users:ownerTag": "false" }]) {
      const tags = { "Pulumi-AWS-users:stack": "mine" };
      const { failures } = await stage(testUser, {}, config(settings)).provider.check(
        {},
        { hint: HINT, tags },
      );
      assert.equal(failures.length, 1);
      assert.match(failures[0]?.reason ?? "", /^tags/);
      assert.match(failures[0]?.reason ?? "", RULE);
    }
  });

  it("is refused among the default tags", async () => {
    const defaults = { "aws:defaultTags": JSON.stringify({ tags: MARK }) };
    const { failures } = await stage(testUser, {}, config(defaults)).provider.check({}, { hint: HINT });
    assert.match(failures[0]?.reason ?? "", /^tags, with those of aws:defaultTags, /);
    assert.match(failures[0]?.reason ?? "", RULE);
  });
});

describe("A refresh of a marked user", () => {
  const read = async (tags: Props, tagsAll: Props, liveTags: Record<string, string>) => {
    const { provider } = stage(testUser, { find: [live()], list: [[[live()]]], tags: [liveTags] });
    const { inputs } = await provider.read("ann", stateOf({ tags, tagsAll }));
    return [inputs?.["tags"], inputs?.["tagsAll"]];
  };

  it("finds nothing when the mark is as it was", async () => {
    const tagsAll = { team: "x", ...MARK };
    assert.deepEqual(await read({ team: "x" }, tagsAll, tagsAll), [{ team: "x" }, tagsAll]);
  });

  it("shows another's mark among all tags, and declares it nowhere", async () => {
    const now = { team: "x", ...OTHERS_MARK };
    assert.deepEqual(await read({ team: "x" }, { team: "x", ...MARK }, now), [{ team: "x" }, now]);
    assert.deepEqual(await read({ team: "x" }, { team: "x" }, now), [{ team: "x" }, now]);
  });
});

describe("A user that exists and is marked", () => {
  withEnvironment({ PULUMI_AWS_USERS_ADOPT_EXISTING: undefined });
  const exists = awsError("Exists");
  const create = (tags: (Record<string, string> | Error)[], inputs: Props = {}) => {
    const { provider, said } = stage(testUser, {
      create: [exists],
      find: [live()],
      tags,
      retag: [undefined],
    });
    return { call: provider.create(inputsOf(inputs)), said };
  };

  it("is said to be whose it is", async () => {
    const { message } = await failureOf(create([OTHERS_MARK]).call);
    assert.match(
      message,
      /exists in account 123456789012, and it carries the mark of stack dev of project bank \(\S+:User::cashier\)\. If a run that was cut off made it,/,
    );
  });

  it("is said to be that of the very resource which a run that was cut off was about to make", async () => {
    const { message } = await failureOf(create([MARK], { tagsAll: MARK }).call);
    assert.match(message, /, and it carries the mark of this very resource\. .*adoptExisting: true/);
  });

  it("is said to exist, and no more, when its tags cannot be read", async () => {
    for (const error of [awsError("AccessDenied", "ListTags"), awsError("Busy", "ListTags")]) {
      const { message } = await failureOf(create([error]).call);
      assert.match(message, /exists in account 123456789012\. If a run that was cut off made it,/);
    }
  });

  it("is adopted with a word of whose it was, and gets the mark of its new owner", async () => {
    const { provider, said, asked } = stage(testUser, {
      create: [exists],
      find: [live()],
      tags: [OTHERS_MARK],
      retag: [undefined],
    });
    await provider.create(inputsOf({ adoptExisting: true, tagsAll: MARK }));
    assert.equal(said.length, 1);
    assert.match(
      said[0] ?? "",
      /^adopting Test user "ann", which exists in account 123456789012 and carries the mark of stack dev of project bank /,
    );
    assert.deepEqual(asked("retag")[0]?.[1], { put: MARK, remove: [] });
  });

  it("loses another's mark when it is adopted without one of its own", async () => {
    const { provider, asked } = stage(testUser, {
      create: [exists],
      find: [live()],
      tags: [OTHERS_MARK],
      retag: [undefined],
    });
    await provider.create(inputsOf({ adoptExisting: true }));
    assert.deepEqual(asked("retag")[0]?.[1], { put: {}, remove: Object.keys(OTHERS_MARK) });
  });
});
