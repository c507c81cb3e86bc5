import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { planText } from "../../cli/destroyPlanText";
import type { Attachment, DestroyPlan, PlannedUser } from "../../plan";
import { withEnvironment } from "../provider/environment";

const NOW = Date.UTC(2026, 0, 10);

const ann: PlannedUser = {
  urn: "urn:ann",
  name: "deployer",
  service: "iam",
  label: "IAM user",
  id: "ann",
  region: null,
  account: "123456789012",
  outcome: "deleted",
  reason: null,
  replaced: false,
  calls: [{ action: "iam:DeleteUser", times: 1 }],
  attachments: [],
};

function planWith(...users: readonly PlannedUser[]): DestroyPlan {
  return {
    formatVersion: 1,
    project: "shop",
    stack: "dev",
    madeAt: "2026-01-10T00:00:00.000Z",
    verdict: "clear",
    warnings: [{ code: "inUse", urn: "urn:ann", text: "it is in use" }],
    users: [...users],
    pending: [],
  };
}

describe("a plan before destroying, in words", () => {
  withEnvironment({ NO_COLOR: undefined });
  const screen = { isTTY: true, columns: 90 };
  const face = (id: string): Attachment => ({ kind: "faces", noun: "face", id, fate: "freed" });

  it("is a table in colours on a terminal, no wider than that, and without colours where they are not wanted", () => {
    const blocked = { ...ann, outcome: "blocked", reason: "a reason that is ".repeat(10) } as const;
    const text = planText(planWith(ann, blocked), screen, NOW);
    const lines = stripVTControlCharacters(text).split("\n");
    assert.ok(Math.max(...lines.map(({ length }) => length)) <= 90);
    assert.match(text, /│ IAM user "ann" +│ \S*will be deleted\S* +│ iam:DeleteUser +│\n│ \(deployer\)/);
    assert.notEqual(text, stripVTControlCharacters(text));
    process.env["NO_COLOR"] = "1";
    assert.equal(planText(planWith(ann, blocked), screen, NOW), stripVTControlCharacters(text));
  });

  it("shows names and advice whole on a narrow terminal", () => {
    const id = "somebody-with-a-name-that-is-longer-than-the-column";
    const reason = `run once with PULUMI_AWS_USERS_FORCE_DESTROY=${id}`;
    const text = planText(
      planWith({ ...ann, id, reason, outcome: "blocked" }),
      { isTTY: true, columns: 60 },
      NOW,
    );
    const rows = stripVTControlCharacters(text)
      .split("\n")
      .map((line) => line.split("│"));
    const column = (index: number) => rows.map((cells) => (cells[index] ?? "").trim()).join("");
    assert.ok(column(1).includes(id));
    assert.ok(column(3).includes(`PULUMI_AWS_USERS_FORCE_DESTROY=${id}`));
    assert.ok(rows.every((cells) => cells.length === 1 || cells.join("│").length <= 60));
  });

  it("has a table of a usual width where the terminal does not say how wide it is", () => {
    const widthAt = (columns: number) => {
      const [line = ""] = planText({ ...planWith(ann), warnings: [] }, { isTTY: true, columns }, NOW).split(
        "\n",
      );
      return line.length;
    };
    assert.equal(widthAt(0), widthAt(100));
  });

  it("names calls with how often, ages with last uses, and counts what there is much of", () => {
    const calls = [
      { action: "iam:DeleteAccessKey", times: 2 },
      { action: "iam:DeleteUser", times: 1 },
    ];
    const attachments: Attachment[] = [
      {
        kind: "accessKeys",
        noun: "access key",
        id: "AKIA1",
        fate: "purged",
        madeAt: "2026-01-09T00:00:00.000Z",
      },
      {
        kind: "accessKeys",
        noun: "access key",
        id: "AKIA2",
        fate: "purged",
        madeAt: "2025-12-10T00:00:00.000Z",
        lastUsed: { at: "2026-01-09T23:30:00.000Z", service: "s3" },
      },
      { kind: "inlinePolicies", noun: "inline policy", id: "p", fate: "purged" },
      { kind: "inlinePolicies", noun: "inline policy", id: "q", fate: "purged" },
      { kind: "acls", noun: "ACL", id: "app", fate: "detached" },
      ...["1", "2", "3", "4"].map(face),
    ];
    assert.equal(
      planText(planWith({ ...ann, calls, attachments, replaced: true }), {}, NOW),
      `Warning: it is in use

IAM user "ann" (deployer, replaced) will be deleted
  iam:DeleteAccessKey 2 times, iam:DeleteUser
  access key AKIA1 will be removed: made 24 hours ago
  access key AKIA2 will be removed: made 31 days ago, used less than an hour ago for s3
  inline policies p, q will be removed
  ACL app will lose the user
  4 faces will stay

Stack dev of project shop: 1 will be deleted. Nothing blocks a destroy.
`,
    );
  });
});
