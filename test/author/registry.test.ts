import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { downstreamPaths } from "#author/registry/downstream-paths";
import type { PlanEntry, Registry, RegistryEntry, TagState } from "#author/registry/entry";
import { indexBody } from "#author/registry/index-body";
import { matrixBody } from "#author/registry/matrix-body";
import { regionBody, regionEdit, regionText } from "#author/registry/region";
import { isRegistryFile, newRegistryText, registryEdit } from "#author/registry/registry-document";
import { applyEdits, type Edit } from "#model/edit";
import { createSourceFromText } from "#model/source";

function plan(more: Partial<PlanEntry> = {}): PlanEntry {
  return {
    parents: ["TASKS-001"],
    verdict: "pending",
    phases: [],
    blocked: false,
    needs: [],
    deployment: [],
    scenarios: { mapped: 0, tested: 0 },
    ...more,
  };
}

function entry(id: string, more: Partial<RegistryEntry> = {}): RegistryEntry {
  return {
    id,
    type: id.split("-")[0] ?? "",
    path: `docs/${id.split("-")[0]}/${id}_a.md`,
    title: `Title of ${id}`,
    copies: [],
    tags: new Map<string, TagState>(),
    upstream: [],
    downstream: [],
    elements: 0,
    covered: 0,
    tested: 0,
    code: [],
    tests: [],
    unnamed: [],
    ...more,
  };
}

function registry(entries: readonly RegistryEntry[], more: Partial<Registry> = {}): Registry {
  return {
    type: "IPLAN",
    title: "Implementation plan",
    layer: 12,
    upstreamTypes: ["TASKS"],
    sources: [],
    entries,
    ...more,
  };
}

const indexPath = "docs/IPLAN/IPLAN-000_index.md";
const tags = (states: Readonly<Record<string, TagState>>): ReadonlyMap<string, TagState> =>
  new Map(Object.entries(states));

/** Cells of the row that begins with these, in the section of that title. */
function row(body: string, title: string, first: string): readonly string[] {
  const section = body.split(/^## /m).find((part) => part.startsWith(title)) ?? "";
  const line = section.split("\n").find((each) => each.startsWith(`| ${first} |`)) ?? "";
  return line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, ""));
}

const done = entry("IPLAN-001", {
  status: "Completed",
  created: "2026-03-01",
  tags: tags({ brd: "found", prd: "found" }),
  plan: plan({
    verdict: "verified",
    component: "Locker",
    estimated: { minHours: 8, maxHours: 12 },
    actual: { minHours: 12, maxHours: 12 },
    completed: "2026-03-05",
    lastSession: "2026-03-05",
    phases: [{ number: "1", name: "Core", done: 2, total: 2 }],
  }),
});
const open = entry("IPLAN-002", {
  status: "Completed",
  created: "2026-03-02",
  tags: tags({ brd: "found", prd: "not-found" }),
  plan: plan({
    estimated: { minHours: 4, maxHours: 4 },
    phases: [{ number: "1", name: "Core", done: 1, total: 3 }],
    resume: "step 2: Build",
    deployment: ["deploy/run.yml"],
    scenarios: { mapped: 2, tested: 1 },
    needs: ["IPLAN-001"],
  }),
});
const lost = entry("IPLAN-003", {
  tags: tags({ brd: "missing", prd: "missing" }),
  plan: plan({ blocked: true, resume: "step 1" }),
});

