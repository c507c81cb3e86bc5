import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { iam } from "../../sdk";
import { known, withoutEngine } from "./mocks";

const RUNNER = join("node_modules", "@pulumi", "pulumi", "cmd", "run", "index.js");

describe("A program whose project does not find the provider", () => {
  withoutEngine();
  const [folder, program] = [process.cwd(), process.argv[1] as string];
  let elsewhere: string;
  beforeEach(() => {
    elsewhere = mkdtempSync(join(tmpdir(), "pulumi-aws-users-"));
    process.chdir(elsewhere);
  });
  afterEach(() => {
    process.argv[1] = program;
    process.chdir(folder);
    rmSync(elsewhere, { recursive: true, force: true });
  });

  it("is told so by its first user, and what to do", () => {
    process.argv[1] = join(elsewhere, RUNNER);
    assert.throws(
      () => new iam.User("deployer"),
      ({ message }) => /not installed for the Pulumi project in .*npm install pulumi-aws-users/.test(message),
    );
  });

  it("is not judged when it runs in a process of its own, for a project that may be elsewhere", async () => {
    const { id } = new iam.User("deployer");
    assert.equal((await known(id)).value, "deployer-id");
  });
});
