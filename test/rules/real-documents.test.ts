import { runRules } from "#rules/run-rules";
import { describe, expect, test } from "vitest";
import { createSessionWorld } from "../support/session-world.ts";
import { hash } from "./synthetic.ts";
import { type FileUnderTest, tracedContexts } from "./traced.ts";
import { contextUnderTest } from "./workbench.ts";

/** Findings of one rule in these files, `path:line message`. */
function findings(rule: string, files: readonly FileUnderTest[]): readonly string[] {
  const { findings: all } = runRules(tracedContexts(files), { hash, today: "2026-06-01" });
  return all
    .filter((one) => one.rule === rule)
    .map(({ path, range, message }) => `${path.split("/").at(-1)}:${range.start.line} ${message}`);
}

const brd = { path: "docs/BRD/BRD-001_needs.md", text: "# BRD-001: Needs\n\n## FR-001: Lockers\n" };
const tags = ["brd: BRD-001:FR-001", "prd: null", "ears: null", "bdd: null", "adr: null", "sys: null", "req: null"];
const tagged = tags.map((tag) => `@${tag}\n`).join("");
const prose = (text: string): FileUnderTest => ({
  path: "docs/CTR/CTR-001_calls.md",
  text: `# CTR-001: Calls\n\n${text}`,
});
const calls = (text: string): FileUnderTest => ({ path: "docs/CTR/CTR-001_calls.yaml", text: `title: Calls\n${text}` });

test.each([
  [
    "## 7. Traceability\n\n**Required Tags** (Layer 2):\n```markdown\n@brd: BRD-001:FR-001\n```\n",
    'put a heading "Traceability Tags" above it.',
  ],
  ["## Traceability Tags\n\n**Example**:\n```\n@brd: BRD-001:FR-001\n```\n", "at line 7 counts as an example"],
  ["## Traceability\n\n```\n@brd: BRD-NNN\n```\n", 'Write them under "Traceability Tags".'],
  ["", 'Write them under "Traceability Tags".'],
])("tags that count as an example are told where they are missing", (text, words) => {
  const prd = { path: "docs/PRD/PRD-001_product.md", text: `# PRD-001: Product\n\n${text}` };
  expect(findings("trace/tag-missing", [brd, prd])).toEqual([expect.stringContaining(words)]);
});

test.each([
  ["docs/BDD/BDD-001_lockers.feature", "Feature: Lockers\n", "above the feature or its scenarios"],
  ["docs/SPEC/SPEC-001_lockers.yaml", "id: SPEC-001\n", "as entries of `cumulative_tags:`"],
])("where %s writes missing tags is told for what it is", (path, text, words) => {
  expect(findings("trace/tag-missing", [brd, { path, text }])).toEqual([expect.stringContaining(words)]);
});

test("a link to the top of a page leads there", () => {
  const text = "# PRD-001: Product\n\n[a](#top) [b](#Top) [c](#) [d](../BRD/BRD-001_needs.md#top) [e](#tops)\n";
  expect(findings("link/anchor-missing", [brd, { path: "docs/PRD/PRD-001_product.md", text }])).toEqual([
    expect.stringContaining("#tops"),
  ]);
});