describe("the index of plans", () => {
  const body = indexBody(registry([done, open, lost]), indexPath, undefined);

  test("has a row for each plan with what documents and receipts say", () => {
    expect(row(body, "Implementation Plans", "IPLAN-001")).toEqual([
      "IPLAN-001",
      "Title of IPLAN-001",
      "Completed",
      "TASKS-001",
      "✅ 2/2",
      "Locker",
      "8-12 h",
      "2026-03-01",
      "2026-03-05",
      "[Link](./IPLAN-001_a.md)",
    ]);
  });

  test("calls nothing completed that no receipt proves", () => {
    expect(row(body, "Implementation Plans", "IPLAN-002")[2]).toBe("Completed (not proved: pending)");
  });

  test("counts tags that are there and lead somewhere", () => {
    expect(["IPLAN-001", "IPLAN-002", "IPLAN-003"].map((id) => row(body, "Implementation Plans", id)[4])).toEqual([
      "✅ 2/2",
      "⚠️ 1/2",
      "❌ 0/2",
    ]);
  });

  test("groups by status, parent and component, with combined effort", () => {
    expect(row(body, "By Status", "Completed")).toEqual(["Completed", "1", "IPLAN-001"]);
    expect(row(body, "By Parent TASKS", "TASKS-001")).toEqual([
      "TASKS-001",
      "IPLAN-001, IPLAN-002, IPLAN-003",
      "12-16 h",
    ]);
    expect(row(body, "By Component", "Locker")).toEqual(["Locker", "1", "IPLAN-001"]);
  });

  test("computes metrics over what is known, and none over what is not", () => {
    expect(row(body, "Metrics", "Verified")[1]).toBe("1/3 (33 %)");
    expect(row(body, "Metrics", "Effort variance")[1]).toBe("+20 %");
    expect(row(body, "Metrics", "Average completion time")[1]).toBe("4 days");
    expect(row(body, "Metrics", "Tag compliance")[1]).toBe("3/6 (50 %)");
    const none = indexBody(registry([entry("IPLAN-001", { plan: plan() })]), indexPath, undefined);
    expect(row(none, "Metrics", "Effort variance")[1]).toBe("-");
    expect(row(none, "Metrics", "Average completion time")[1]).toBe("-");
  });

  test("says where to go on", () => {
    expect(row(body, "Session Resumption", "IPLAN-001")).toEqual([
      "IPLAN-001",
      "2026-03-05",
      "1: 2/2",
      "-",
      "none",
      "done",
    ]);
    expect(row(body, "Session Resumption", "IPLAN-002")).toEqual([
      "IPLAN-002",
      "-",
      "1: 1/3",
      "step 2: Build",
      "none",
      "yes",
    ]);
    expect(row(body, "Session Resumption", "IPLAN-003")[5]).toBe("no");
  });

  test("keeps the row of a plan that is gone, for ever", () => {
    const after = indexBody(registry([done, lost]), indexPath, body);
    expect(row(after, "Implementation Plans", "IPLAN-002").slice(0, 3)).toEqual([
      "IPLAN-002",
      "Title of IPLAN-002",
      "Removed",
    ]);
    expect(indexBody(registry([done, lost]), indexPath, after)).toBe(after);
    expect(
      row(indexBody(registry([done, open, lost]), indexPath, after), "Implementation Plans", "IPLAN-002")[2],
    ).not.toBe("Removed");
  });
});

