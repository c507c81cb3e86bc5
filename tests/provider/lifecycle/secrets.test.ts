import assert from "node:assert/strict";
import { inspect } from "node:util";
import { elastiCacheUser } from "../../../provider/elasticache/kind";
import type { UserKind } from "../../../provider/kind";
import { memoryDbUser } from "../../../provider/memorydb/kind";
import { withEnvironment } from "../environment";
import { awsError, type Script } from "../fakes";
import { type Failure, failureOf, type Props, type Stage, secret, stage } from "../stage";

const MARKER = "MARKER-new-password";
const OLD = "MARKER-old-password";

const args = {
  region: "eu-central-1",
  userName: "ann",
  accessString: "on ~* +@read",
  authentication: { type: "password", passwords: [MARKER] },
  __provider: "the provider",
};
const state = {
  ...args,
  authentication: { type: "password", passwords: [OLD] },
  arn: "arn",
  status: "active",
  passwordCount: 1,
  accountId: "123456789012",
  stateVersion: 1,
};
const user = {
  userName: "ann",
  arn: "arn",
  status: "active",
  accessString: "on ~* -@all +@read",
  authenticationType: "password",
  passwordCount: 1,
};
const kinds: readonly [UserKind, Props][] = [
  [memoryDbUser, {}],
  [elastiCacheUser, { userId: "ann", engine: "redis", userGroupIds: [] }],
];

const create = (more: Props) => (provider: Stage["provider"]) => provider.create({ ...args, ...more });
const adopt = (more: Props) => create({ ...more, adoptExisting: true });
const read = (more: Props) => (provider: Stage["provider"]) => provider.read("ann", { ...state, ...more });
const update = (more: Props) => (provider: Stage["provider"]) =>
  provider.update("ann", { ...state, ...more }, { ...args, ...more });
const remove = (more: Props) => (provider: Stage["provider"]) =>
  provider.delete("ann", { ...state, ...more });

type Operation = (more: Props) => (provider: Stage["provider"]) => Promise<unknown>;

/** Every way in which an operation can fail, by name; `live` is the user as AWS shows it. */
function failures(live: object): readonly [title: string, operate: Operation, script: Script][] {
  const pending = { ...live, status: "modifying" };
  const going = { ...live, status: "deleting" };
  const exists = awsError("UserAlreadyExistsFault");
  const each = ["AccessDeniedException", "ExpiredToken", "InvalidParameterValueException", "SyntaxError"];
  const repeated = (password: string) => `Value '[${password}]' at 'passwords' failed to satisfy constraint.`;
  const fails = each.flatMap((name) => [
    { name, sent: awsError(name, "AnyOperation"), held: awsError(name, "AnyOperation") },
    {
      name: `${name} that repeats it`,
      sent: awsError(name, "AnyOperation", repeated(MARKER)),
      held: awsError(name, "AnyOperation", repeated(OLD)),
    },
  ]);
  const all: [string, Operation, Script][] = [
    ["a create that never settles", create, { create: [pending], find: [pending] }],
    ["a create that is never shown", create, { create: [undefined], find: [undefined] }],
    ["a create whose user vanishes", create, { create: [live], find: [pending, undefined] }],
    ["a create whose user is deleted", create, { create: [live], find: [going] }],
    ["a create that is never accepted", create, { create: [awsError("ThrottlingException")] }],
    ["a user that exists", create, { create: [exists], find: [live] }],
    ["a user that is being deleted", create, { create: [exists], find: [going] }],
    ["an update of a user that is gone", update, { find: [undefined] }],
    ["an update of a user that is going", update, { find: [going] }],
    ["an update that never settles", update, { find: [live, pending], update: [undefined], tags: [{}] }],
    ["an update whose user vanishes", update, { find: [live, undefined], update: [undefined], tags: [{}] }],
    ["a deletion that never ends", remove, { remove: [undefined], find: [going] }],
    ["a deletion that is taken back", remove, { remove: [undefined], find: [going, live] }],
  ];
  for (const { name, sent, held } of fails) {
    all.push(
      [`a create with ${name}`, create, { create: [sent] }],
      [`a create and then ${name}`, create, { create: [live], find: [sent] }],
      [`an adoption with ${name}`, adopt, { create: [exists], find: [live], update: [sent], tags: [{}] }],
      [`a read with ${name}`, read, { find: [held] }],
      [`an update with ${name}`, update, { find: [live], update: [sent] }],
      [`an update and then ${name}`, update, { find: [live, sent], update: [undefined], tags: [{}] }],
      [`tags with ${name}`, update, { find: [live], update: [undefined], tags: [sent] }],
      [`a deletion with ${name}`, remove, { remove: [held] }],
      [`a deletion and then ${name}`, remove, { remove: [undefined], find: [held] }],
    );
  }
  return all;
}

describe("A password", () => {
  withEnvironment({ PULUMI_AWS_USERS_ADOPT_EXISTING: undefined });

  for (const [kind, more] of kinds) {
    for (const [title, operate, script] of failures({ ...user, ...more })) {
      it(`of the ${kind.label} is not shown by ${title}`, async () => {
        const { provider, said } = stage(kind, script);
        const failure = await failureOf(operate(more)(provider));
        assert.doesNotMatch(shown(failure), /MARKER/);
        assert.doesNotMatch(said.join("\n"), /MARKER/);
      });
    }

    it(`of the ${kind.label} is sealed wherever it goes back to Pulumi`, async () => {
      const live = { ...user, ...more };
      const { provider } = stage(kind, {
        create: [live],
        find: [live],
        update: [undefined],
        tags: [{}],
      });
      const { __provider, ...news } = { ...args, ...more };
      delete (news as Props)["userGroupIds"];
      const checked = (await provider.check({}, news)).inputs;
      const created = (await provider.create({ ...args, ...more })).outs ?? {};
      const seen = await provider.read("ann", { ...state, ...more });
      const updated = (await provider.update("ann", { ...state, ...more }, { ...args, ...more })).outs ?? {};
      for (const [props, password] of [
        [checked, MARKER],
        [created, MARKER],
        [seen.props ?? {}, OLD],
        [seen.inputs as Props, OLD],
        [updated, MARKER],
      ] as const) {
        const { authentication, ...rest } = props;
        assert.deepEqual(authentication, { type: "password", passwords: secret([password]) });
        assert.doesNotMatch(JSON.stringify(rest), /MARKER/);
      }
    });

    it(`of the ${kind.label} is not sealed into an answer about differences`, async () => {
      const answer = await stage(kind).provider.diff("ann", { ...state, ...more }, { ...args, ...more });
      assert.doesNotMatch(JSON.stringify(answer), /MARKER/);
    });
  }
});

/** All that Pulumi's host could print of a failure or write down. */
function shown(failure: Failure): string {
  const { message, stack, reasons, properties } = failure;
  return inspect({ message, stack, reasons, properties }, { depth: null });
}
