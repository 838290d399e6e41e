import { describe, expect, it } from "vitest";
import { createSessionWorld } from "../support/session-world.ts";

const world = createSessionWorld({
  "docs/BRD/BRD-001_needs.md": "# BRD-001: Needs\n\n### FR-001: Alerts\n\n### FR-002: Reports\n",
  "docs/PRD/PRD-001_product.md":
    "# PRD-001: Product\n\n### US-001: Told\u001B[31m\n\n@brd: BRD-001:FR-001\n@brd: BRD-001:FR-009\n",
  "docs/EARS/EARS-001_formal.md": "# EARS-001: Formal\n\n@brd: BRD-001\n@prd: PRD-001:US-001\n@prd: null\n",
  "docs/IPLAN/IPLAN-001_work_20260101_000000.md":
    "# IPLAN-001: Work\n\n## Task List\n\n### Phase 1: One (1 hour)\n\n- [ ] **TASK-1.1**: Begin\n",
  "docs/BRD/BRD-002_bare.md": "# BRD-002: Bare\n",
});

describe("iplan show of a document that is no plan", () => {
  it.each(["PRD-001", "prd-001", "docs/PRD/PRD-001_product.md"])("prints a page of %s", async (target) => {
    const { code, stdout } = await world.call(["show", target]);
    expect(stdout.split("\n")).toEqual([
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
    ]);
    expect(code).toBe(0);
  });

  it("says of a bare document that there is none of anything", async () => {
    const { stdout } = await world.call(["show", "BRD-002"]);
    expect(stdout.split("\n").slice(2)).toEqual(["", "tags: none", "", "definitions: none", "", "named by: none", ""]);
  });

  it("gives tags with their status, and none for what says null", async () => {
    const { tags } = await world.data(["show", "EARS-001"]);
    expect(tags).toMatchObject([
      {
        type: "brd",
        document: "BRD-001",
        raw: "BRD-001",
        live: true,
        status: "document-only",
        range: { start: { line: 3 } },
      },
      {
        type: "prd",
        document: "PRD-001",
        element: "US-001",
        raw: "PRD-001:US-001",
        status: "exact",
        range: { start: { line: 4 } },
      },
      { type: "prd", document: null, range: { start: { line: 5 } } },
    ]);
    expect((tags as readonly object[])[2]).not.toHaveProperty("status");
  });

  it("gives what it is, what it defines and who names it as JSON", async () => {
    expect(await world.data(["show", "BRD-001"])).toMatchObject({
      document: { path: "docs/BRD/BRD-001_needs.md", id: "BRD-001", type: "BRD", layer: 1 },
      definitions: [
        { id: "BRD-001:FR-001", element: "FR-001", kind: "heading", title: "Alerts", range: { start: { line: 3 } } },
        { id: "BRD-001:FR-002", element: "FR-002", kind: "heading", title: "Reports", range: { start: { line: 5 } } },
      ],
      namedBy: [
        { from: "EARS-001", to: "BRD-001", line: 3 },
        { from: "PRD-001:US-001", to: "BRD-001:FR-001", tag: "brd", status: "exact", line: 5 },
      ],
    });
  });

  it("gives the definitions of a plan too", async () => {
    const { definitions } = await world.data(["show", "IPLAN-001"]);
    const range = expect.objectContaining({ start: expect.objectContaining({ line: 7 }) });
    expect(definitions).toEqual(expect.arrayContaining([expect.objectContaining({ element: "TASK-1.1", range })]));
  });

  it.each([
    ["a step", ["PRD-001", "1"]],
    ["an explanation", ["PRD-001", "--explain"]],
    ["an output", ["PRD-001", "--output"]],
  ])("has no %s", async (_, words) => {
    const { code, stderr } = await world.call(["show", ...words]);
    expect(stderr).toContain("usage/not-a-plan");
    expect(code).toBe(2);
  });
});