describe("a contract in two files", () => {
  test.each([
    ["the prose alone has them", prose(tagged), calls(""), []],
    ["the specification alone has them", prose(""), calls(tagged.replaceAll("@", "# @")), []],
    ["both have a part", prose(tagged.replace("@sys: null\n", "")), calls("# @sys: null\n"), []],
    ["none has them", prose(""), calls(""), ["CTR-001_calls.md:1"]],
    ["none has one of them", prose(tagged.replace("@sys: null\n", "")), calls(""), ["CTR-001_calls.md:1"]],
  ])("carries its tags together: %s", (_title, first, second, places) => {
    const found = findings("trace/tag-missing", [brd, first, second]);
    expect(found.map((one) => one.split(" ")[0])).toEqual(places);
  });

  test.each([
    ["none names it", prose(tagged), calls(""), ["CTR-001_calls.md:1"]],
    ["the specification says that there is none", prose(tagged), calls("# @impl: null\n"), []],
  ])("lacks the tag of an optional layer once: %s", (_title, first, second, places) => {
    const impl = { path: "docs/IMPL/IMPL-001_work.md", text: `# IMPL-001: Work\n\n${tagged}` };
    const found = findings("trace/optional-tag-missing", [brd, impl, first, second]);
    expect(found.map((one) => one.split(" ")[0])).toEqual(places);
  });

  test.each([
    ["by the prose", prose(tagged), calls(""), []],
    ["by the specification", prose(""), calls("# @brd: BRD-001:FR-001\n"), []],
    ["by a tag whose element is missing", prose("@brd: BRD-001:FR-009\n"), calls(""), []],
    ["by no tag to itself", prose("@ctr: CTR-001:ERR-001\n"), calls(""), ["CTR-001_calls.md:1"]],
    ["by nothing", prose(""), calls(""), ["CTR-001_calls.md:1"]],
  ])("is tied to the chain %s", (_title, first, second, places) => {
    const found = findings("trace/orphan", [brd, first, second]);
    expect(found.filter((one) => one.startsWith("CTR")).map((one) => one.split(" ")[0])).toEqual(places);
  });
});

test.each([
  ["in words", "# ICON-001: Order Gate", "ICON-001:OrderGate"],
  ["in one word", "# ICON-001: IBOrderGate Protocol", "ICON-001:IBOrderGate"],
  ["in another case", "# ICON-001: Order Gate", "ICON-001:order_gate"],
])("an implementation contract is named by its title %s", (_title, title, value) => {
  const icon = { path: "docs/ICON/ICON-001_gate.md", text: `${title}\n` };
  const sides = ["provider", "consumer"].map((side, index) => ({
    path: `docs/TASKS/TASKS-00${index + 1}_${side}.md`,
    text: `# TASKS-00${index + 1}: Work\n\n@icon: ${value}\n@icon-role: ${side}\n`,
  }));
  for (const rule of ["trace/element-missing", "trace/icon-partner"])
    expect(findings(rule, [icon, ...sides])).toEqual([]);
  expect(findings("trace/element-missing", [{ ...icon, text: "# ICON-001: Other\n" }, ...sides]).length).toBe(2);
});

const titles = "## 7. SYS-Ready Scoring (new)\n\n## 8. Traceability\n\n## Overview\n";
const guide = (text: string): FileUnderTest => ({ path: "docs/guide.md", text: `# Guide\n\n${text}\n\n${titles}` });

