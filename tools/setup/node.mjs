import { SetupError } from "./step.mjs";

/** Refuses a Node.js that is older than this project needs; `minimum` is as in package.json's engines: `>=20.19.0`. */
export function checkNode(version, minimum) {
  if (isAtLeast(version, minimum.replace(/^>=/, ""))) return;
  throw new SetupError(
    `This project needs Node.js ${minimum.replace(/^>=/, "")} or later; this is ${version}.`,
    "Install a newer Node.js from https://nodejs.org/ and run this again.",
  );
}

/** Whether a version of the form 1.2.3 is the other one or later. */
export function isAtLeast(version, other) {
  const [ours, theirs] = [version, other].map((text) =>
    text.split(".").map((part) => Number.parseInt(part, 10)),
  );
  for (const [index, wanted] of theirs.entries()) {
    const difference = (ours[index] ?? 0) - wanted;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
