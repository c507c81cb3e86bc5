// Prints the tag that npm is to publish the package in this folder under: `latest`, which people get unasked, only for
// what is newer than what they get so far.
import { readFileSync } from "node:fs";
import { npm } from "../setup/dependencies.mjs";
import { isAtLeast } from "../setup/node.mjs";

const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
process.stdout.write(`${tagFor(version, await published(name))}\n`);

function tagFor(version, latest) {
  if (version.includes("-")) return "next";
  if (latest === undefined || isAtLeast(version, latest.split("-")[0])) return "latest";
  return `release-${version.split(".").slice(0, 2).join(".")}`;
}

/** The version that is `latest` on the registry; undefined before the first one. */
async function published(name) {
  const { stdout } = await npm(".", ["view", name, "dist-tags.latest", "--json"]);
  const latest = stdout === "" ? undefined : JSON.parse(stdout);
  if (typeof latest === "string") return latest;
  if (latest?.error?.code === "E404") return undefined;
  throw new Error(`the registry does not tell the latest version of ${name}: ${stdout}`);
}
