import assert from "node:assert/strict";
import { type CallLimit, createLimits } from "../../local/limits";
import type { Wire } from "../../local/service";

const json: Wire = { protocol: "json", targetPrefix: "RekognitionService" };
const query: Wire = { protocol: "query", version: "2010-05-08", xmlNamespace: "" };

describe("a call limit", () => {
  it("lets a burst through, then as many calls as time brings", () => {
    const ask = asking({ operation: "rekognition:DeleteUser", perSecond: 5 });
    assert.equal(passed(ask, 10, 0), 5);
    assert.equal(passed(ask, 10, 400), 2);
    assert.equal(passed(ask, 10, 60_400), 5);
  });

  it("lets a burst of its own size through", () => {
    assert.equal(passed(asking({ operation: "DeleteUser", perSecond: 0.5, burst: 3 }), 10, 0), 3);
  });

  it("counts accounts, regions and operations apart", () => {
    const ask = asking({ operation: "rekognition:*", perSecond: 1 });
    assert.equal(ask(0, {}), undefined);
    assert.equal(ask(0, { account: "2" }), undefined);
    assert.equal(ask(0, { region: "eu-west-1" }), undefined);
    assert.equal(ask(0, { operation: "ListUsers" }), undefined);
    assert.notEqual(ask(0, {}), undefined);
  });

  it("throttles with the code of the service's protocol", () => {
    const limited = { operation: "*", perSecond: 1 };
    const [viaJson, viaQuery] = [asking(limited), asking(limited, query)];
    viaJson(0, {});
    viaQuery(0, {});
    assert.equal(viaJson(0, {})?.code, "ThrottlingException");
    assert.equal(viaQuery(0, {})?.code, "Throttling");
    assert.equal(viaQuery(0, {})?.message, "Rate exceeded");
  });

  it("is refused when it would let nothing through", () => {
    assert.throws(() => createLimits([{ operation: "x", perSecond: 0 }]), RangeError);
    assert.throws(() => createLimits([{ operation: "x", perSecond: 1, burst: 0 }]), RangeError);
  });
});

interface Asked {
  readonly operation?: string;
  readonly account?: string;
  readonly region?: string;
}

type Ask = (now: number, asked: Asked) => { code: string; message: string } | undefined;

function asking(limit: CallLimit, wire = json): Ask {
  const limits = createLimits([limit]);
  return (now, { operation = "DeleteUser", account = "1", region = "us-east-1" }) =>
    limits.check({ service: "rekognition", operation }, wire, { account, region, now, accessKeyId: "test" });
}

function passed(ask: Ask, calls: number, now: number): number {
  return Array.from({ length: calls }, () => ask(now, {})).filter((error) => error === undefined).length;
}
