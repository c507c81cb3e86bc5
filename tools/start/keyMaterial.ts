import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** A password that AWS takes for users of every service: 36 characters, with all classes of them. */
export function newPassword(): string {
  return `Aa1!${randomBytes(24).toString("base64url")}`;
}

/** Two consecutive codes of a virtual MFA device: that of the half minute before `now`, and that of `now`. */
export function mfaCodes(base32Seed: string, now: number): readonly [string, string] {
  const step = Math.floor(now / 30_000);
  return [totp(base32Seed, step - 1), totp(base32Seed, step)];
}

/** A new RSA key's public half in PEM, and a certificate that it has signed for itself, valid for a day. */
export function newKeyAndCertificate(commonName: string): { publicKey: string; certificate: string } {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    publicKey: publicKey.export({ type: "spki", format: "pem" }) as string,
    certificate: selfSigned(commonName, publicKey, privateKey),
  };
}

/** https://www.rfc-editor.org/rfc/rfc6238 */
function totp(base32Seed: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", fromBase32(base32Seed)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, "")].map((digit) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(digit).toString(2).padStart(5, "0"),
  );
  const bytes = bits.join("").match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** Node.js reads X.509 certificates and cannot make them. https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function selfSigned(commonName: string, publicKey: KeyObject, privateKey: KeyObject): string {
  const algorithm = der(SEQUENCE, der(OBJECT_ID, SHA256_WITH_RSA), der(NULL));
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, der(OBJECT_ID, COMMON_NAME), der(UTF8, commonName))));
  const now = Date.now();
  const body = der(
    SEQUENCE,
    der(INTEGER, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name,
    der(SEQUENCE, time(now - 60_000), time(now + 24 * 3600_000)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign("sha256", body, privateKey)]);
  const text = der(SEQUENCE, body, algorithm, der(BIT_STRING, signature)).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${text.match(/.{1,64}/g)?.join("\n")}\n-----END CERTIFICATE-----\n`;
}

const [INTEGER, BIT_STRING, NULL, OBJECT_ID, UTF8, UTC_TIME, SEQUENCE, SET] = [
  0x02, 0x03, 0x05, 0x06, 0x0c, 0x17, 0x30, 0x31,
] as const;
const SHA256_WITH_RSA = Buffer.from("2a864886f70d01010b", "hex");
const COMMON_NAME = Buffer.from("550403", "hex");

function time(ms: number): Buffer {
  return der(UTC_TIME, `${new Date(ms).toISOString().replaceAll(/\D/g, "").slice(2, 14)}Z`);
}

/** One value in the distinguished encoding rules: what it is, how long it is, and itself. */
function der(tag: number, ...contents: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(contents.map((part) => Buffer.from(part as string)));
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
