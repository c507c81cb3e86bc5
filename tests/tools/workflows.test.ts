import { deepEqual } from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_FOLDER } from "../../tools/project";
import { textOf } from "../docs/documents";

const FOLDER = ".github/workflows";
const WORKFLOWS = readdirSync(join(PROJECT_FOLDER, FOLDER)).map((name) => `${FOLDER}/${name}`);
const SCRIPTS = Object.keys(JSON.parse(textOf("package.json")).scripts);

describe("The workflows", () => {
  for (const workflow of WORKFLOWS) {
    it(`name each action by a commit, and say its version, in ${workflow}`, () => {
      const actions = [...textOf(workflow).matchAll(/uses: (?!\.\/)(.*)/g)].map(([, action]) => action ?? "");
      const loose = actions.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action));
      deepEqual(loose, []);
    });

    it(`run scripts that there are in ${workflow}`, () => {
      deepEqual(
        scriptsIn(workflow).filter((script) => !SCRIPTS.includes(script)),
        [],
      );
    });
  }

  it("run on a push all that .ci/run does", () => {
    const jobs = scriptsIn(`${FOLDER}/checks.yml`);
    deepEqual(
      scriptsIn(".ci/run").filter((script) => !jobs.includes(script)),
      [],
    );
  });
});

/** All of `npm start`, `npm test` and `npm run verify` in what a file runs, wherever in a step that is. */
function scriptsIn(file: string): string[] {
  const lines = textOf(file).replaceAll(/^ *#.*$/gm, "");
  const commands = lines.matchAll(/\bnpm (?:run (?:--silent )?([\w-]+)|(start|test)\b)/g);
  return [...commands].map(([, script, short]) => script ?? short ?? "");
}
