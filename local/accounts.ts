import { createHash, randomBytes } from "node:crypto";
import { fromBase32, toBase32 } from "./identifiers";

/** The credentials that clients of the local AWS use unless they bring their own. */
export const TEST_CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" } as const;

const TEST_ACCOUNT = "123456789012";

/**
 * The twelve-digit account of an access key id, always the same for the same id: the test key's is 123456789012,
 * twelve digits name an account themselves, ids in AWS's form carry theirs as AWS's do, others get one by hash.
 */
export function accountOf(accessKeyId: string): string {
  if (accessKeyId === TEST_CREDENTIALS.accessKeyId) {
    return TEST_ACCOUNT;
  }
  if (/^\d{12}$/.test(accessKeyId)) {
    return accessKeyId;
  }
  return encodedAccount(accessKeyId) ?? hashedAccount(accessKeyId);
}

/** A new access key id that belongs to an account. `AKIA` starts a user's key, `ASIA` a temporary one. */
export function newAccessKeyId(prefix: "AKIA" | "ASIA", account: string): string {
  const bytes = randomBytes(10);
  const marked = (1n << 47n) | (BigInt(account) << 7n);
  bytes.writeUIntBE(Number(marked), 0, 6);
  return prefix + toBase32(bytes);
}

/** Ids issued since 2019 hold the account in bits 8 to 46 of their first six bytes; older ones lack the first bit. */
function encodedAccount(accessKeyId: string): string | undefined {
  const encoded = /^A[KS]IA([Q-Z2-7][A-Z2-7]{15})$/.exec(accessKeyId)?.[1];
  if (!encoded) {
    return undefined;
  }
  const bits = BigInt(fromBase32(encoded).readUIntBE(0, 6));
  return ((bits & 0x7fff_ffff_ff80n) >> 7n).toString().padStart(12, "0");
}

function hashedAccount(accessKeyId: string): string {
  const number = createHash("sha256").update(accessKeyId).digest().readUIntBE(0, 6);
  return String(number % 1e12).padStart(12, "0");
}
