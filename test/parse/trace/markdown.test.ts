import { describe, expect, test } from "vitest";
import { definitionColumn, definitionWidth } from "#model/trace";
import { aidocDotted } from "#profile/aidoc-dotted";
import { rows, showTrace, traceOf } from "../../support/trace-view.ts";

describe("definitions of a Markdown document", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["a heading that begins with the id", "BRD-001_a.md", "#### FR-030: Orders", ['heading FR-030 "Orders"']],
    ["a numbered heading", "BRD-001_a.md", "### 4.2 FR-030 Orders", ['heading FR-030 "Orders"']],
    [
      "a heading in bold or code",
      "BRD-001_a.md",
      "### **FR-030**: Orders\n### `NFR-006`",
      ['heading FR-030 "Orders"', "heading NFR-006"],
    ],
    ["an id in brackets", "PRD-001_a.md", "### [US-001] Sign in", ['heading US-001 "Sign in"']],
    ["an id behind the document's own", "EARS-012_a.md", "### EARS-012:EVENT-001", ["heading EVENT-001"]],
    ["a slug behind the document's own id", "BDD-015_a.md", "### BDD-015:scenario-send", ["heading scenario-send"]],
    ["no id of another document", "EARS-012_a.md", "### BRD-001:FR-001\n### ADR-002: Queue", []],
    ["no id in the midst of a heading", "BRD-001_a.md", "## Coverage of FR-030", []],
    ["no standard", "SYS-001_a.md", "### UTF-8 and ISO-8601", []],
    ["no link", "BRD-001_a.md", "### [FR-030](#fr-030)", []],
    ["its own id as no element", "BRD-001_a.md", "# BRD-001: Orders", []],
    [
      "a requirement of a BRD that looks like a document",
      "BRD-001_a.md",
      "### REQ-042: Orders",
      ['heading REQ-042 "Orders"'],
    ],
    ["which is none elsewhere", "SPEC-001_a.md", "### REQ-042: Orders", []],
    [
      "the first cell of a row",
      "BRD-001_a.md",
      "| ID | Text |\n|--|--|\n| FR-001 | a |\n| **FR-002** | b |",
      ["tableCell FR-001", "tableCell FR-002"],
    ],
    ["no header cell", "BRD-001_a.md", "| FR-001 | Text |\n|--|--|\n", []],
    ["no second cell", "BRD-001_a.md", "| a | b |\n|--|--|\n| x | FR-001 |\n", []],
    ["no linked cell", "BRD-001_a.md", "| a | b |\n|--|--|\n| [FR-001](#x) | y |\n", []],
    [
      "no row that repeats a heading",
      "BRD-001_a.md",
      "| a | b |\n|--|--|\n| FR-001 | y |\n\n### FR-001: x",
      ['heading FR-001 "x"'],
    ],
    [
      "a bold label of a list",
      "REQ-001_a.md",
      "- **AC-001**: It works\n- [x] **AC-002: So does it**",
      ['label AC-001 "It works"', 'label AC-002 "So does it"'],
    ],
    ["a bold label of a paragraph", "IPLAN-001_a.md", "**TASK-1.1**: Build it", ['label TASK-1.1 "Build it"']],
    ["no bold words of a sentence", "BRD-001_a.md", "**FR-030** is what matters.", []],
    ["no plain list item", "BRD-001_a.md", "- FR-030 is what matters.", []],
    ["an anchor", "BRD-001_a.md", '<a id="FR-030"></a>\n\nText <a name="x.y"></a>', ["anchor FR-030", "anchor x.y"]],
    ["an anchor in braces", "BRD-001_a.md", "## Orders {#FR-030}", ["anchor FR-030"]],
    ["no anchor of its own id", "BRD-001_a.md", '<a id="BRD-001"></a>', []],
    ["nothing in a fence", "BRD-001_a.md", "```\n### FR-001: x\n- **FR-002**: y\n```", []],
    ["nothing in a quote's heading", "BRD-001_a.md", "> ### FR-001: x", []],
    [
      "nothing under a heading of links",
      "BRD-001_a.md",
      "## Downstream Artifacts\n\n### PRD part\n\n- **FR-001**: x\n\n| a |\n|--|\n| FR-002 |",
      [],
    ],
    [
      "the phases of a TASKS",
      "TASKS-001_a.md",
      "### Phase 2: Build\n#### 2.1 Core\n#### 3.1 Stray\n### Phase 2.2: More",
      ['phase PHASE-2 "Build"', 'phase PHASE-2.1 "Core"', 'phase PHASE-2.2 "More"'],
    ],
    [
      "numbered parts without a phase",
      "TASKS-001_a.md",
      "## Plan\n### 2.2 Scope\n#### 2.1 Core",
      ['phase PHASE-2.1 "Core"'],
    ],
    [
      "numbered phases",
      "TASKS-001_a.md",
      "### 3.2 Phase 1: Ground\n#### 1.1 Setup",
      ['phase PHASE-1 "Ground"', 'phase PHASE-1.1 "Setup"'],
    ],
    ["the tasks of a TASKS", "TASKS-001_a.md", "### Task 3: Build", ['task TASK-3 "Build"']],
    [
      "the contracts of a TASKS",
      "TASKS-001_a.md",
      "#### Contract 1: OrderGate\n#### Contract: [Name]",
      ["heading OrderGate"],
    ],
    [
      "a contract whose name is several words, by all of them as one",
      "TASKS-001_a.md",
      "#### Contract 1: Order gate (v2)\n#### Contract 2: IBOrderGate protocol",
      ['name OrderGate "(v2)"', 'heading IBOrderGate "protocol"', "name IBOrderGateProtocol"],
    ],
    [
      "the contract that an ICON is",
      "ICON-001_a.md",
      "# ICON-001: Order Gate - how orders come in\n\n## ICON-001: Again",
      ['name OrderGate "how orders come in"'],
    ],
    ["the contract of an ICON in one word", "ICON-001_a.md", "# ICON-001: `order_gate`", ["name order_gate"]],
    ["no contract without a name", "ICON-001_a.md", "# ICON-001: [Contract Name]", []],
    ["no phases elsewhere", "BRD-001_a.md", "### Phase 2: Build", []],
    ["the phases of an IMPL", "IMPL-001_a.md", "### Phase 1: Build", ['phase PHASE-1 "Build"']],
    [
      "the sections of a SYS",
      "SYS-001_a.md",
      "## 3. Speed\n### 3.1.1 PERF-001: Fast\n## Plain",
      [
        'numberedSection SECTION-3 "Speed"',
        'heading PERF-001 "Fast"',
        'numberedSection SECTION-3.1.1 "PERF-001: Fast"',
      ],
    ],
    [
      "the topics of a REQ",
      "REQ-001_a.md",
      "## 3. Interface Specifications\n### Retry (fast)",
      ['topic interface-specifications "Interface Specifications"', 'topic retry-fast "Retry (fast)"'],
    ],
  ])("%s", (_name, path, text, found) => expect(showTrace(traceOf(path, text)).definitions).toEqual(found));

  test("of the dotted dialect name their documents themselves", () => {
    const trace = traceOf("BRD-01_a.md", "### BRD.01.01.30: Orders\n### PRD.01.01.30: Others", aidocDotted);
    expect(showTrace(trace).definitions).toEqual(['heading BRD.01.01.30 "Orders"']);
  });

  test("reach to the next heading of their level, the end of the item, the end of the row", () => {
    const text = "### FR-1: a\n\n- **FR-2**: b\n  more\n\n| x |\n|--|\n| FR-3 | z |\n\n#### c\n\n### FR-4: d\n";
    const scopes = rows(traceOf("BRD-001_a.md", text).definitions, definitionWidth).map((row) =>
      text.slice(row[definitionColumn.start], row[definitionColumn.scopeEnd]),
    );
    expect(scopes).toEqual([text.slice(4, text.indexOf("### FR-4")), "FR-2**: b\n  more", "FR-3 | z |", "FR-4: d\n"]);
  });
});

