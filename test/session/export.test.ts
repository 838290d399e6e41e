import { describe, expect, it } from "vitest";
import type { ExportedItem } from "#render/exported-item";
import { createCliWorld } from "../support/cli.ts";
import { importNeeds } from "../support/needs-import.ts";
import { createSessionWorld } from "../support/session-world.ts";

const files = {
  "docs/BRD/BRD-001_needs.md": '# BRD-001: Needs, "all"\n\n### FR-001: =SUM(A1)\n\n### FR-002: Reports\n\n## Purpose\n',
  "docs/PRD/PRD-001_product.md":
    "# PRD-001: Product\n\n### US-001: Told\n\n@brd: BRD-001:FR-001, BRD-001:FR-009\n\n@brd: BRD-001:FR-001\n",
  "src/told.py": "# @prd: PRD-001:US-001\n",
};
const plan = "# IPLAN-001: Work\n\n## Task List\n\n### Phase 1: One (1 hour)\n\n- [ ] **TASK-1.1**: Begin\n";

describe("iplan export csv", () => {
  it("prints documents, elements and links as a table", () => {
    const world = createCliWorld(files);
    const { code, stdout } = world.iplan(["export", "csv"]);
    expect(code).toBe(0);
    expect(stdout.split("\r\n")).toEqual([
      "id,kind,type,layer,title,path,line,verdict,links_out,links_in",
      'BRD-001,document,BRD,1,"Needs, ""all""",docs/BRD/BRD-001_needs.md,1,,,',
      'BRD-001:FR-001,element,BRD,1,\'=SUM(A1),docs/BRD/BRD-001_needs.md,3,,,"PRD-001:US-001 (brd, exact)"',
      "BRD-001:FR-002,element,BRD,1,Reports,docs/BRD/BRD-001_needs.md,5,,,",
      "PRD-001,document,PRD,2,Product,docs/PRD/PRD-001_product.md,1,,,",
      'PRD-001:US-001,element,PRD,2,Told,docs/PRD/PRD-001_product.md,3,,"BRD-001:FR-001 (brd, exact); BRD-001:FR-009 (brd, missing)","src/told.py (prd, exact)"',
      'src/told.py,document,CODE,13,,src/told.py,1,,"PRD-001:US-001 (prd, exact)",',
      "",
    ]);
  });

  it("gives each file a row where several hold one id, with what only the other defines", async () => {
    const world = createSessionWorld({
      "docs/BRD/BRD-001_needs.md": "# BRD-001: Needs\n\n### FR-001: Alerts\n",
      "docs/BRD/BRD-001_z.md": "# BRD-001: Copy\n\n### FR-001: Alerts\n\n### FR-002: Reports\n",
      "docs/PRD/PRD-001_p.md": "# PRD-001: P\n\n@brd: BRD-001\n",
    });
    const { stdout } = await world.call(["export", "csv"]);
    expect(stdout.split("\r\n").slice(1, 5)).toEqual([
      'BRD-001,document,BRD,1,Needs,docs/BRD/BRD-001_needs.md,1,,,"PRD-001 (brd, document-only)"',
      "BRD-001,document,BRD,1,Copy,docs/BRD/BRD-001_z.md,1,,,",
      "BRD-001:FR-001,element,BRD,1,Alerts,docs/BRD/BRD-001_needs.md,3,,,",
      "BRD-001:FR-002,element,BRD,1,Reports,docs/BRD/BRD-001_z.md,5,,,",
    ]);
    const needs = JSON.parse((await world.call(["export", "needs"])).stdout) as {
      versions: Record<string, { needs: object; needs_amount: number }>;
    };
    const { needs: found = {}, needs_amount: amount } = needs.versions["1.0"] ?? {};
    expect(Object.keys(found)).toEqual(["BRD-001", "BRD-001:FR-001", "BRD-001:FR-002", "PRD-001"]);
    expect(amount).toBe(4);
  });

  it("names what links to a row in the order of the rows, each tag once", async () => {
    const user = (number: string, ...tags: readonly string[]) =>
      `# PRD-${number}: P\n\n### US-002: Two\n\n${tags.map((tag) => `@brd: ${tag}\n\n`).join("")}### US-001: One\n\n@brd: BRD-001:FR-001\n`;
    const world = createSessionWorld({
      "docs/BRD/BRD-001_needs.md": "# BRD-001: Needs\n\n### FR-001: Alerts\n",
      "docs/PRD/PRD-1000_c.md": user("1000", "BRD-001:FR-001"),
      "docs/PRD/PRD-002_b.md": user("002", "BRD-001:FR-001", "BRD-001:FR-001"),
    });
    const { items } = await world.data(["export", "csv"]);
    const named = (items as readonly ExportedItem[]).find(({ id }) => id === "BRD-001:FR-001")?.in;
    expect(named?.map(({ id }) => id)).toEqual([
      "PRD-002:US-002",
      "PRD-002:US-001",
      "PRD-1000:US-002",
      "PRD-1000:US-001",
    ]);
  });

  it("prints in pieces what it holds as a whole", async () => {
    const many = Array.from({ length: 900 }, (_, index) => `### FR-${index}: Requirement ${index}, "so" 😀\n`).join(
      "\n",
    );
    const world = createSessionWorld({ "docs/BRD/BRD-001_needs.md": `# BRD-001: Needs\n\n${many}` });
    const { items } = await world.data(["export", "csv"]);
    const rows = (await world.call(["export", "csv"])).stdout.split("\r\n").slice(1, -1);
    expect(rows.map((row) => row.slice(0, row.indexOf(",")))).toEqual(
      (items as readonly ExportedItem[]).map(({ id }) => id),
    );
    const { stdout } = await world.call(["export", "needs"]);
    const parsed = JSON.parse(stdout) as { versions: Record<string, { needs: object; needs_amount: number }> };
    expect(Object.keys(parsed.versions["1.0"]?.needs ?? {})).toHaveLength(901);
    expect(stdout).toBe(`${JSON.stringify(parsed, undefined, 2)}\n`);
  });

  it("gives plans and tasks the verdicts of their receipts", () => {
    const world = createCliWorld({ "docs/IPLAN/IPLAN-001_work_20260101_000000.md": plan });
    const { stdout } = world.iplan(["export", "csv", "--json"]);
    const { items } = (JSON.parse(stdout) as { data: { items: readonly { id: string; verdict?: string }[] } }).data;
    expect(items.map(({ id, verdict }) => [id, verdict])).toEqual([
      ["IPLAN-001", "manual"],
      ["IPLAN-001:TASK-1.1", "manual"],
    ]);
  });
});

