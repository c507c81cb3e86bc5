import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { PROJECT_FOLDER } from "../../tools/project";
import { markdownFiles, proseOf } from "./documents";

describe("The links between documents", () => {
  for (const document of markdownFiles()) {
    it(`lead somewhere in ${document}`, () => {
      const dead = linksOf(document).filter((target) => !leadsSomewhere(document, target));
      assert.deepEqual(dead, []);
    });
  }
});

describe("The index of the documentation", () => {
  it("leads to each page, decisions apart", () => {
    const listed = linksOf("docs/README.md").map((target) => posix.join("docs", target));
    const pages = markdownFiles().filter((path) => /^docs\/(?!README|decisions)/.test(path));
    assert.deepEqual(
      pages.filter((page) => !listed.includes(page)),
      [],
    );
  });
});

/** The targets within the package. */
function linksOf(document: string): string[] {
  const prose = proseOf(document).replaceAll(/`[^`\n]*`/g, "");
  const targets = [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target]) => target ?? "");
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

function leadsSomewhere(document: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? document : posix.join(posix.dirname(document), path);
  if (!existsSync(join(PROJECT_FOLDER, file))) return false;
  return anchor === undefined || anchorsOf(file).has(anchor);
}

/** What the headings of a document are called in links, as GitHub makes it. */
function anchorsOf(document: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of proseOf(document).matchAll(/^#+ +(.*)$/gm)) {
    const words = heading.trim().toLowerCase();
    const plain = words.replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(/\s/g, "-");
    let anchor = plain;
    for (let number = 1; anchors.has(anchor); number += 1) anchor = `${plain}-${number}`;
    anchors.add(anchor);
  }
  return anchors;
}
