// Known vulnerabilities of what users of the package in this folder install, as the registry of npm tells them; from
// moderate on, one is a failure. Not all registries can be asked for them: that is said, and is none.
import { npm } from "../setup/dependencies.mjs";
import { say } from "../setup/step.mjs";

const AUDIT = ["audit", "--omit=dev", "--audit-level=moderate"];
/** What registries answer that know nothing of audits. */
const NOT_THERE = [404, 405];

const { statusCode } = JSON.parse((await npm(".", [...AUDIT, "--json"])).stdout);
if (NOT_THERE.includes(statusCode)) {
  say(
    `The registry cannot be asked for known vulnerabilities (HTTP status ${statusCode}): nothing is audited`,
  );
} else {
  const { code, output } = await npm(".", AUDIT);
  process.stdout.write(output);
  process.exitCode = code;
}
