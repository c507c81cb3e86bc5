import assert from "node:assert/strict";
import fc from "fast-check";
import { rewriteAccessString } from "../../../../local/accessStrings";
import { ServiceError } from "../../../../local/service";
import { canonicalAccess, sameAccess, type UnnamedChannels } from "../../../../provider/aws/accessStrings";
import { allowedBy } from "./engine";

const PERMISSIONS = [
  ...["~*", "allkeys", "~a", "~b", "%R~a", "%W~a", "%rw~a", "%R~*", "%W~*", "%R~b", "resetkeys"],
  ...["&*", "allchannels", "&x", "&y", "resetchannels"],
  ...[
    "+@all",
    "allcommands",
    "-@all",
    "nocommands",
    "+@read",
    "-@read",
    "+@write",
    "-@write",
    "+@fast",
    "-@fast",
  ],
  ...[
    "+@dangerous",
    "-@dangerous",
    "+get",
    "+GET",
    "-get",
    "+set",
    "-set",
    "+select",
    "-select",
    "+select|0",
  ],
  ...["+config", "-config", "+config|get", "-config|get", "+config|set", "-config|set"],
];

const joined = (words: readonly string[]) => words.join(" ");
const permission = fc.constantFrom(...PERMISSIONS);
const selector = fc.array(permission, { minLength: 1, maxLength: 4 }).map((words) => `(${joined(words)})`);
const word = fc.oneof(
  { weight: 20, arbitrary: permission },
  { weight: 2, arbitrary: fc.constantFrom("on", "off", "ON") },
  { weight: 1, arbitrary: selector },
);
const accessString = fc.array(word, { minLength: 1, maxLength: 10 }).map(joined);
const unnamedChannels = fc.constantFrom<UnnamedChannels>("none", "cluster");
const OFTEN = { numRuns: 1000 };

describe("The meaning of an access string", () => {
  it("is kept by its canonical form, as an engine applies both", () => {
    fc.assert(
      fc.property(accessString, unnamedChannels, (text, unnamed) => {
        const canonical = canonicalAccess(text, unnamed);
        assert.equal(allowedBy(canonical, unnamed), allowedBy(text, unnamed), canonical);
        assert.equal(canonicalAccess(canonical, unnamed), canonical);
      }),
      OFTEN,
    );
  });

  it("is never the same for access strings that an engine tells apart", () => {
    const few = fc.constantFrom(
      "on",
      "~a",
      "%R~a",
      "~*",
      "&x",
      "+get",
      "-get",
      "+@read",
      "-@read",
      "+@all",
      "-@all",
    );
    const short = fc.array(few, { minLength: 1, maxLength: 4 }).map(joined);
    fc.assert(
      fc.property(short, short, unnamedChannels, (one, other, unnamed) => {
        fc.pre(allowedBy(one, unnamed) !== allowedBy(other, unnamed));
        assert.equal(sameAccess(one, other, unnamed), false);
      }),
      OFTEN,
    );
  });

  it("is kept by what AWS inserts and rewrites", () => {
    const refuse = (message: string) => new ServiceError("Refused", message);
    const services = [
      { unnamed: "none", writesResetChannels: true },
      { unnamed: "cluster", writesResetChannels: false },
    ] as const;
    fc.assert(
      fc.property(accessString, fc.constantFrom(...services), (text, { unnamed, writesResetChannels }) => {
        const shown = rewriteAccessString(text, { writesResetChannels, refuse });
        assert.equal(canonicalAccess(shown, unnamed), canonicalAccess(text, unnamed), shown);
      }),
      OFTEN,
    );
  });
});

/** What an access string says, each of it with an effect of its own. */
interface Permissions {
  readonly state: string;
  readonly keys: readonly string[];
  readonly channels: readonly string[];
  readonly base: string;
  readonly commands: readonly string[];
}

const permissions: fc.Arbitrary<Permissions> = fc
  .record({
    state: fc.constantFrom("on", "off"),
    keys: fc.subarray(["~a", "%R~b", "%W~c:*", "~d"]),
    channels: fc.subarray(["&x", "&y:*", "&z"], { minLength: 1 }),
    base: fc.constantFrom("+@all", "-@all"),
    commands: fc.shuffledSubarray(["@read", "@write", "get", "config", "client|list"]),
  })
  .chain(({ commands, ...rest }) =>
    fc
      .array(fc.constantFrom("+", "-"), { minLength: commands.length, maxLength: commands.length })
      .map((signs) => ({ ...rest, commands: commands.map((name, index) => `${signs[index]}${name}`) })),
  );

const textOf = ({ state, keys, channels, base, commands }: Permissions) =>
  joined([state, ...keys, ...channels, base, ...commands]);

const opposite = (text: string) => (text.startsWith("+") ? "-" : "+");

/** Changes of one thing each; where there is nothing to change, none. */
const CHANGES: Readonly<Record<string, (from: Permissions) => Partial<Permissions> | undefined>> = {
  "the state": ({ state }) => ({ state: state === "on" ? "off" : "on" }),
  "one more key pattern": ({ keys }) => ({ keys: [...keys, "~new:*"] }),
  "one key pattern less": ({ keys }) => (keys.length > 0 ? { keys: keys.slice(1) } : undefined),
  "another case of a key pattern": ({ keys }) => altered(keys, (key) => key.toUpperCase(), "keys"),
  "other permissions on a key": ({ keys }) =>
    altered(keys, (key) => (key.startsWith("~") ? `%R${key}` : key.replace(/^%./, "")), "keys"),
  "one more channel": ({ channels }) => ({ channels: [...channels, "&new"] }),
  "one channel less": ({ channels }) => ({ channels: channels.slice(1) }),
  "all channels": () => ({ channels: ["&*"] }),
  "another channel": ({ channels }) => altered(channels, (channel) => `${channel}2`, "channels"),
  "one more command": ({ base, commands }) => ({ commands: [...commands, `${opposite(base)}hset`] }),
  "one more category": ({ base, commands }) => ({ commands: [...commands, `${opposite(base)}@geo`] }),
  "the sign of a command": ({ commands }) =>
    altered(commands, (command) => `${opposite(command)}${command.slice(1)}`, "commands"),
};

function altered<Key extends keyof Permissions>(
  all: readonly string[],
  alter: (one: string) => string,
  key: Key,
) {
  const [first, ...rest] = all;
  return first === undefined ? undefined : { [key]: [alter(first), ...rest] };
}

describe("A single change of an access string", () => {
  for (const [name, change] of Object.entries(CHANGES)) {
    it(`is seen: ${name}`, () => {
      fc.assert(
        fc.property(permissions, unnamedChannels, (from, unnamed) => {
          const changes = change(from);
          fc.pre(changes !== undefined);
          assert.equal(sameAccess(textOf(from), textOf({ ...from, ...changes }), unnamed), false);
        }),
      );
    });
  }
});
