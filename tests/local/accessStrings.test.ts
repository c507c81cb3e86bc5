import assert from "node:assert/strict";
import fc from "fast-check";
import { rewriteAccessString } from "../../local/accessStrings";
import { ServiceError } from "../../local/service";

const refuse = (message: string) => new ServiceError("Refused", message);
const memorydb = (text: string) => rewriteAccessString(text, { writesResetChannels: true, refuse });
const elasticache = (text: string) => rewriteAccessString(text, { writesResetChannels: false, refuse });

describe("An access string sent to the local AWS", () => {
  const inMemoryDb: readonly [sent: string, stored: string][] = [
    ["on +get", "on resetchannels -@all +get"],
    ["off +get", "off resetchannels -@all +get"],
    ["~objects:* ~items:* ~public:*", "off ~objects:* ~items:* ~public:* resetchannels -@all"],
    ["on ~* &* +@read", "on ~* &* -@all +@read"],
    ["on ~app:* +@read", "on ~app:* resetchannels -@all +@read"],
    ["on ~app::* resetchannels -@all +@read", "on ~app::* resetchannels -@all +@read"],
    ["on ~* &* +@all", "on ~* &* +@all"],
    ["off ~* &* +@all", "off ~* &* +@all"],
    ["on ~* +@all", "on ~* resetchannels +@all"],
    ["on ~* resetchannels -@all +@all", "on ~* resetchannels +@all"],
    ["+@read ON ~a", "on ~a resetchannels -@all +@read"],
    ["on allkeys allchannels allcommands", "on ~* &* +@all"],
    [
      "on ~a +get (%RW~b &x +GET) (~c )",
      "on ~a resetchannels -@all +get (~b &x -@all +get) (~c resetchannels -@all)",
    ],
  ];
  for (const [sent, stored] of inMemoryDb) {
    it(`comes back from MemoryDB as "${stored}" when sent as "${sent}"`, () => {
      assert.equal(memorydb(sent), stored);
    });
  }

  const inElastiCache: readonly [sent: string, stored: string][] = [
    ["~objects:* ~items:* ~public:*", "off ~objects:* ~items:* ~public:* -@all"],
    ["on ~app:* +@read", "on ~app:* -@all +@read"],
    ["on ~* +@all", "on ~* +@all"],
    ["on allkeys allcommands", "on ~* +@all"],
    ["off ~* -@all", "off ~* -@all"],
    ["on ~a resetkeys ~b +GET -config|set", "on ~b -@all +get -config|set"],
    ["on %R~a &x resetchannels +get", "on %R~a resetchannels -@all +get"],
    ["on %R~a %W~a %rw~b %r~c ~a &x &y &x +get", "on ~a ~b %R~c &x &y -@all +get"],
    ["on ~a %R~b allkeys &x allchannels +get", "on ~* &* -@all +get"],
    ["on +get +config|get +set -config +get", "on -@all +set -config +get"],
    ["on +@all -select +select|0 -@admin -@ADMIN", "on +@all -select +select|0 -@admin"],
  ];
  for (const [sent, stored] of inElastiCache) {
    it(`comes back from ElastiCache as "${stored}" when sent as "${sent}"`, () => {
      assert.equal(elasticache(sent), stored);
    });
  }

  it("is refused when blank, when a word means nothing, and when it holds a password or reset", () => {
    const refused = [
      "",
      "  ",
      "on nonsense",
      "on +@nonsense",
      "on constructor",
      "on ~",
      "reset",
      "on nopass",
    ];
    refused.push("on (~a +get", "on (off ~a)", "on (~a >secret)", "on ((~a) +get)", "clearselectors");
    for (const text of [...refused, "on >secret", "on #abc"]) {
      assert.throws(() => memorydb(text), { code: "Refused" }, text);
    }
  });

  it("is refused without repeating the password that it holds", () => {
    assert.throws(
      () => elasticache("on >marker-password"),
      (error: Error) => !error.message.includes("marker"),
    );
  });

  it("is left alone when it comes back the way AWS stored it", () => {
    const word = fc.constantFrom(
      ...["on", "off", "~*", "~a:*", "&*", "&b", "resetkeys", "resetchannels", "allkeys", "allcommands"],
      ...[
        "nocommands",
        "+@all",
        "-@all",
        "+@read",
        "-@write",
        "+get",
        "-set",
        "+config|get",
        "%RW~c",
        "-config",
        "(%R~d &b +get)",
      ],
    );
    const sent = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(sent, fc.constantFrom(memorydb, elasticache), (text, rewrite) => {
        assert.equal(rewrite(rewrite(text)), rewrite(text));
      }),
    );
  });
});
