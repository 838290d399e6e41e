import { describe, expect, test } from "vitest";
import { createSourceFromText } from "#model/source";
import { parseMarkdown } from "#parse/markdown";
import { readTagLine } from "#parse/tag-line";
import { readTags } from "#parse/tags";
import { aidoc16 } from "#profile/aidoc-16";
import { aidocDotted } from "#profile/aidoc-dotted";

type Found = readonly (string | undefined)[];

function onLine(line: string, profile = aidoc16): Found[] {
  return readTagLine(profile, line).map(({ type, document, element, raw }) => [type, document, element, raw]);
}

describe("a line of tags", () => {
  test.each<[string, string, Found[]]>([
    ["a document", "@adr: ADR-002", [["adr", "ADR-002", undefined, "ADR-002"]]],
    ["an element", "@brd: BRD-001:FR-030", [["brd", "BRD-001", "FR-030", "BRD-001:FR-030"]]],
    [
      "an element with dots",
      "@tasks: TASKS-001:PHASE-2.1",
      [["tasks", "TASKS-001", "PHASE-2.1", "TASKS-001:PHASE-2.1"]],
    ],
    ["an element with an underscore", "@spec: SPEC-001:a_b.", [["spec", "SPEC-001", "a_b", "SPEC-001:a_b"]]],
    ["a member of a group", "@req: REQ-042-02:AC-1", [["req", "REQ-042-02", "AC-1", "REQ-042-02:AC-1"]]],
    [
      "several values",
      "@req: REQ-001, REQ-002:AC-1",
      [
        ["req", "REQ-001", undefined, "REQ-001"],
        ["req", "REQ-002", "AC-1", "REQ-002:AC-1"],
      ],
    ],
    [
      "values that go on",
      "@brd: BRD-001:FR-030, NFR-006",
      [
        ["brd", "BRD-001", "FR-030", "BRD-001:FR-030"],
        ["brd", "BRD-001", "NFR-006", "NFR-006"],
      ],
    ],
    [
      "elements that look like documents",
      "@brd: BRD-001:REQ-042, REQ-043",
      [
        ["brd", "BRD-001", "REQ-042", "BRD-001:REQ-042"],
        ["brd", "BRD-001", "REQ-043", "REQ-043"],
      ],
    ],
    [
      "a list that ends in prose",
      "@brd: BRD-001:FR-030, which matters",
      [["brd", "BRD-001", "FR-030", "BRD-001:FR-030"]],
    ],
    ["code marks", "- `@ears: EARS-001:EVENT-003` - why", [["ears", "EARS-001", "EVENT-003", "EARS-001:EVENT-003"]]],
    ["code marks around values", "@adr: `ADR-002`, `ADR-003`", [["adr", "ADR-002", undefined, "ADR-002"]]],
    ["brackets", "@adr: [ADR-002]", [["adr", "ADR-002", undefined, "ADR-002"]]],
    ["a link", "@requirement:[REQ-003](../REQ/x.md#REQ-003)", [["req", "REQ-003", undefined, "REQ-003"]]],
    [
      "an alias",
      "@contracts: CTR-001:Api @test: BDD-002",
      [
        ["ctr", "CTR-001", "Api", "CTR-001:Api"],
        ["bdd", "BDD-002", undefined, "BDD-002"],
      ],
    ],
    [
      "Gherkin without a blank",
      "@brd:BRD-009:FR-015 @prd:PRD-009",
      [
        ["brd", "BRD-009", "FR-015", "BRD-009:FR-015"],
        ["prd", "PRD-009", undefined, "PRD-009"],
      ],
    ],
    ["none", "@impl: null", [["impl", undefined, undefined, "null"]]],
    ["a fact", "@impl-status: in-progress", [["impl-status", undefined, undefined, "in-progress"]]],
    ["a path", "@code: src/a/b.ts", [["code", undefined, undefined, "src/a/b.ts"]]],
    ["a placeholder", "@brd: BRD-NNN:REQ-NNN", [["brd", undefined, undefined, "BRD-NNN:REQ-NNN"]]],
    ["another type's id", "@icon: TASKS-001:Gate", [["icon", "TASKS-001", "Gate", "TASKS-001:Gate"]]],
    ["upper case", "@BRD: BRD-001", [["brd", "BRD-001", undefined, "BRD-001"]]],
    ["an e-mail address", "mail user@brd: BRD-001 or a.b@adr: x", []],
    ["a name nobody knows", "@param: BRD-001 @types/node: 20", []],
    ["words", "@brd: Business requirements", []],
    ["a name in code marks", "- `@brd`: BRD-001", []],
    ["a decorator", "@adr::x @adr", []],
  ])("has %s", (_name, line, found) => expect(onLine(line)).toEqual(found));

  test("of the dotted dialect names elements that name their documents", () => {
    expect(onLine("@ears: EARS.01.24.01", aidocDotted)).toEqual([
      ["ears", "EARS-01", "EARS.01.24.01", "EARS.01.24.01"],
    ]);
  });

  test("tells optional values and where they stand", () => {
    const line = "@ctr: CTR-001:Api (optional), CTR-002";
    const found = readTagLine(aidoc16, line);
    expect(found.map(({ optional }) => optional)).toEqual([true, false]);
    expect(found.map(({ start, end }) => line.slice(start, end))).toEqual(["CTR-001:Api", "CTR-002"]);
    expect(found.map(({ nameStart, nameEnd }) => line.slice(nameStart, nameEnd))).toEqual(["ctr", "ctr"]);
  });
});

describe("the tags of a document", () => {
  const live = (text: string): string[] =>
    readTags(parseMarkdown(createSourceFromText("a.md", text), aidoc16)).map(
      ({ raw, live: is, where }) => `${where} ${raw} ${is ? "live" : "example"}`,
    );
  const fence = "```\n@brd: BRD-001\n```\n";

  test.each<[string, string, string[]]>([
    ["in a fence under Traceability Tags", `## 7. Traceability Tags\n\n${fence}`, ["fence BRD-001 live"]],
    ["in a fence under Required Tags", `## A\n\n### Required Tags (Mandatory)\n\n${fence}`, ["fence BRD-001 live"]],
    [
      "in a fence behind an example's label",
      `## Traceability Tags\n\n**Example 1**:\n\n${fence}`,
      ["fence BRD-001 example"],
    ],
    [
      "in a fence before the examples",
      `## Traceability Tags\n\n${fence}\nExamples:\n\n${fence}`,
      ["fence BRD-001 live", "fence BRD-001 example"],
    ],
    [
      "in a fence under another heading",
      `## Traceability Tags\n\n### Tag Format\n\n${fence}`,
      ["fence BRD-001 example"],
    ],
    ["in a fence before all headings", fence, ["fence BRD-001 example"]],
    ["on a line", "@brd: BRD-001\n**Parent**: @prd: PRD-001\n", ["line BRD-001 live", "line PRD-001 live"]],
    ["in a list", "- `@brd: BRD-001` - why\n- [x] @prd: PRD-001\n", ["list BRD-001 live", "list PRD-001 live"]],
    ["in a cell", "| a | b |\n|---|---|\n| Parent | @brd: BRD-001 |\n", ["table BRD-001 live"]],
    ["in a sentence", "Tags look like `@brd: BRD-001` or so.\n", ["line BRD-001 example"]],
    ["in a heading", "## @brd: BRD-001\n", ["line BRD-001 live"]],
    ["in indented code", "    @brd: BRD-001\n", []],
  ])("%s", (_name, text, found) => expect(live(text)).toEqual(found));
});
