import assert from "node:assert/strict";
import { canonicalAccess, sameAccess, type UnnamedChannels } from "../../../../provider/aws/accessStrings";

type Row = readonly [declared: string, shown: string];

/** What AWS was seen, or is documented, to make of access strings. */
const REWRITTEN: readonly [service: string, unnamed: UnnamedChannels, rows: readonly Row[]][] = [
  [
    "MemoryDB",
    "none",
    [
      ["on +get", "on resetchannels -@all +get"],
      ["off +get", "off resetchannels -@all +get"],
      ["~objects:* ~items:* ~public:*", "off ~objects:* ~items:* ~public:* resetchannels -@all"],
      ["on ~* &* +@read", "on ~* &* -@all +@read"],
      ["on ~app:* +@read", "on ~app:* resetchannels -@all +@read"],
      ["on ~* &* +@all", "on ~* &* +@all"],
      ["off ~* &* +@all", "off ~* &* +@all"],
      ["on ~* +@all", "on ~* resetchannels +@all"],
      ["on ~* +@all", "on ~* resetchannels -@all +@all"],
      ["on allkeys allchannels nocommands +get", "on ~* &* -@all +get"],
    ],
  ],
  [
    "ElastiCache",
    "cluster",
    [
      ["~objects:* ~items:* ~public:*", "off ~objects:* ~items:* ~public:* -@all"],
      ["on ~app:* +@read", "on ~app:* -@all +@read"],
      ["on ~* +@all", "on ~* +@all"],
      ["on ~* +@all", "on ~* -@all +@all"],
      ["on allkeys allcommands", "on ~* +@all"],
      ["off ~* -@all", "off ~* -@all"],
    ],
  ],
];

const SAME: readonly Row[] = [
  ["  ON \n ~*  +@ALL ", "on ~* +@all"],
  ["+@read ~a on", "on ~a +@read"],
  ["off on ~old resetkeys ~new +@read", "on ~new -@all +@read"],
  ["on ~a ~a &x &x +get +get", "on ~a &x -@all +get"],
  ["on %RW~a +get", "on ~a +get"],
  ["on %wr~a %r~b +get", "on ~a %R~b +get"],
  ["on %R~a ~b %W~a +get", "on ~a ~b +get"],
  ["on ~a ~* %R~b +get", "on ~* +get"],
  ["on %R~a %R~* %W~b +get", "on %R~* %W~b +get"],
  ["on &a &* +get", "on &* +get"],
  ["on resetchannels &a +get", "on &a +get"],
  ["on &a resetchannels +get", "on resetchannels +get"],
  ["on +@read +@all -get", "on +@all -get"],
  ["on +set -@all +get", "on +get"],
  ["on -set +get", "on +get"],
  ["on +@all +get -set", "on +@all -set"],
  ["on -config|get +config|set -config +get", "on +get"],
  ["on +get -@write +set +get", "on -@write +set +get"],
  ["on +CONFIG|GET +Json.Get +@Read", "on +config|get +json.get +@read"],
  ["on (%RW~a +GET) ( ~b nocommands +@all ) ~c", "on ~c (~a +get) (~b +@all)"],
];

const DIFFERENT: readonly [one: string, other: string, difference: string][] = [
  ["on ~* +@all", "off ~* +@all", "the state"],
  ["on ~* +@all", "~* +@all", "the state, which is off where none is named"],
  ["on ~a:* +@all", "on ~A:* +@all", "the case of a key pattern"],
  ["on &a +@all", "on &A +@all", "the case of a channel"],
  ["on ~a ~b +@all", "on ~a +@all", "the keys"],
  ["on ~a +@all", "on +@all", "any keys at all"],
  ["on %R~a +@all", "on ~a +@all", "what may be done with a key"],
  ["on %R~a +@all", "on %W~a +@all", "what may be done with a key"],
  ["on %R~* ~a +@all", "on %R~* +@all", "what may be done with a key beside all keys"],
  ["on ~* &* +@all", "on ~* +@all", "the channels"],
  ["on ~* &news +@all", "on ~* &* +@all", "a channel"],
  ["on ~* +@read", "on ~* +@write", "the commands"],
  ["on ~* +get", "on ~* +@read", "a command and a category that holds it"],
  ["on ~* +config|get", "on ~* +config", "a subcommand and its command"],
  ["on ~* +@all -get", "on ~* -get +@all", "the order of commands"],
  ["on ~* +@all -@dangerous", "on ~* -@dangerous +@all", "the order of categories"],
  ["on ~* +get -get", "on ~* -get +get", "the order of commands without a base"],
  ["on ~* +get -@read", "on ~* -@read +get", "the order of a command and its category"],
  ["on ~* +config -config|set", "on ~* -config|set +config", "the order of a command and its subcommand"],
  ["on ~* +@all -@all", "on ~* +@all", "the last base"],
  ["on ~* +getdel -@write +get", "on ~* -@write +get", "a command whose name begins like another one's"],
  ["on ~* +@all +select|0 -@fast", "on ~* +@all -@fast", "an argument that engines before version 7 keep"],
  ["on ~a +get (~b +set)", "on ~a ~b +get +set", "what belongs together"],
  ["on ~a +get (~b +set)", "on ~a +get (~b +get)", "what a selector allows"],
  ["on ~a +get (~b +set)", "on ~a +get", "a selector"],
  ["on ~* +@all reset", "on ~* +@all", "what is not understood"],
  ["on ~* +@all >one", "on ~* +@all >other", "what is not understood"],
];

const EVERYWHERE: readonly UnnamedChannels[] = ["none", "cluster"];

describe("An access string", () => {
  for (const [service, unnamed, rows] of REWRITTEN) {
    for (const [declared, shown] of rows) {
      it(`"${declared}" is no drift when ${service} shows "${shown}"`, () => {
        assert.equal(canonicalAccess(declared, unnamed), canonicalAccess(shown, unnamed));
        assert.equal(sameAccess(shown, declared, unnamed), true);
      });
    }
  }

  for (const [one, other] of SAME) {
    it(`${JSON.stringify(one)} means the same as "${other}"`, () => {
      for (const unnamed of EVERYWHERE)
        assert.equal(canonicalAccess(one, unnamed), canonicalAccess(other, unnamed));
    });
  }

  for (const [one, other, difference] of DIFFERENT) {
    it(`"${one}" differs from "${other}" by ${difference}`, () => {
      for (const unnamed of EVERYWHERE) assert.equal(sameAccess(one, other, unnamed), false);
    });
  }

  it("that names no channel allows none in MemoryDB and what the cluster says in ElastiCache", () => {
    const [silent, none] = ["on ~* +@all", "on ~* resetchannels +@all"];
    assert.equal(sameAccess(silent, none, "none"), true);
    assert.equal(sameAccess(silent, none, "cluster"), false);
    assert.equal(sameAccess("on (~* +@all)", "on (~* resetchannels +@all)", "cluster"), false);
  });

  it("has one text for its meaning, as AWS would write it", () => {
    const declared = "+@Read %W~a resetkeys %RW~b:* allchannels on -@write (%R~c +GET)";
    assert.equal(
      canonicalAccess(declared, "none"),
      "on ~b:* &* -@all +@read -@write (%R~c resetchannels -@all +get)",
    );
    assert.equal(canonicalAccess(declared, "cluster"), "on ~b:* &* -@all +@read -@write (%R~c -@all +get)");
    assert.equal(canonicalAccess("on  (~a +get", "none"), "on (~a +get");
  });
});
