/** Import files carry inputs and outputs since this version of the engine. */
const OLDEST = [3, 254];

/** Why an engine of this version cannot import by a file that carries inputs and outputs; undefined when it can. */
export function tooOldToImport(version: string): string | undefined {
  const [major = 0, minor = 0] = version.trim().replace(/^v/, "").split(".").map(Number);
  if (major !== OLDEST[0] || minor >= Number(OLDEST[1])) return undefined;
  return `the engine is ${version.trim()}; importing by a file needs at least v${OLDEST.join(".")}.0`;
}
