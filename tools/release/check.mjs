// Whether a tag may be published from this folder: `node tools/release/check.mjs v0.2.0`. Prints what the changelog
// says of the version, for people to read; else says what is wrong and ends with 1.
import { readdirSync, readFileSync } from "node:fs";

const [tag = ""] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
const changes = readFileSync("CHANGELOG.md", "utf8").split(/^## /m);
const notes = changes.find((text) => text.split("\n", 1)[0] === version);
const left = readdirSync(".changeset").filter((name) => name.endsWith(".md") && name !== "README.md");

const wrong = [
  ...(tag === `v${version}` ? [] : [`the tag is "${tag}", and package.json has version ${version}`]),
  ...(notes === undefined ? [`CHANGELOG.md has no part "## ${version}"`] : []),
  ...(left.length === 0 ? [] : [`changes are not in CHANGELOG.md yet: .changeset/${left.join(", ")}`]),
];
if (wrong.length > 0) {
  process.stderr.write(`${wrong.join("\n")}\nRun \`npm run changelog\`, commit, and tag that commit.\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`${notes.slice(version.length).trim()}\n`);
}
