import { describe, expect, test } from "vitest";
import { writeClaim } from "#plan/claims/claim-text";
import { understandText } from "../support/understood-document.ts";

function planText(tree: readonly string[], modules: readonly string[] = [], task = "`src/a.js`"): string {
  return [
    "# IPLAN-001: Tree",
    "## Task List",
    "### Phase 1: Build - PENDING",
    "- [ ] **TASK-1.1**: build it",
    `  - File: ${task}`,
    "## Technical Details",
    "### File Structure",
    ["```", ...tree, "```"].join("\n"),
    "### Module Specifications",
    ...modules,
    "",
  ].join("\n\n");
}

/** Claims of the declared items, by their keys. */
function declared(text: string): Readonly<Record<string, string>> {
  const { items } = understandText(text).understood;
  return Object.fromEntries(items.map(({ key, claims }) => [key, claims.map(writeClaim).join("; ")]));
}

describe("the declared file tree", () => {
  test("is one deliverable, its top line left out when it names the workspace", () => {
    expect(declared(planText(["shop/", "├── src/", "│   └── a.js  # code", "└── README.md"]))).toEqual({
      "tree:1": "directory src; file src/a.js; file README.md",
    });
  });

  test("keeps its top line when the plan names paths below it", () => {
    expect(declared(planText(["src/", "├── a.js", "└── b.js"]))).toEqual({
      "tree:1": "directory src; file src/a.js; file src/b.js",
    });
  });

  test.each<[string, readonly string[], string?]>([
    ["a line is not filled in", ["src/", "├── a.js", "└── [module].js"]],
    ["nothing tells what its top line names", ["shop/", "├── lib/", "└── b.js"]],
    ["it leads out of the workspace", ["..", "└── src", "    └── a.js"]],
    ["it is empty", []],
  ])("is none when %s", (_why, tree) => expect(declared(planText(tree))).toEqual({}));
});

describe("declared modules", () => {
  const module = (...fields: readonly string[]): readonly string[] => [
    ["**Module 1: Ledger**", ...fields.map((field) => `- ${field}`)].join("\n"),
  ];

  test("claim their file and what it defines", () => {
    const written = module(
      "File: `src/ledger.js`",
      "Purpose: keeps entries",
      "Classes: `LedgerDamaged`, `Store`: keeps them",
      "Functions: `openLedger(path)`, `close`",
    );
    expect(declared(planText([], written))).toEqual({
      "module:1":
        "file src/ledger.js; defines LedgerDamaged in src/ledger.js; defines Store in src/ledger.js; defines openLedger in src/ledger.js; defines close in src/ledger.js",
    });
  });

  test("leave out what is no name", () => {
    const written = module("File: `src/ledger.js`", "Classes: none", "Functions: helpers for parsing, [name]");
    expect(declared(planText([], written))).toEqual({ "module:1": "file src/ledger.js" });
  });

  test("are none without a file that is filled in", () => {
    expect(declared(planText([], module("File: `[path].js`", "Classes: `Ledger`")))).toEqual({});
  });

  test("prove a sentence about all of them", () => {
    const text = planText([], module("File: `src/ledger.js`")).replace(
      "## Technical Details",
      "## Success Criteria\n\n- [ ] All modules created\n\n## Technical Details",
    );
    expect(declared(text)).toMatchObject({ "criterion:1": "file src/ledger.js" });
  });
});