describe("the matrix", () => {
  const req = registry(
    [
      entry("REQ-001", {
        tags: tags({ brd: "found", sys: "not-found" }),
        upstream: ["BRD-001", "SYS-002"],
        downstream: ["SPEC-001"],
        elements: 4,
        covered: 3,
        tested: 1,
        code: ["src/a.ts", "src/b.ts"],
        tests: ["tests/a.test.ts"],
        unnamed: ["SPEC-001"],
      }),
      entry("REQ-002", { tags: tags({ brd: "missing", sys: "found" }), upstream: ["SYS-002"] }),
    ],
    {
      type: "REQ",
      title: "Requirement",
      layer: 7,
      upstreamTypes: ["SYS", "ADR"],
      sources: [{ type: "BRD", layer: 1, total: 3, named: 1 }],
    },
  );
  const body = matrixBody(req, "docs/REQ/REQ-000_TRACEABILITY_MATRIX.md");

  test("has a column for each required tag", () => {
    expect(row(body, "Cumulative Tags", "ID")).toEqual(["ID", "@brd", "@sys"]);
    expect(row(body, "Cumulative Tags", "REQ-001")).toEqual(["REQ-001", "✅", "⚠️"]);
    expect(row(body, "Cumulative Tags", "REQ-002")).toEqual(["REQ-002", "❌", "✅"]);
    expect(row(body, "Missing Tags", "REQ-001")[1]).toBe("@sys (not found)");
  });

  test("says what comes from which parent, what is named below, and which ends do not name each other", () => {
    expect(row(body, "SYS to REQ", "SYS-002")[1]).toBe("REQ-001, REQ-002");
    expect(row(body, "Downstream", "REQ-001")).toEqual(["REQ-001", "SPEC-001", "3/4 (75 %)"]);
    expect(row(body, "Links in Both Directions", "REQ-001")[1]).toBe("SPEC-001");
    expect(body).toContain('nSYS_2d_002["SYS-002"] --> nREQ_2d_001["REQ-001"]');
  });

  test("says how much of what is above is named, and which code and tests there are", () => {
    expect(row(body, "Coverage of the Sources", "BRD")).toEqual(["BRD", "1", "3", "1/3 (33 %)"]);
    expect(row(body, "Code and Tests", "REQ-001")).toEqual([
      "REQ-001",
      "src/a.ts, src/b.ts",
      "tests/a.test.ts",
      "1/4 (25 %)",
    ]);
    expect(row(body, "Code and Tests", "REQ-002")).toEqual(["REQ-002", "-", "-", "-"]);
  });

  test.each([
    ["code", "Code Implementation", "src/a.ts, `src/b.ts` and the words", ["src/a.ts", "src/b.ts"]],
    ["tests", "Test Artifacts", "tests/unit/a.test.ts", ["tests/unit/a.test.ts"]],
    [
      "deployment",
      "Deployment Artifacts",
      "docker/a.Dockerfile with config.yaml.",
      ["docker/a.Dockerfile", "config.yaml"],
    ],
    ["deployment", "Deployment Artifacts", "None: the house starts src/main.js itself", []],
  ] as const)("takes %s from what a plan says under %s", (kind, group, text, paths) => {
    const range = createSourceFromText("a.md", "").range(0, 0);
    expect(
      downstreamPaths({
        downstream: [
          { text, range, group },
          { text, range },
        ],
      })[kind],
    ).toEqual(paths);
  });

  test("of plans adds effort, phases, verdicts, dependencies and a time line", () => {
    const plans = matrixBody(registry([done, open, lost]), indexPath);
    expect(row(plans, "Effort Variance", "IPLAN-001")[3]).toBe("+20 %");
    expect(row(plans, "Phases", "IPLAN-002")).toEqual(["IPLAN-002", "1", "Core", "1/3 (33 %)", "-", "-"]);
    expect(row(plans, "Status Summary", "Completed")).toEqual(["Completed", "pending", "1/3 (33 %)"]);
    expect(row(plans, "Status Summary", "-")).toEqual(["-", "pending", "1/3 (33 %)"]);
    expect(row(plans, "Code and Tests", "IPLAN-002")).toEqual(["IPLAN-002", "-", "-", "1/2 (50 %)", "deploy/run.yml"]);
    expect(row(plans, "Dependencies Between Plans", "IPLAN-002")[1]).toBe("IPLAN-001");
    expect(plans).toContain("  IPLAN-001 : done, 2026-03-01, 2026-03-05\n  IPLAN-002 : active, 2026-03-02, 1d\n");
  });

  test("of a first layer and of an empty type says so in words", () => {
    const brd = matrixBody(registry([], { type: "BRD", layer: 1, upstreamTypes: [] }), "docs/BRD/x.md");
    expect(brd).toContain("*BRD is the first layer.*");
    expect(brd).toContain("*No document yet.*");
    expect(brd).toContain("*No link yet.*");
  });

  test("leaves out a chart that nobody could read", () => {
    const many = Array.from({ length: 200 }, (_, index) => entry(`REQ-${index + 1}`, { upstream: ["SYS-001"] }));
    expect(matrixBody(registry(many, { type: "REQ" }), "docs/x.md")).toContain("*200 links are too many for a chart");
  });
});