describe("tags of a Markdown document", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "live on a line",
      "@brd: BRD-001:FR-030, NFR-006 (optional)",
      ["brd BRD-001:FR-030 live", "brd BRD-001:NFR-006 (NFR-006) live optional continued"],
    ],
    ["in a list", "- `@adr: ADR-002` - why", ["adr ADR-002 live"]],
    ["in a cell", "| a |\n|--|\n| @adr: ADR-002 |", ["adr ADR-002 live table"]],
    ["by another name", "@contracts: CTR-001:Api", ["ctr CTR-001:Api live alias"]],
    ["as a link", "@requirement: [REQ-003](../REQ/x.md#REQ-003)", ["req REQ-003 live alias link"]],
    ["without a blank", "@brd:BRD-001", ["brd BRD-001 live untidy"]],
    ["in capitals", "@BRD: BRD-001", ["brd BRD-001 live untidy"]],
    ["in brackets", "@adr: [ADR-002]", ["adr ADR-002 live untidy"]],
    ["of nothing", "@impl: null", ["impl  (null) live none"]],
    [
      "with paths",
      "@code: src/a.ts, src/b.ts:send, [src/c.ts]",
      ["code src/a.ts live", "code src/b.ts:send live", "code src/c.ts live untidy"],
    ],
    ["of a fact", "@impl-status: complete", ["impl-status  (complete) live"]],
    ["in a sentence", "Write @brd: BRD-001 here", ["brd BRD-001"]],
    ["in a fence for them", "## Required Tags (Layer 7)\n\n```\n@brd: BRD-001\n```", ["brd BRD-001 live fence"]],
    [
      "behind an example's label",
      "## Traceability Tags\n\n**Examples**:\n\n```\n@brd: BRD-001\n```",
      ["brd BRD-001 fence"],
    ],
    ["in another fence", "## Other\n\n```\n@brd: BRD-001\n```", ["brd BRD-001 fence"]],
    ["in an address", "mail me@brd: BRD-001", []],
  ])("%s", (_name, text, found) => expect(showTrace(traceOf("REQ-003_a.md", text)).tags).toEqual(found));
});

