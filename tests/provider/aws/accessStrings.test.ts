import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalAccess, sameAccess } from "../../../provider/aws/accessStrings";

describe("An access string", () => {
  const rewritten: [declared: string, shown: string, service: string][] = [
    ["on +get", "on resetchannels -@all +get", "MemoryDB"],
    ["off +get", "off resetchannels -@all +get", "MemoryDB"],
    ["~objects:* ~items:* ~public:*", "off ~objects:* ~items:* ~public:* resetchannels -@all", "MemoryDB"],
    ["~objects:* ~items:* ~public:*", "off ~objects:* ~items:* ~public:* -@all", "ElastiCache"],
    ["on ~* &* +@read", "on ~* &* -@all +@read", "MemoryDB"],
    ["on ~app:* +@read", "on ~app:* resetchannels -@all +@read", "MemoryDB"],
    ["on ~app:* +@read", "on ~app:* -@all +@read", "ElastiCache"],
    ["on ~* &* +@all", "on ~* &* +@all", "MemoryDB"],
    ["off ~* &* +@all", "off ~* &* +@all", "MemoryDB"],
    ["on ~* +@all", "on ~* resetchannels +@all", "MemoryDB"],
    ["on ~* +@all", "on ~* resetchannels -@all +@all", "MemoryDB"],
    ["on ~* +@all", "on ~* +@all", "ElastiCache"],
    ["on allkeys allcommands", "on ~* +@all", "ElastiCache"],
    ["off ~* -@all", "off ~* -@all", "ElastiCache"],
    ["on allkeys allchannels nocommands +get", "on ~* &* -@all +get", "MemoryDB"],
    ["  ON   ~*  +@ALL ", "on ~* +@all", "ElastiCache"],
    ["off on ~old:* resetkeys ~new:* +@read", "on ~new:* -@all +@read", "ElastiCache"],
  ];
  for (const [declared, shown, service] of rewritten) {
    it(`"${declared}" is no drift when ${service} shows "${shown}"`, () => {
      assert.equal(sameAccess(declared, shown), true);
      assert.equal(sameAccess(shown, declared), true);
    });
  }

  const different: [string, string, string][] = [
    ["on ~* +@all", "off ~* +@all", "the state"],
    ["on ~a:* +@all", "on ~A:* +@all", "the case of a key pattern"],
    ["on ~a ~b +@all", "on ~a +@all", "the keys"],
    ["on %R~a +@all", "on ~a +@all", "the access to a key"],
    ["on ~* &* +@all", "on ~* +@all", "the channels"],
    ["on ~* &news +@all", "on ~* &* +@all", "a channel"],
    ["on ~* +@read", "on ~* +@write", "the commands"],
    ["on ~* +@all -get", "on ~* -get +@all", "the order of commands"],
    ["on ~* +get -get", "on ~* -get +get", "the order of commands without a base"],
    ["on ~* +@all -@all", "on ~* +@all", "the last base"],
    ["on ~* +@all >word", "on ~* +@all", "what nobody knows"],
  ];
  for (const [one, other, difference] of different) {
    it(`"${one}" differs from "${other}" by ${difference}`, () => {
      assert.equal(sameAccess(one, other), false);
    });
  }

  it("keeps its meaning whatever AWS inserts", () => {
    const patterns = fc.array(fc.constantFrom("~app:*", "~b", "%R~c"), { maxLength: 3 });
    const commands = fc.array(fc.constantFrom("+@read", "-get", "+set", "-@write"), { maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom("on", "off"), patterns, commands, (state, keys, words) => {
        const declared = [state, ...keys, ...words].join(" ");
        const shown = [state, ...keys, "resetchannels", "-@all", ...words].join(" ");
        assert.equal(sameAccess(declared, shown), true);
      }),
    );
  });

  it("has one text for all that mean the same, which means the same itself", () => {
    const words = fc.constantFrom(
      "on",
      "off",
      "~*",
      "allkeys",
      "&x",
      "resetchannels",
      "+@all",
      "-@all",
      "+get",
    );
    fc.assert(
      fc.property(fc.array(words), (tokens) => {
        const canonical = canonicalAccess(tokens.join(" "));
        assert.equal(canonicalAccess(canonical), canonical);
      }),
    );
  });
});
