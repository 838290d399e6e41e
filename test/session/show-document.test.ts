import { describe, expect, it } from "vitest";
import { createCliWorld } from "../support/cli.ts";

const files = {
  "docs/BRD/BRD-001_needs.md": "# BRD-001: Needs\n\n### FR-001: Alerts\n\n### FR-002: Reports\n",
  "docs/PRD/PRD-001_product.md":
    "# PRD-001: Product\n\n### US-001: Told\u001B[31m\n\n@brd: BRD-001:FR-001\n@brd: BRD-001:FR-009\n",
  "docs/EARS/EARS-001_formal.md": "# EARS-001: Formal\n\n@brd: BRD-001:FR-001\n@prd: PRD-001:US-001\n",
  "docs/IPLAN/IPLAN-001_work_20260101_000000.md":
    "# IPLAN-001: Work\n\n## Task List\n\n### Phase 1: One (1 hour)\n\n- [ ] **TASK-1.1**: Begin\n",
};
const page = [
  "PRD-001  Product",
  "  docs/PRD/PRD-001_product.md · PRD · layer 2",
  "",
  "tags",
  "  @brd  BRD-001:FR-001  exact    :5",
  "  @brd  BRD-001:FR-009  missing  :6",
  "",
  "definitions",
  "  US-001  heading  Told\\e[31m  :3",
  "",
  "named by",
  "  EARS-001  @prd: PRD-001:US-001  docs/EARS/EARS-001_formal.md:4",
  "",
].join("\n");

describe("iplan show of a document that is no plan", () => {
  const world = createCliWorld(files);

  it.each(["PRD-001", "prd-001", "docs/PRD/PRD-001_product.md"])("prints a page of %s", (target) => {
    const { code, stdout } = world.iplan(["show", target]);
    expect(stdout).toBe(page);
    expect(code).toBe(0);
  });

  it("gives tags, definitions and who names it as JSON", () => {
    const { stdout } = world.iplan(["show", "BRD-001", "--json"]);
    const { data } = JSON.parse(stdout) as { data: Record<string, unknown> };
    expect(data["document"]).toEqual({
      path: "docs/BRD/BRD-001_needs.md",
      id: "BRD-001",
      type: "BRD",
      layer: 1,
      title: expect.stringContaining("Needs") as string,
    });
    expect(data["definitions"]).toMatchObject([
      { id: "BRD-001:FR-001", element: "FR-001", kind: "heading", title: "Alerts", range: { start: { line: 3 } } },
      { id: "BRD-001:FR-002", element: "FR-002", kind: "heading", title: "Reports", range: { start: { line: 5 } } },
    ]);
    expect(data["namedBy"]).toMatchObject([
      { from: "EARS-001", to: "BRD-001:FR-001", status: "exact" },
      { from: "PRD-001:US-001", to: "BRD-001:FR-001", tag: "brd", line: 5 },
    ]);
  });

  it("gives the definitions of a plan too", () => {
    const { stdout } = world.iplan(["show", "IPLAN-001", "--json"]);
    const { data } = JSON.parse(stdout) as { data: { definitions: readonly { element: string }[] } };
    expect(data.definitions.map(({ element }) => element)).toContain("TASK-1.1");
  });

  it.each([
    ["a step", ["PRD-001", "1"]],
    ["an explanation", ["PRD-001", "--explain"]],
    ["an output", ["PRD-001", "--output"]],
  ])("has no %s", (_, words) => {
    const { code, stderr } = world.iplan(["show", ...words]);
    expect(code).toBe(2);
    expect(stderr).toContain("usage/not-a-plan");
  });
});