describe("what is said of", () => {
  test.each([
    ["[a](#7-sys-ready-scoring)", "Did you mean #7-sys-ready-scoring-new?"],
    ["[a](#9-traceability)", "Did you mean #8-traceability?"],
    ["[a](#overveiw)", "Did you mean #overview?"],
    ["[a](#quality-gates)", "Correct the link, or write the heading."],
    ["[a](#over)", "Correct the link, or write the heading."],
  ])("the anchor in %s", (link, cure) => {
    const [first, ...more] = findings("link/anchor-missing", [guide(link)]);
    expect([first?.endsWith(cure), more]).toEqual([true, []]);
  });

  test.each([
    ["link/target-missing", "REQ/REQ-NNN.md", true],
    ["link/target-missing", "[path]/a.md", true],
    ["link/target-missing", "REQ/{slug}.md", true],
    ["link/target-missing", "REQ/.../a.md", true],
    ["link/target-missing", "REQ/REQ-001.md", false],
    ["link/outside-workspace", "../../REQ/REQ-NNN.md", true],
    ["link/outside-workspace", "../../REQ/a.md", false],
  ])("%s: %s", (rule, target, isOpen) => {
    const [first, ...more] = findings(rule, [guide(`[a](<${target}>)`)]);
    expect([first?.includes(`${target} is a placeholder for a path.`), more]).toEqual([isOpen, []]);
  });

  test.each([
    ["FR-NNN", "That is a placeholder: put in the element that is meant."],
    ["REQ-ID", "That is a placeholder: put in the element that is meant."],
    ["FR-010", "Did you mean BRD-001:FR-001?"],
  ])("the element %s", (element, cure) => {
    const prd = { path: "docs/PRD/PRD-001_product.md", text: `# PRD-001: Product\n\n@brd: BRD-001:${element}\n` };
    expect(findings("trace/element-missing", [brd, prd])).toEqual([
      `PRD-001_product.md:3 BRD-001 defines no ${element}. ${cure}`,
    ]);
  });

  test.each([
    ["| PRD | PRD-002 | Lockers | Pending |", false],
    ["| PRD | PRD-002 | Lockers | ⏳ Planned |", false],
    ["- PRD-002: Lockers (to be written)", false],
    ["| PRD | PRD-002 | Lockers | Approved |", true],
    ["| PRD | PRD-002 | Pending parcels | Approved |", true],
    ["- PRD-002: Lockers with pending parcels", true],
  ])("what is listed as following: %s", (line, isFound) => {
    const table = line.startsWith("|") ? "| Type | Id | Title | Status |\n|---|---|---|---|\n" : "";
    const text = `${brd.text}\n## Traceability\n\n### Downstream Artifacts\n\n${table}${line}\n`;
    expect(findings("trace/downstream-unreal", [{ ...brd, text }]).length).toBe(isFound ? 1 : 0);
  });

  test.each([
    ["`scripts/validate_tasks.sh`", 0],
    ["- `/opt/framework/scripts/validate_tasks.sh`", 0],
    ["Run `./scripts/validate_tasks.sh`.", 1],
    ["Run `python scripts/validate_links.py docs`.", 1],
    ["```bash\n/opt/framework/scripts/validate_tasks.sh\n```", 1],
  ])("a script that is not there: %s", (text, count) => {
    const context = contextUnderTest({ content: guide(text).text, path: "docs/guide.md" });
    const found = runRules([context], { hash, today: "2026-06-01" }).findings;
    expect(found.filter(({ rule }) => rule === "document/dead-validator").length).toBe(count);
  });

  test.each([
    ["- `@impl-status:` - where it stands", 0],
    ["@impl-status: complete", 0],
    ["@impl-status: done", 1],
  ])("a fact: %s", (text, count) => {
    expect(findings("tag/fact-value", [guide(text)]).length).toBe(count);
  });
});

test.each([
  [
    "docs/REQ/REQ-001_a.md",
    "# REQ-001: A\n\n| Item | Details |\n|---|---|\n| **SPEC-Ready Score** | 99% |\n",
    "warning",
  ],
  ["docs/SPEC/SPEC-001_a.yaml", "id: SPEC-001\nmetadata:\n  task_ready_score: 99%\n", "warning"],
  ["docs/REQ/REQ-001_a.md", "# REQ-001: A\n\n| SPEC-Ready Score | 2% |\n", "info"],
])("a declared score of %s is compared with the computed one", async (path, text, severity) => {
  const world = createSessionWorld({ [path]: text });
  const { stdout } = await world.call(["check", "--json"]);
  const { data, findings: all } = JSON.parse(stdout) as {
    data: { scores: readonly { score: number; declared: number }[] };
    findings: readonly { rule: string; severity: string; message: string }[];
  };
  const [score] = data.scores;
  const found = all.filter(({ rule }) => rule === "score/declared-differs");
  expect(score?.declared).toBe(severity === "info" ? 2 : 99);
  expect(found).toEqual([
    expect.objectContaining({
      severity,
      message: expect.stringContaining(
        `The document declares ${score?.declared}%, but its readiness is ${score?.score}%`,
      ) as string,
    }),
  ]);
});

test.each([
  ["brd-001:FR-001", "BRD-001:FR-001"],
  ["brd-001:fr-001, FR-002", "BRD-001:FR-001, FR-002"],
  ["BRD_001:FR-001", "BRD-001:FR-001"],
  ["brd-001", "BRD-001"],
  ["brd-1:FR-001", "brd-1:FR-001"],
  ["brd-002:FR-001", "brd-002:FR-001"],
  ["BRD-001:FR-01", "BRD-001:FR-01"],
])("an id in other letters is healed where it is there: %s", async (written, healed) => {
  const path = "docs/PRD/PRD-001_product.md";
  const text = (value: string): string => `# PRD-001: Product\n\n- \`@brd: ${value}\` - why\n`;
  const needs = "# BRD-001: Needs\n\n## FR-001: Lockers\n\n## FR-002: Codes\n";
  const world = createSessionWorld({ [brd.path]: needs, [path]: text(written) });
  await world.call(["check", "--fix"]);
  expect(world.text(path)).toBe(text(healed));
  await world.call(["check", "--fix"]);
  expect(world.text(path)).toBe(text(healed));
});

