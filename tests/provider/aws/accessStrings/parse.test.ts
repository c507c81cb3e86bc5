import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalAccess } from "../../../../provider/aws/accessStrings";
import { parseAccess } from "../../../../provider/aws/accessStrings/parse";

const MARKER = "MARKER-hush-hush";

/** A token that is refused, and how the message goes on after its number. */
const REFUSED: readonly [token: string, rule: RegExp, rest: RegExp][] = [
  [`>${MARKER}`, /^must not hold a password/, /">\.\.\."; declare passwords in authentication\.passwords$/],
  [`<${MARKER}`, /^must not hold a password/, /"<\.\.\."; /],
  [`#${"0a".repeat(32)}`, /^must not hold a password/, /"#\.\.\."; /],
  [`!${"0a".repeat(32)}`, /^must not hold a password/, /"!\.\.\."; /],
  ["nopass", /^must not say how the user logs in/, /"nopass"; declare it in authentication$/],
  ["ResetPass", /^must not say how the user logs in/, /"ResetPass"; /],
  ["reset", /^must not reset the user, which would remove its passwords/, /"reset"; write off, resetkeys/],
  ["clearselectors", /^must not clear selectors/, /"clearselectors"; leave out those/],
  ["sanitize-payload", /^must not say how RESTORE treats payloads/, /"sanitize-payload"; leave it out$/],
  ["skip-sanitize-payload", /^must not say how RESTORE treats payloads/, /"skip-sanitize-payload"; /],
  ["~", /^must not hold an empty pattern/, /"~"; write for example ~\* for all keys$/],
  ["%R~", /^must not hold an empty pattern/, /"%R~"; write for example ~\*/],
  ["&", /^must not hold an empty pattern/, /"&"; write for example &\* for all channels$/],
  [
    "%X~MARKER",
    /^must not hold an unknown key permission/,
    /"%\.\.\."; expected %R~, %W~ or %RW~ and a pattern$/,
  ],
  ["%~a", /^must not hold an unknown key permission/, /"%\.\.\."; /],
  ["%R", /^must not hold an unknown key permission/, /"%R"; /],
  ["+@raed", /^must not hold an unknown category/, /"\+@raed"; did you mean read\?$/],
  ["-@nonsense", /^must not hold an unknown category/, /"-@nonsense"; known are all, keyspace, read, write/],
  ["+@", /^must not hold an unknown category/, /"\+@"; known are /],
  ["+", /^must not hold what is no name of a command/, /"\+"; expected a name such as \+get/],
  [`+>${MARKER}`, /^must not hold what is no name of a command/, /"\+\.\.\."; /],
  ["+config|", /^must not hold what is no name of a command/, /"\+config\|"; /],
  ["-config|set|x", /^must not hold what is no name of a command/, /"-config\|set\|x"; /],
  ["+get)", /^must not hold what is no name of a command/, /"\+\.\.\."; /],
  ["allkey", /^must not hold an unknown token/, /"a\.\.\."; did you mean allkeys\?$/],
  [MARKER, /^must not hold an unknown token/, /"M\.\.\."; expected on, off, ~pattern, /],
  ["constructor", /^must not hold an unknown token/, /"c\.\.\."; expected on, off/],
  [`+${"x".repeat(100)}|a|b`, /^must not hold what is no name/, /"\+\.\.\."; /],
];

const GOOD = [
  "on",
  "off",
  "~a:*",
  "~a)",
  "%R~b",
  "&c",
  "allkeys",
  "resetchannels",
  "+get",
  "+select|0",
  "-@write",
];

describe("An access string that AWS would refuse", () => {
  for (const [token, rule, rest] of REFUSED) {
    it(`is refused because of "${token}", by its place and what to write instead`, () => {
      for (const text of [`on ~* ${token} +@all`, `  on\t~*\n${token}`]) {
        const { problems } = parseAccess(text);
        assert.equal(problems.length, 1, problems.join("\n"));
        const [problem = ""] = problems;
        const [before = "", after = ""] = problem.split(": token 3, ");
        assert.match(before, rule);
        assert.match(after, rest);
        assert.doesNotMatch(problem, /MARKER|0a0a/);
      }
    });
  }

  it("is refused when blank", () => {
    for (const text of ["", "  ", "\n"]) {
      assert.deepEqual(parseAccess(text).problems, [
        "must not be empty: write for example 'on ~app:* +@read'",
      ]);
    }
  });

  it("is refused because of what a selector holds, or when it is not closed", () => {
    const [password] = parseAccess(`on (~a >${MARKER} +get)`).problems;
    assert.match(password ?? "", /^must not hold a password: token 3, ">\.\.\."/);
    const [state] = parseAccess("on (off ~a +get)").problems;
    assert.match(state ?? "", /^must not switch the user on or off within a selector: token 2, "off"; /);
    const [nested] = parseAccess("on (~a (+get))").problems;
    assert.match(nested ?? "", /^must not hold an unknown token: token 3, "\(\.\.\."/);
    assert.deepEqual(parseAccess("on ~a (~b +get").problems, [
      "must close each selector: token 3 opens one; expected a later token that ends with )",
    ]);
  });

  it("names every wrong token by its place, whatever stands around it", () => {
    const good = fc.array(fc.tuple(fc.constantFrom(...GOOD), fc.constant(false)), { maxLength: 8 });
    const bad = fc.tuple(fc.constantFrom(...REFUSED.map(([token]) => token)), fc.constant(true));
    const tokens = fc
      .tuple(good, fc.array(bad, { minLength: 1, maxLength: 3 }), good)
      .chain(([before, wrong, after]) =>
        fc.shuffledSubarray([...before, ...wrong, ...after], { minLength: 1 }),
      );
    const spaces = fc.constantFrom(" ", "  ", "\t", "\n ");
    fc.assert(
      fc.property(tokens, spaces, (all, space) => {
        const expected = all.flatMap(([, wrong], index) => (wrong ? index + 1 : []));
        const { problems } = parseAccess(all.map(([token]) => token).join(space));
        assert.deepEqual(
          problems.map((problem) => Number(/: token (\d+), /.exec(problem)?.[1])),
          expected,
        );
      }),
    );
  });

  it("is answered with problems, never with a crash, whatever the text is", () => {
    const pieces = fc.constantFrom(
      "(",
      ")",
      "~",
      "%R~",
      "&",
      "+",
      "-",
      "@",
      "|",
      ">",
      " ",
      "on",
      "get",
      "all",
      "*",
    );
    const syntax = fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), syntax), (text) => {
        const { words, problems } = parseAccess(text);
        assert.deepEqual(words, text.split(/\s+/).filter(Boolean));
        assert.ok(problems.every((problem) => /^must .*: (token \d+|write)/s.test(problem)));
        for (const unnamed of ["none", "cluster"] as const) {
          const canonical = canonicalAccess(text, unnamed);
          assert.equal(canonicalAccess(canonical, unnamed), canonical);
          if (problems.length > 0) assert.equal(canonical, words.join(" "));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("An access string of all that is understood", () => {
  it("has no problem", () => {
    const text =
      "On ~* ~a\\ b[c]? %r~d %RW~e allkeys resetkeys &f &* allchannels resetchannels +get -SET +ft._list " +
      "+restore-asking +config|get +select|0 +@all -@dangerous +@json +@search allcommands nocommands (~x +@read) ( ) off";
    assert.deepEqual(parseAccess(text.replace("\\ ", "")).problems, []);
  });
});