describe("foreign text", () => {
  test("breaks no table", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 30 }), (title) => {
        const body = indexBody(
          registry([entry("IPLAN-001", { title, status: title, plan: plan({ component: title }) })]),
          indexPath,
          undefined,
        );
        const line = body.split("\n").find((each) => each.startsWith("| IPLAN-001 |")) ?? "";
        expect(line.match(/(?<!\\)(?:\\\\)*\|/g)).toHaveLength(11);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a generated region", () => {
  test.each([
    ["", "<!-- iplan:begin"],
    ["# Mine\n", "# Mine\n\n<!-- iplan:begin"],
    ["# Mine", "# Mine\n\n<!-- iplan:begin"],
    ["# Mine\n\n", "# Mine\n\n<!-- iplan:begin"],
  ])("is added at the end of %j", (text, start) => {
    const edit = regionEdit(text, "index", "body\n") as Edit;
    expect(apply(text, edit).startsWith(start)).toBe(true);
  });

  test("is replaced and nothing else, whatever stands around it, in the document's line ends", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom("\n", "\r\n"), (before, after, eol) => {
        const old = regionText("index", "old\n").replaceAll("\n", eol);
        const head = before.replace(/[\r\n]/g, "") + eol;
        const text = `${head}${old}${after}`;
        const edit = regionEdit(text, "index", "new\n") as Edit;
        const result = apply(text, edit);
        expect(result).toBe(`${head}${regionText("index", "new\n").replaceAll("\n", eol)}${after}`);
        expect(regionBody(result, "index")).toBe("new\n");
        expect(regionEdit(result, "index", "new\n")).toBeUndefined();
      }),
    );
  });

  test.each([
    ["a begin without an end", "<!-- iplan:begin index x -->\nbody\n"],
    ["an end without a begin", "body\n<!-- iplan:end index -->\n"],
    ["two regions", regionText("index", "a\n") + regionText("index", "b\n")],
    ["an end before its begin", "<!-- iplan:end index -->\n<!-- iplan:begin index x -->\n"],
  ])("with %s is a problem and changes nothing", (_name, text) => {
    expect(regionEdit(text, "index", "new\n")).toMatchObject({ problem: expect.stringContaining("index") as unknown });
  });
});

describe("a registry document", () => {
  test("is written whole once, and then only brought up to date", () => {
    const first = newRegistryText("index", "IPLAN-000", registry([done]), indexPath);
    expect(first).toContain("# IPLAN-000: IPLAN Index\n");
    expect(registryEdit("index", first, registry([done]), indexPath)).toBeUndefined();
    const mine = first.replace("everything else is yours.", "everything else is yours. My own words.");
    const edit = registryEdit("index", mine, registry([done, open]), indexPath) as Edit;
    expect(apply(mine, edit)).toContain("My own words.");
    expect(apply(mine, edit)).toContain("| IPLAN-002 |");
  });

  test("is known by its name", () => {
    expect(isRegistryFile("index", "BRD-000", "BRD-000_INDEX.md")).toBe(true);
    expect(isRegistryFile("matrix", "BRD-000", "BRD-000_TRACEABILITY_MATRIX-TEMPLATE.md")).toBe(false);
    expect(isRegistryFile("matrix", "BRD-000", "BRD-000_TRACEABILITY_MATRIX.md")).toBe(true);
  });
});

function apply(text: string, edit: Edit): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(applyEdits(createSourceFromText("a.md", text), [edit]));
}
