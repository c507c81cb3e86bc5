import assert from "node:assert/strict";
import { createPublicKey, X509Certificate } from "node:crypto";
import { mfaCodes, newKeyAndCertificate, newPassword } from "../../../tools/start/keyMaterial";

describe("what an IAM user is loaded with", () => {
  it("has MFA codes as RFC 6238 has them", () => {
    const seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    // The last six digits of the RFC's first and third test value.
    assert.equal(mfaCodes(seed, 59_000)[1], "287082");
    assert.equal(mfaCodes(seed, 1_111_111_111_000)[1], "050471");
    assert.equal(mfaCodes(seed, 59_000 + 30_000)[0], "287082");
  });

  it("has a certificate that its own key has signed and that is valid now", () => {
    const { certificate } = newKeyAndCertificate("ann");
    const read = new X509Certificate(certificate);
    assert.equal(read.subject, "CN=ann");
    assert.equal(read.issuer, read.subject);
    assert.ok(read.verify(read.publicKey));
    assert.ok(Date.parse(read.validFrom) < Date.now());
    assert.ok(Date.parse(read.validTo) > Date.now());
  });

  it("has a public key of the strength that IAM asks for", () => {
    const { publicKey } = newKeyAndCertificate("ann");
    assert.equal(createPublicKey(publicKey).asymmetricKeyDetails?.modulusLength, 2048);
  });

  it("has passwords that are never the same and that every service takes", () => {
    assert.notEqual(newPassword(), newPassword());
    assert.match(newPassword(), /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[^\s,"/@]{16,128}$/);
  });
});
