import assert from "node:assert/strict";
import { decodeQuery, encodeQuery, encodeQueryError } from "../../local/query";
import { ServiceError, type Wire } from "../../local/service";

const wire = {
  protocol: "query",
  version: "2015-02-02",
  xmlNamespace: "http://example.test/doc/",
  itemNames: { "Do/TagList": "Tag" },
} as const satisfies Wire;

describe("a form of the query protocol", () => {
  it("becomes an action with members", () => {
    assert.deepEqual(decoded("Action=GetUser&Version=2010-05-08&UserName=ann"), {
      action: "GetUser",
      version: "2010-05-08",
      input: { UserName: "ann" },
    });
  });

  it("has lists of structures under any item name", () => {
    for (const list of ["Tags.member", "Tags.Tag", "Tags"]) {
      const form = `Action=A&${list}.1.Key=a&${list}.1.Value=1&${list}.2.Key=b&${list}.2.Value=`;
      assert.deepEqual(decoded(form)?.input, {
        Tags: [
          { Key: "a", Value: "1" },
          { Key: "b", Value: "" },
        ],
      });
    }
  });

  it("orders lists by number, not by text", () => {
    const numbers = Array.from({ length: 11 }, (_, i) => String(i + 1));
    const form = `Action=A&${numbers.map((n) => `L.member.${n}=${n}`).join("&")}`;
    assert.deepEqual(decoded(form)?.input, { L: numbers });
  });

  it("keeps a structure whose only member is a list", () => {
    assert.deepEqual(decoded("Action=A&AuthenticationMode.Passwords.member.1=secret")?.input, {
      AuthenticationMode: { Passwords: ["secret"] },
    });
  });

  it("is nothing without an action", () => {
    assert.equal(decoded("Version=2010-05-08"), undefined);
    assert.equal(decoded("Action="), undefined);
  });

  it("does no harm with hostile names", () => {
    assert.equal(Object.getPrototypeOf(decoded("Action=A&__proto__.x=1")?.input), Object.prototype);
    assert.equal(({} as Record<string, unknown>)["x"], undefined);
  });
});

describe("an answer of the query protocol", () => {
  it("names the items of a list as the operation does, and leaves out what has no value", () => {
    const body = encoded({
      TagList: [{ Key: "a", TagList: ["x"] }],
      Names: ["x"],
      None: undefined,
      Empty: [],
    });
    assert.match(
      body,
      /<TagList><Tag><Key>a<\/Key><TagList><member>x<\/member><\/TagList><\/Tag><\/TagList>/,
    );
    assert.match(body, /<Names><member>x<\/member><\/Names><Empty><\/Empty>/);
    assert.doesNotMatch(body, /None/);
  });

  it("writes dates, booleans, numbers and bytes in AWS's form", () => {
    const body = encoded({
      D: new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678)),
      B: false,
      N: 0,
      S: Buffer.from("hi"),
    });
    assert.match(body, /<D>2026-01-02T03:04:05Z<\/D><B>false<\/B><N>0<\/N><S>aGk=<\/S>/);
  });

  it("escapes what XML would misread or lose", () => {
    assert.match(
      encoded({ T: "a<b>&\"'\r\n\u0001\u00e9" }),
      /<T>a&lt;b&gt;&amp;&quot;&apos;&#xD;&#xA;\ufffd\u00e9<\/T>/,
    );
  });

  it("has only metadata when the operation gives nothing back", () => {
    assert.equal(
      encoded({}),
      '<DoResponse xmlns="http://example.test/doc/"><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></DoResponse>',
    );
  });

  it("blames the sender below 500 and the receiver from there on", () => {
    const refused = (status: number) =>
      encodeQueryError(new ServiceError("Code", "why & how", status), wire.xmlNamespace, "r-1").body;
    assert.match(
      refused(409),
      /<Error><Type>Sender<\/Type><Code>Code<\/Code><Message>why &amp; how<\/Message><\/Error><RequestId>r-1</,
    );
    assert.match(refused(500), /<Type>Receiver<\/Type>/);
  });
});

function decoded(form: string): ReturnType<typeof decodeQuery> {
  return decodeQuery(new URLSearchParams(form));
}

function encoded(members: Record<string, unknown>): string {
  return encodeQuery(wire, "Do", members, "r-1").body;
}
