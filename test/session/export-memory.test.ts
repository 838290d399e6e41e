import { describe, expect, it } from "vitest";
import { createSessionWorld } from "../support/session-world.ts";

const files = {
  "docs/BRD/BRD-001_needs.md": '# BRD-001: Needs, "all"\n\n### FR-001: =SUM(A1)\n\n### FR-002: Reports\n\n## Purpose\n',
  "docs/PRD/PRD-001_product.md":
    "# PRD-001: Product\n\n### US-001: Told\n\n@brd: BRD-001:FR-001, BRD-001:FR-009\n\n@brd: BRD-001:FR-001\n",
};
const plan = "# IPLAN-001: Work\n\n## Task List\n\n### Phase 1: One (1 hour)\n\n- [ ] **TASK-1.1**: Begin\n";

describe("iplan export in memory", () => {
  it("writes a cell that begins a formula as text, and both ends of a link", async () => {
    const { code, stdout } = await createSessionWorld(files).call(["export", "csv"]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'BRD-001:FR-001,element,BRD,1,\'=SUM(A1),docs/BRD/BRD-001_needs.md,3,,,"PRD-001:US-001 (brd, exact)"\r\n',
    );
    expect(stdout).toContain('"Needs, ""all"""');
  });

  it("tells sphinx-needs links that lead nowhere apart", async () => {
    const { stdout } = await createSessionWorld(files).call(["export", "needs"]);
    const parsed = JSON.parse(stdout) as { current_version: string; versions: Record<string, { needs: object }> };
    expect(parsed.versions[parsed.current_version]?.needs).toMatchObject({
      "PRD-001:US-001": { type: "prd", links: ["BRD-001:FR-001"], broken_links: "BRD-001:FR-009", lineno: 3 },
    });
  });

  it("gives plans and tasks their verdicts", async () => {
    const world = createSessionWorld({ "docs/IPLAN/IPLAN-001_work_20260101_000000.md": plan });
    const { items } = await world.data(["export", "csv"]);
    expect(items).toMatchObject([
      { id: "IPLAN-001", verdict: "manual" },
      { id: "IPLAN-001:TASK-1.1", verdict: "manual" },
    ]);
  });

  it.each(["csv", "needs"])("%s goes to a file with the same bytes, and again over itself", async (format) => {
    const world = createSessionWorld(files);
    const { stdout } = await world.call(["export", format]);
    for (const _ of [1, 2]) {
      const written = await world.call(["export", format, "--output", "docs/out.txt"]);
      expect(written).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("wrote docs/out.txt: 2 documents") as unknown,
      });
      expect(world.text("docs/out.txt")).toBe(stdout);
    }
  });

  it.each([
    [files, ["xml"], 2, "There is no format xml."],
    [files, ["csv", "--output", "iplan.config.yaml"], 2, "is no csv export; nothing was written"],
    [{}, ["csv"], 3, "No document of any type was found."],
  ])("refuses what cannot be exported: %#", async (given, words, code, message) => {
    const world = createSessionWorld(given);
    const result = await world.call(["export", ...words]);
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).toContain(message);
    expect(world.text("iplan.config.yaml")).toBe("docs: docs\n");
  });
});
