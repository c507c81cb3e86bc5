import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { PROJECT_FOLDER } from "../../tools/project";

const SERVE = join(PROJECT_FOLDER, "tests/moto/serve.py");

/** A running moto. */
export interface MotoProcess {
  /** Where it listens: `http://127.0.0.1:5000`. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts moto on a free port; rejects with what it said when it ends instead. */
export async function startMotoProcess(python: string): Promise<MotoProcess> {
  const child = spawn(python, [SERVE], { stdio: ["pipe", "ignore", "pipe"] });
  const endpoint = await new Promise<string>((listening, reject) => {
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (said.length < 10_000) said += text;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address !== undefined) listening(address);
    });
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`moto ended with code ${code}: ${said}`)));
  });
  return { endpoint, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "close");
  child.kill();
  await ended;
}
