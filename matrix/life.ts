import assert from "node:assert/strict";
import { delimiter } from "node:path";
import { CreateCollectionCommand, RekognitionClient } from "@aws-sdk/client-rekognition";
import { type LocalAws, startLocalAws } from "../local";
import { idsAlive } from "../tests/engine/fixtures";
import { type CommandLine, openCommandLine } from "../tests/engine/harness";
import { clientConfig } from "../tests/local/start";

/** A Pulumi project of its users, and the Node.js that runs it: that of this process unless a folder is named. */
export interface Place {
  readonly folder: string;
  readonly node?: string;
  /** Variables that are set there besides. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A stack on a local AWS of its own that is worked on from one place or another. */
export interface Life {
  /** Preview, up, and up again without a change; then all four users are there. */
  begin(place: Place): Promise<void>;
  /** An up that changes a user, and a refresh that finds nothing. */
  change(place: Place): Promise<void>;
  /** A refresh that finds nothing, and a destroy; then no user is there. */
  end(place: Place): Promise<void>;
  /** An output of the stack, as text. */
  output(place: Place, name: string): Promise<string>;
  /** Runs `pulumi`, which must fail, and gives what it said. */
  fail(place: Place, ...args: readonly string[]): Promise<string>;
  /** Makes the stack, for what is no whole life. */
  init(place: Place): Promise<void>;
  close(): Promise<void>;
}

const EVERYBODY = ["ann", "bob", "cid", "dan"];

/** Opens a stack that is empty; `close` it at the end. */
export async function openLife(): Promise<Life> {
  const aws = await startLocalAws({ transitions: { createMs: 50, modifyMs: 50, deleteMs: 50 } });
  const commandLine = await openCommandLine({ env: aws.env });
  await new RekognitionClient(clientConfig(aws)).send(new CreateCollectionCommand({ CollectionId: "lobby" }));
  const pulumi = (place: Place, ...args: readonly string[]) => succeed(commandLine, place, args);
  const output = async (place: Place, name: string) => (await pulumi(place, "stack", "output", name)).trim();
  const init = async (place: Place) => void (await pulumi(place, "stack", "init", "test"));
  return {
    output,
    init,
    async begin(place) {
      await init(place);
      // The folder may have the settings of a stack before this one.
      await pulumi(place, "config", "set", "path", "/ci/");
      await pulumi(place, "preview");
      assert.deepEqual(idsAlive(aws), []);
      await pulumi(place, "up", "--yes", "--skip-preview");
      assertAlive(aws, EVERYBODY);
      assert.equal(await output(place, "arn"), "arn:aws:iam::123456789012:user/ci/ann");
      await pulumi(place, "up", "--yes", "--skip-preview", "--expect-no-changes");
    },
    async change(place) {
      await pulumi(place, "config", "set", "path", "/moved/");
      await pulumi(place, "up", "--yes", "--skip-preview");
      assert.equal(await output(place, "arn"), "arn:aws:iam::123456789012:user/moved/ann");
      await pulumi(place, "refresh", "--yes", "--skip-preview", "--expect-no-changes");
    },
    async end(place) {
      await pulumi(place, "stack", "select", "test");
      await pulumi(place, "refresh", "--yes", "--skip-preview", "--expect-no-changes");
      assertAlive(aws, EVERYBODY);
      await pulumi(place, "destroy", "--yes", "--skip-preview");
      assertAlive(aws, []);
    },
    async fail(place, ...args) {
      const { code, output } = await commandLine.pulumi(args, settings(place));
      assert.notEqual(code, 0, `pulumi ${args.join(" ")} did not fail\n${output}`);
      return output;
    },
    close: async () => {
      await commandLine.close();
      await aws.close();
    },
  };
}

async function succeed(commandLine: CommandLine, place: Place, args: readonly string[]): Promise<string> {
  const { code, output, stdout } = await commandLine.pulumi(args, settings(place));
  assert.equal(code, 0, `pulumi ${args.join(" ")}\n${output}`);
  return stdout;
}

function settings({ folder, node, env }: Place) {
  const path = [node, process.env["PATH"]].filter((part) => part !== undefined);
  return { cwd: folder, env: { ...env, PATH: path.join(delimiter) } };
}

function assertAlive(aws: LocalAws, ids: readonly string[]): void {
  assert.deepEqual(idsAlive(aws).toSorted(), ids);
}
