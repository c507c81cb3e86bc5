import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figures } from "../../bench/figures";
import type { Measured } from "../../bench/measure";
import { publish } from "../../bench/publish";
import type { Report } from "../../bench/report";
import type { Results } from "../../bench/targets";

const PAGE = "# Title\n\nbefore\n\n<!-- measured:begin -->\nold\n<!-- measured:end -->\n\nafter\n";

describe("A published measurement", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "pulumi-aws-users-bench-"));
    mkdirSync(join(root, "docs"));
    for (const page of ["README.md", "docs/performance.md"]) writeFileSync(join(root, page), PAGE);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const text = (path: string) => readFileSync(join(root, path), "utf8");

  it("is written into the marked sections alone, the few headlines on the first page", () => {
    publish(REPORT, root);
    for (const page of ["README.md", "docs/performance.md"]) {
      assert.match(text(page), /^# Title\n\nbefore\n\n<!-- measured:begin -->\n/);
      assert.match(text(page), /\n<!-- measured:end -->\n\nafter\n$/);
      assert.match(text(page), /Measured on 2026-01-31: Node\.js v20/);
      assert.match(text(page), /\| calls \| 2 \| 1 \|/);
      assert.doesNotMatch(text(page), /old/);
    }
    assert.doesNotMatch(text("README.md"), /\| memory \|/);
    assert.match(text("docs/performance.md"), /\| memory \| measured \| 99 MB \| {2}\|/);
    assert.match(text("docs/performance.md"), /\| 20 mixed at 200 \| create \| 9\.0 \(7\) \|/);
  });

  it("is kept as a dated baseline without the logs of calls, and drawn for light and dark pages", () => {
    const written = publish(REPORT, root);
    assert.ok(written.includes(join("bench", "results", "baseline-2026-01-31.json")));
    const kept = JSON.parse(text("bench/results/baseline-2026-01-31.json"));
    assert.equal(kept.sizes[0].product.destroy.ms, 9_000.12);
    assert.equal(kept.sizes[0].product.destroy.log, undefined);
    assert.match(text("docs/performance.svg"), /^<svg [^>]*>.*prefers-color-scheme: dark.*<\/svg>\n$/s);
  });

  it("needs the marks", () => {
    writeFileSync(join(root, "README.md"), "# Title\n");
    assert.throws(() => publish(REPORT, root), /README\.md has no section between measured:begin/);
  });
});

const FIGURE = { ms: 9_000.1234, calls: 7, log: [], endedAt: new Map(), host: undefined };
const FIGURES: Figures = { create: FIGURE, refresh: FIGURE, destroy: FIGURE };

function measured(count: number): Measured {
  const size = { population: "mixed", count, parallel: 200 } as const;
  return {
    size,
    product: { create: FIGURE, refresh: FIGURE, destroy: FIGURE, stateBytes: 1 },
    floor: FIGURES,
    engine: FIGURES,
  };
}

const REPORT: Report = {
  date: "2026-01-31",
  machine: { node: "v20.0.0", engine: "3.259.0", processors: 2, platform: "linux" },
  targets: [
    { measure: "calls", target: "2", measured: "1", met: true, headline: true },
    { measure: "memory", target: "measured", measured: "99 MB" },
  ],
  results: {
    behaviour: { latencyMs: 50, createMs: 300, deleteMs: 5_000 },
    counts: {} as Results["counts"],
    sizes: [measured(20), measured(400)],
    rekognition: [measured(100)],
    saving: [],
  },
};
