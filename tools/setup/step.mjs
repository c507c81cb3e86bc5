import { spawn } from "node:child_process";

/** A set-up step failed: the reason, and what to do next. Shown without a stack trace. */
export class SetupError extends Error {
  name = "SetupError";

  constructor(reason, advice) {
    super(reason);
    this.advice = advice;
  }
}

/** Tells the user what goes on, on stderr: stdout belongs to the job's own answer. */
export function say(line) {
  process.stderr.write(`${paint(36, "›")} ${line}\n`);
}

/** Tells the user why it ends here. */
export function sayFailure(error) {
  process.stderr.write(`${paint(31, "✗")} ${error.message}\n`);
  if (error.advice) process.stderr.write(`  ${error.advice}\n`);
}

/** Runs a program to its end and gives what it printed; never throws for its exit code. */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    const stdio = ["ignore", "pipe", options.showErrors ? "inherit" : "pipe"];
    const child = spawn(command, args, { ...options, stdio });
    let stdout = "";
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      output += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    child.once("error", (error) => resolve({ code: -1, stdout, output: error.message }));
    child.once("close", (code) => resolve({ code: code ?? -1, stdout, output }));
  });
}

/** Runs a program in this one's place, with its terminal; gives its exit code. */
export function handOver(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: "inherit" });
    // Ctrl-C reaches the child too, which ends in its own way; other signals must be passed on.
    const ignore = () => {};
    const pass = (signal) => child.kill(signal);
    process.on("SIGINT", ignore);
    process.on("SIGTERM", pass);
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("SIGINT", ignore);
      process.off("SIGTERM", pass);
      resolve(code ?? 1);
    });
  });
}

/** The first lines of a long output, indented: npm and the compiler begin with what matters. */
export function head(text, lines = 15) {
  const all = text.trimEnd().split("\n");
  const shown = all.slice(0, lines).map((line) => `    ${line}`);
  return [...shown, ...(all.length > lines ? [`    ... and ${all.length - lines} lines more`] : [])].join(
    "\n",
  );
}

/** Not util.styleText: this runs before an old Node.js is refused. */
function paint(code, text) {
  const coloured = process.stderr.isTTY && !process.env.NO_COLOR;
  return coloured ? `\u001b[${code}m${text}\u001b[39m` : text;
}
