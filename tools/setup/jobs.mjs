import { delimiter, join } from "node:path";
import { setUpPython } from "./python.mjs";
import { handOver, say } from "./step.mjs";

const MOCHA = "node_modules/mocha/bin/mocha.js";

/** What can be asked for, once the project is set up; each gives an exit code. */
export const jobs = {
  setup: async () => 0,
  engine: async ({ engine }) => {
    process.stdout.write(`${engine}\n`);
    return 0;
  },
  python: async ({ project }) => {
    const python = await setUpPython(project);
    if (python !== undefined) process.stdout.write(`${python}\n`);
    return python === undefined ? 1 : 0;
  },
  start: (setting, args) => node(setting, "dist/tools/start/index.js", args),
  matrix: (setting, args) => node(setting, MOCHA, ["--config", "matrix/mocharc.json", ...args]),
  bench: (setting, args) => node(setting, "dist/bench/index.js", args),
  test: async (setting, args) => {
    const python = await setUpPython(setting.project);
    if (python === undefined) say("Tests that need moto or botocore are skipped");
    const withPython = { ...setting, env: { TEST_PYTHON: python } };
    // Thresholds make sense for all tests only.
    if (args.length > 0) return node(withPython, MOCHA, args);
    const c8 = "node_modules/c8/bin/c8.js";
    const code = await node(withPython, c8, [process.execPath, join(setting.project, MOCHA)]);
    say("The same tests on moto, another AWS, where it can do what they ask for");
    return (await node(withPython, MOCHA, ["--config", "tests/moto/mocharc.json"])) || code;
  },
};

/** Runs a script of this project with the engine on PATH. */
function node({ project, engine, env }, script, args) {
  return handOver(process.execPath, [join(project, script), ...args], {
    cwd: project,
    env: {
      ...process.env,
      ...env,
      PATH: [engine, process.env.PATH].join(delimiter),
      // Node.js 20 is supported here; what the AWS SDK will need next year is no concern of who runs this.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    },
  });
}