describe("iplan export needs", () => {
  it("prints what sphinx-needs imports", () => {
    const world = createCliWorld(files);
    const { code, stdout } = world.iplan(["export", "needs"]);
    expect(code).toBe(0);
    const { needs, warnings } = importNeeds(stdout, {
      types: ["brd", "prd", "code"],
      idPattern: /^[\p{L}\p{N}_:/-]+$/u,
      extras: ["broken_links", "layer", "source_id"],
    });
    expect(warnings).toEqual([]);
    expect(needs.map(({ id, reached }) => [id, ...reached])).toEqual([
      ["BRD-001"],
      ["BRD-001:FR-001"],
      ["BRD-001:FR-002"],
      ["PRD-001"],
      ["PRD-001:US-001", "BRD-001:FR-001"],
      ["src/told_py", "PRD-001:US-001"],
    ]);
    expect(needs[4]?.fields).toMatchObject({
      type: "prd",
      title: "Told",
      status: null,
      broken_links: "BRD-001:FR-009",
      content: "``docs/PRD/PRD-001_product.md:3``",
      docname: "docs/PRD/PRD-001_product",
      doctype: ".md",
      lineno: 3,
      tags: ["element"],
    });
  });
});

describe("iplan export --output", () => {
  it("writes the same bytes again, and over nothing but an export of the format", () => {
    const world = createCliWorld(files);
    const brd = world.read("docs/BRD/BRD-001_needs.md");
    expect(world.iplan(["export", "csv", "--output", "docs/all.csv"]).stdout).toMatch(
      /^wrote docs\/all\.csv: \d+ documents, /,
    );
    const first = world.read("docs/all.csv");
    expect(world.iplan(["export", "csv", "--output", "docs/all.csv"]).code).toBe(0);
    expect(world.read("docs/all.csv")).toBe(first);
    expect(first).toBe(world.iplan(["export", "csv"]).stdout);
    for (const target of ["docs/BRD/BRD-001_needs.md", "docs/all.csv"]) {
      expect(world.iplan(["export", "needs", "--output", target]).code).toBe(2);
    }
    expect(world.read("docs/BRD/BRD-001_needs.md")).toBe(brd);
  });

  it.each([
    ["a file outside", ["export", "csv", "--output", "../outside/all.csv"], 2],
    ["a folder that is not there", ["export", "csv", "--output", "no/all.csv"], 2],
    ["a folder", ["export", "csv", "--output", "docs"], 2],
    ["a format nobody knows", ["export", "xlsx"], 2],
    ["no format", ["export"], 2],
  ])("refuses %s", (_, words, code) => {
    expect(createCliWorld(files).iplan(words).code).toBe(code);
  });

  it("says that there is nothing", () => {
    expect(createCliWorld().iplan(["export", "csv"]).code).toBe(3);
  });
});