describe("mentions of a Markdown document", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "ids under Upstream",
      "## Upstream Sources\n\n- BRD-001 and PRD-002:US-001.",
      ["upstream BRD-001", "upstream PRD-002:US-001"],
    ],
    ["ids of a table", "### Downstream Artifacts\n\n| T | D |\n|--|--|\n| SPEC | SPEC-001 |", ["downstream SPEC-001"]],
    [
      "ids under a label",
      "## 7. Traceability\n\nBRD-009\n\n**Upstream Sources**:\n- BRD-001\n\n**Downstream Artifacts**:\n- SPEC-001\n\n**Note**: ADR-001",
      ["upstream BRD-001", "downstream SPEC-001"],
    ],
    [
      "links by text and file",
      "## Related Documents\n\n- [ADR-001](../a.md#x), [the gate](../SYS/SYS-002_gate.md)",
      ["related ADR-001 → ../a.md#x", "related SYS-002 → ../SYS/SYS-002_gate.md"],
    ],
    [
      "links elsewhere",
      "See [it](a.md), [web](https://x.org) and [here](#there).",
      ["elsewhere → a.md", "elsewhere → #there"],
    ],
    [
      "links with titles and angles",
      'See [it](a.md "A") and [b](<b c.md>) and ``[no](c.md)``',
      ["elsewhere → a.md", "elsewhere → b c.md"],
    ],
    ["definitions of links", "[it]: ../REQ/REQ-004_x.md", ["elsewhere REQ-004 → ../REQ/REQ-004_x.md"]],
    ["no words, paths and addresses", "## Upstream Sources\n\nUTF-8 docs/BRD-001/x BRD-001@x.org XBRD-001 REQ-003", []],
    ["no tags", "## Upstream Sources\n\n- @brd: BRD-001", []],
    ["no ids elsewhere", "## Objective\n\nBRD-001", []],
  ])("%s", (_name, text, found) => expect(showTrace(traceOf("REQ-003_a.md", text)).mentions).toEqual(found));
});

test("the title is the first heading's without the id", () => {
  expect(traceOf("REQ-003_a.md", "# REQ-003: Orders\n# Two").title).toBe("Orders");
  expect(traceOf("REQ-003_a.md", "# Orders of REQ-003").title).toBe("Orders of REQ-003");
  expect(traceOf("REQ-003_a.md", "text")).not.toHaveProperty("title");
});

describe("a document of many names", () => {
  const numbers = Array.from({ length: 5000 }, (_, index) => String(index + 1).padStart(3, "0"));

  test("defines every one of them", () => {
    const text = `# BRD-001: Orders\n${numbers.map((number) => `\n### FR-${number}: x\n`).join("")}`;
    const { definitions } = showTrace(traceOf("BRD-001_a.md", text));
    expect(definitions).toEqual(numbers.map((number) => `heading FR-${number} "x"`));
  });

  test("names every one of them", () => {
    const text = numbers.map((number) => `@brd: BRD-${number.padStart(4, "0")}:FR-${number}\n`).join("");
    const found = showTrace(traceOf("PRD-001_a.md", text)).tags;
    expect(found).toEqual(numbers.map((number) => `brd BRD-${number.padStart(4, "0")}:FR-${number} live`));
  });

  test("knows each of them, however many names of tags came before", () => {
    const names = Array.from({ length: 600 }, (_, index) => `@x${index}: 1\n`).join("");
    const found = showTrace(traceOf("PRD-001_a.md", `${names}@prd: PRD-002\n@BRD: BRD-001\n`)).tags;
    expect(found.slice(-2)).toEqual(["prd PRD-002 live", "brd BRD-001 live untidy"]);
  });
});

test.each([
  ["### FR-001: -40 °C is survived", "-40 °C is survived"],
  ["### FR-001: --verbose prints more", "--verbose prints more"],
  ["### FR-001 - Alerts", "Alerts"],
  ["### FR-001: - Alerts", "Alerts"],
  ["### FR-001 — Alerts", "Alerts"],
  ["- **FR-001**: -1 is refused", "-1 is refused"],
])("the title of %s is %s", (line, title) => {
  const trace = traceOf("docs/BRD/BRD-001_a.md", `# BRD-001: A\n\n${line}\n`);
  expect(trace.strings[trace.definitions[definitionColumn.title] ?? -1]).toBe(title);
});
