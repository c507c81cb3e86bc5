import assert from "node:assert/strict";
import {
  type Fault,
  type FaultTable,
  faultOf,
  nameOperation,
  operationOf,
} from "../../../provider/aws/faults";
import { awsError } from "../fakes";

const TABLE: FaultTable = {
  NoSuchEntityException: "gone",
  "CreateUser.NoSuchEntityException": "refused",
  Throttling: "busy",
};

describe("The fault of an AWS error", () => {
  const common: [string, Fault][] = [
    ["Throttling", "throttled"],
    ["ThrottlingException", "throttled"],
    ["ProvisionedThroughputExceededException", "throttled"],
    ["APICallRateForCustomerExceededFault", "throttled"],
    ["TooManyRequestsException", "throttled"],
    ["RequestLimitExceeded", "throttled"],
    ["InternalFailure", "transient"],
    ["InternalServerError", "transient"],
    ["ServiceFailureException", "transient"],
    ["ServiceUnavailable", "transient"],
    ["TimeoutError", "transient"],
    ["AccessDenied", "denied"],
    ["AccessDeniedException", "denied"],
    ["CredentialsProviderError", "credentials"],
    ["ExpiredToken", "credentials"],
    ["ExpiredTokenException", "credentials"],
    ["InvalidClientTokenId", "credentials"],
    ["UnrecognizedClientException", "credentials"],
    ["SyntaxError", "unclear"],
    ["LimitExceededException", "refused"],
    ["ServiceQuotaExceededException", "refused"],
    ["ValidationError", "refused"],
    ["ErrorOfTomorrow", "refused"],
  ];
  for (const [name, fault] of common) {
    it(`${name} is ${fault} in every service`, () => {
      assert.equal(faultOf(awsError(name), {}), fault);
    });
  }

  const codes: [string, Fault][] = [
    ["ECONNRESET", "transient"],
    ["EPIPE", "transient"],
    ["ETIMEDOUT", "transient"],
    ["ECONNREFUSED", "unclear"],
    ["ENOTFOUND", "unclear"],
    ["EAI_AGAIN", "unclear"],
  ];
  for (const [code, fault] of codes) {
    it(`of a connection with code ${code} is ${fault}`, () => {
      assert.equal(faultOf(Object.assign(new Error("socket"), { code }), {}), fault);
    });
  }

  it("is that of the service's own table first", () => {
    assert.equal(faultOf(awsError("Throttling"), TABLE), "busy");
  });

  it("is that of the operation before that of the name alone", () => {
    assert.equal(faultOf(awsError("NoSuchEntityException", "GetUser"), TABLE), "gone");
    assert.equal(faultOf(awsError("NoSuchEntityException", "CreateUser"), TABLE), "refused");
  });

  it("depends neither on the HTTP status nor on the message", () => {
    const error = Object.assign(awsError("ValidationError", "GetUser", "Throttling: NoSuchEntity"), {
      $metadata: { httpStatusCode: 503 },
      $retryable: { throttling: true },
    });
    assert.equal(faultOf(error, TABLE), "refused");
  });

  it("is refused for what is no error at all", () => {
    for (const thrown of [undefined, null, "Throttling", 429, {}, { name: 1, code: 2 }]) {
      assert.equal(faultOf(thrown, TABLE), "refused");
    }
  });
});

describe("The operation of an AWS error", () => {
  it("is the first that was noted", () => {
    const error = awsError("Throttling", "GetUser");
    nameOperation(error, "DeleteUser");
    assert.equal(operationOf(error), "GetUser");
  });

  it("is none where none was noted, nor for what is no object", () => {
    nameOperation("text", "GetUser");
    nameOperation(null, "GetUser");
    for (const error of [awsError("Throttling"), "text", null, undefined]) {
      assert.equal(operationOf(error), undefined);
    }
  });

  it("changes nothing that is shown of the error", () => {
    const error = awsError("Throttling");
    const before = Object.getOwnPropertyNames(error);
    nameOperation(error, "GetUser");
    assert.deepEqual(Object.getOwnPropertyNames(error), before);
  });
});
