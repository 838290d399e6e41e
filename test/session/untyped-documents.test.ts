import { describe, expect, it } from "vitest";
import { createSessionWorld } from "../support/session-world.ts";
import { tracedFiles } from "../support/traced-files.ts";

const notes = "# Notes\n\n@brd: BRD-001:FR-001\n@prd: PRD-001:US-001\n";
const world = createSessionWorld({ ...tracedFiles, "notes/notes.md": notes, "notes/none.md": "Nothing.\n" });

describe("a document of no type", () => {
  it("is shown with its tags", async () => {
    const { code, stdout } = await world.call(["show", "notes/notes.md"]);
    expect(stdout).toContain("tags\n  @brd  BRD-001:FR-001  exact  :3\n  @prd  PRD-001:US-001  exact  :4\n");
    expect(code).toBe(0);
  });

  it.each(["src/alert.ts", "notes/none.md", "iplan.config.yaml"])("is shown when it is %s", async (path) => {
    const { code, stdout } = await world.call(["show", path]);
    expect([code, stdout.split("\n")[0]]).toEqual([0, path === "notes/none.md" ? "notes/none.md" : path]);
  });

  it("has no steps that could be explained", async () => {
    const { code, stderr } = await world.call(["show", "notes/notes.md", "--explain"]);
    expect(code).toBe(2);
    expect(stderr).toContain("notes/notes.md is no plan, and --explain is about the steps of one.");
  });

  it("is shown as a plan when it is one, whatever its name", async () => {
    const plan = "# IPLAN-009: Work\n\n### Execution Steps\n\n**Step 1: Begin**\n\n```bash\ntrue\n```\n";
    const other = createSessionWorld({ "notes/work.md": plan });
    const data = await other.data(["show", "notes/work.md"]);
    expect(Object.keys(data)).toContain("plan");
  });

  const steps = "### Execution Steps\n\n**Step 1: Begin**\n\n```bash\ntrue\n```\n";
  it.each([
    ["a readme about plans", "custom_fields:\n  document_type: readme\n  artifact_type: IPLAN", "# Plans", "readme"],
    ["a guide to decisions", "custom_fields:\n  artifact_type: ADR", "# Decisions", "ADR"],
    ["a work plan", "custom_fields:\n  document_type: work-plan", "# Work", undefined],
    ["a draft of a plan", "custom_fields:\n  document_type: template\n  artifact_type: IPLAN", "# Draft", undefined],
    ["a plan, whatever its front matter says", "document_type: guide", "# IPLAN-009: Work", undefined],
  ])("is what its front matter calls it: %s", async (_name, front, title, kind) => {
    const other = createSessionWorld({ "notes/it.md": `---\n${front}\n---\n\n${title}\n\n${steps}` });
    const { stdout } = await other.call(["check", "notes/it.md", "--json"]);
    expect(stdout.includes("plan/no-phases")).toBe(kind === undefined);
    expect(Object.keys(await other.data(["show", "notes/it.md"])).includes("plan")).toBe(kind === undefined);
    const { code, stderr } = await other.call(["run", "notes/it.md", "--dry-run"]);
    if (kind === undefined) expect(stderr).not.toContain("is no plan");
    else expect([code, stderr]).toEqual([2, expect.stringContaining(`is no plan: its front matter calls it ${kind}`)]);
  });

  it("follows from the nearest layer that its tags name", async () => {
    const { stdout } = await world.call(["trace", "notes/notes.md"]);
    expect(stdout).toContain(
      "upstream (from what it follows)\n  PRD-001:US-001  docs/PRD/PRD-001_product.md:3\n    BRD-001:FR-001  docs/BRD/BRD-001_needs.md:3\n",
    );
  });
});

describe("the other file of a pair", () => {
  it("is touched as a whole when its document is, with no list of its keys", async () => {
    const pair = createSessionWorld({
      ...tracedFiles,
      "docs/CTR/CTR-001_calls.md": "# CTR-001: Calls\n\n@ears: EARS-001:EVENT-001\n",
      "docs/CTR/CTR-001_calls.yaml": "title: Calls\ninterfaces:\n  - name: CallApi\n",
    });
    const { documents } = (await pair.data(["impact", "EARS-001:EVENT-001"])) as { documents: unknown };
    expect(documents).toEqual([
      expect.objectContaining({ path: "docs/CTR/CTR-001_calls.md", elements: [], via: ["EARS-001:EVENT-001"] }),
      expect.objectContaining({ path: "docs/CTR/CTR-001_calls.yaml", elements: [], via: ["EARS-001:EVENT-001"] }),
    ]);
  });
});