const fenced = "```markdown\n@brd: BRD-001:FR-001\n```\n";
const heading = "### Traceability Tags\n\n";
test.each([
  ["**Required Tags** (Layer 2):\n", fenced, true],
  ["**Traceability Tags:**\n\n", fenced, true],
  ["**Required Tags**: these\n", fenced.replaceAll("\n", "\r\n"), true],
  ["**Format**:\n", fenced, false],
  ["**Example**:\n", fenced, false],
  ["Required Tags:\n", fenced, false],
  ["**Required Tags** (Layer 2):\n", "```\n@brd: BRD-NNN\n```\n", false],
  ["**Required Tags** (Layer 2):\n", "```\n@adr: ADR-001\n```\n", false],
])("a fence gets the heading that makes its tags count where it is meant to: %j", async (label, fence, isHealed) => {
  const path = "docs/PRD/PRD-001_product.md";
  const before = "# PRD-001: Product\n\n## 7. Traceability\n\n";
  const text = `${before}${label}${fence}`;
  const world = createSessionWorld({ [brd.path]: brd.text, [path]: text });
  await world.call(["check", "--fix"]);
  const put = fence.includes("\r\n") ? heading.replaceAll("\n", "\r\n") : heading;
  expect(world.text(path)).toBe(isHealed ? `${before}${put}${label}${fence}` : text);
  const { stdout } = await world.call(["check"]);
  expect(stdout.includes("trace/tag-missing")).toBe(!isHealed);
});

test("a fence below a heading of examples is none that was meant", async () => {
  const path = "docs/PRD/PRD-001_product.md";
  const text = `# PRD-001: Product\n\n## Example: a PRD\n\n**Required Tags**:\n${fenced}`;
  const world = createSessionWorld({ [brd.path]: brd.text, [path]: text });
  await world.call(["check", "--fix"]);
  expect(world.text(path)).toBe(text);
});

test("registry documents are healed when all others are", async () => {
  const path = "docs/PRD/PRD-001_product.md";
  const text = (tag: string): string => `# PRD-001: Product\n\n## FEATURE-001: Doors\n\n${tag}\n`;
  const world = createSessionWorld({ [brd.path]: brd.text, [path]: text("@brd: BRD-001:FR-001") });
  await world.call(["registry"]);
  world.host.files.put(`/ws/${path}`, text("@brd: brd-001:FR-001"));
  const { stdout } = await world.call(["check", "--fix", "--dry-run"]);
  expect(stdout.match(/^[+]{3} .*$/gmu)).toEqual([`+++ b/${path}`]);
  const index = world.text("docs/PRD/PRD-000_TRACEABILITY_MATRIX.md");
  await world.call(["check", "--fix"]);
  expect([world.text(path), world.text("docs/PRD/PRD-000_TRACEABILITY_MATRIX.md")]).toEqual([
    text("@brd: BRD-001:FR-001"),
    index,
  ]);
});

test.each([
  ["[PRD-001](../PRD/PRD-001_product.md)", "../PRD/PRD-001_product.md"],
  ["[PRD-001](../PRD/product.md)", "[PRD-001](../PRD/product.md)"],
  ["[Product](../PRD/PRD-001_product.md)", "../PRD/PRD-001_product.md"],
  ["PRD-001", "PRD-001"],
])("a finding about what is listed covers its id: %s", (listed, covered) => {
  const text = `${brd.text}\n## Traceability\n\n### Downstream Artifacts\n\n- ${listed}\n`;
  const prd = { path: "docs/PRD/PRD-001_product.md", text: "# PRD-001: Product\n" };
  const { findings: all } = runRules(tracedContexts([{ ...brd, text }, prd]), { hash, today: "2026-06-01" });
  const found = all.filter(({ rule }) => rule === "trace/downstream-unreal");
  expect(found.map(({ range }) => text.slice(range.start.offset, range.end.offset))).toEqual([covered]);
});
