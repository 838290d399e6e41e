import { type Edit, editSource } from "#model/edit";
import type { Finding } from "#model/finding";
import { createSourceFromText } from "#model/source";
import { ruleRegistry } from "#rules/registry";
import { runRules } from "#rules/run-rules";
import { combinedEdits } from "#session/fixes";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hash } from "./synthetic.ts";
import { type FileUnderTest, tracedContexts } from "./traced.ts";
import { propertyRuns } from "../support/property-runs.ts";

const brd = {
  path: "docs/BRD/BRD-001_needs.md",
  text: "# BRD-001: Needs\n\n### FR-001: Alerts\n\n### FR-002: Reports\n",
};
const prd = {
  path: "docs/PRD/PRD-001_product.md",
  text: "# PRD-001: Product\n\n### US-001: Told\n\n@brd: BRD-001:FR-001\n",
};
const ears = "docs/EARS/EARS-001_formal.md";
const rules = [ruleRegistry["trace/tag-missing"], ruleRegistry["trace/ancestor-differs"]];

function findingsOf(files: readonly FileUnderTest[]): readonly Finding[] {
  return runRules(tracedContexts(files), { hash, today: "2026-06-01", rules }).findings;
}

function editsOf(files: readonly FileUnderTest[]): ReadonlyMap<string, readonly Edit[]> {
  const found = new Map<string, Edit[]>();
  for (const { path, edits } of findingsOf(files).flatMap((one) => one.fix?.documents ?? [])) {
    found.set(path, [...(found.get(path) ?? []), ...edits]);
  }
  return new Map(Array.from(found, ([path, edits]) => [path, combinedEdits(edits)]));
}

function healed(files: readonly FileUnderTest[]): readonly FileUnderTest[] {
  const edits = editsOf(files);
  return files.map(({ path, text }) => ({
    path,
    text: editSource(createSourceFromText(path, text), edits.get(path) ?? []).text,
  }));
}

/** The text of the third document after healing. */
function healedText(text: string, path = ears): string {
  return healed([brd, prd, { path, text }])[2]?.text ?? "";
}

const head = "# EARS-001: Formal\n\n";

describe("an ancestor that follows from the parents is written", () => {
  test.each([
    ["as a line", "@prd: PRD-001:US-001\n", "@prd: PRD-001:US-001\n@brd: BRD-001:FR-001\n"],
    ["at the end of a text", "@prd: PRD-001:US-001", "@prd: PRD-001:US-001\n@brd: BRD-001:FR-001"],
    ["as a list item with code", "- `@prd: PRD-001:US-001`\n", "- `@prd: PRD-001:US-001`\n- `@brd: BRD-001:FR-001`\n"],
    [
      "without the words that follow a tag",
      "- `@prd: PRD-001:US-001` - being told\n\nMore.\n",
      "- `@prd: PRD-001:US-001` - being told\n- `@brd: BRD-001:FR-001`\n\nMore.\n",
    ],
    [
      "with the document's line ends",
      "@prd: PRD-001:US-001\r\n\r\nEnd\r\n",
      "@prd: PRD-001:US-001\r\n@brd: BRD-001:FR-001\r\n\r\nEnd\r\n",
    ],
    [
      "as a row of a table, the other cells empty",
      "| Tag | Why |\n|---|---|\n| `@prd: PRD-001:US-001` | told |\n\nEnd\n",
      "| Tag | Why |\n|---|---|\n| `@prd: PRD-001:US-001` | told |\n| `@brd: BRD-001:FR-001` |  |\n\nEnd\n",
    ],
    [
      "as a row of a table whose last cell holds the tag",
      "|Why|Tag|\n|---|---|\n|a \\| b|@prd: PRD-001:US-001|",
      "|Why|Tag|\n|---|---|\n|a \\| b|@prd: PRD-001:US-001|\n|  | @brd: BRD-001:FR-001 |",
    ],
    [
      "inside a fence of tags",
      "## Traceability Tags\n\n```markdown\n@prd: PRD-001:US-001\n```\n",
      "## Traceability Tags\n\n```markdown\n@prd: PRD-001:US-001\n@brd: BRD-001:FR-001\n```\n",
    ],
    [
      "in an element that has tags of its own",
      "### EVENT-001: On alert\n\n@prd: PRD-001:US-001\n\nText.\n",
      "### EVENT-001: On alert\n\n@prd: PRD-001:US-001\n@brd: BRD-001:FR-001\n\nText.\n",
    ],
  ])("%s", (_, before, after) => {
    expect(healedText(head + before)).toBe(head + after);
  });

  test("as a word of a Gherkin tag line", () => {
    const feature = "@prd:PRD-001:US-001\nFeature: Alerts\n\n  Scenario: Told\n    Given an alert\n";
    const text = healedText(feature, "docs/BDD/BDD-001_alerts.feature");
    expect(text).toBe(feature.replace("US-001\n", "US-001 @brd:BRD-001:FR-001\n"));
  });

  test("as a word of the tags of a scenario, not of those of its rows", () => {
    const feature =
      "Feature: Alerts\n\n  @prd:PRD-001:US-001\n  Scenario Outline: Told\n    Given <a>\n\n    @prd:PRD-001:US-001\n    Examples:\n      | a |\n      | 1 |\n";
    const text = healedText(feature, "docs/BDD/BDD-001_alerts.feature");
    expect(text).toBe(feature.replace("US-001\n  Scenario", "US-001 @brd:BRD-001:FR-001\n  Scenario"));
  });

  test("as a key of a YAML map, not into a text that holds tags as well", () => {
    const spec =
      "id: SPEC-001\ncumulative_tags:\n  prd: PRD-001:US-001\nexamples:\n  - script: |\n      # @prd: PRD-001:US-001\n      curl x\n";
    const text = healedText(spec, "docs/SPEC/SPEC-001_alerts.yaml");
    expect(text).toBe(spec.replace("US-001\nexamples", "US-001\n  brd: BRD-001:FR-001\nexamples"));
  });

  test("as a key of a YAML map", () => {
    const spec =
      'id: SPEC-001\ntraceability:\n  cumulative_tags:\n    prd: "PRD-001:US-001"  # product\nname: alerts\n';
    const text = healedText(spec, "docs/SPEC/SPEC-001_alerts.yaml");
    expect(text).toBe(spec.replace("# product\n", '# product\n    brd: "BRD-001:FR-001"\n'));
  });

  test.each([
    ["a list", '  prd:\n    - "PRD-001:US-001"  # told\n', '  brd:\n    - "BRD-001:FR-001"\n'],
    ["a list at the key's own depth", "  prd:\n  - PRD-001:US-001\n", "  brd:\n  - BRD-001:FR-001\n"],
    ["a list in brackets", '  prd: ["PRD-001:US-001"]\n', '  brd: ["BRD-001:FR-001"]\n'],
  ])("as a key of a YAML map with %s", (_, entry, added) => {
    const spec = `id: SPEC-001\ncumulative_tags:\n${entry}name: alerts\n`;
    const text = healedText(spec, "docs/SPEC/SPEC-001_alerts.yaml");
    expect(text).toBe(spec.replace(entry, entry + added));
  });
});

describe("nothing is written where it is not certain", () => {
  test.each([
    ["the tag is there but leads nowhere", "@prd: PRD-001:US-001\n@brd: BRD-009:FR-001\n"],
    ["the tag says null", "@prd: PRD-001:US-001\n@brd: null\n"],
    ["the cell says more", "| Tag | Why |\n|---|---|\n| @prd: PRD-001:US-001 (told) | told |\n"],
    ["the row holds several tags", "| A | B |\n|---|---|\n| @prd: PRD-001:US-001 | @adr: null |\n"],
    ["the table has no bars at its sides", "A | B\n---|---\n@prd: PRD-001:US-001 | told\n"],
    ["the tag is a link", "@prd: [PRD-001](../PRD/PRD-001_product.md#US-001)\n"],
    ["the line holds several tags", "@prd: PRD-001:US-001 @adr: null\n"],
    ["there is no tag to go by", "Text.\n"],
    ["the item goes on", "- `@prd: PRD-001:US-001` - told,\n  as was agreed\n"],
    ["the item goes on without a blank", "- `@prd: PRD-001:US-001` - told,\nas was agreed\n"],
    ["the item has items of its own", "- `@prd: PRD-001:US-001`\n  - see the minutes\n"],
    ["the values go on", "@prd: PRD-001:US-001,\n  PRD-001:US-001\n"],
    ["the tag stands in the head of a table", "| Product | `@prd: PRD-001:US-001` |\n|---|---|\n| Owner | Ann |\n"],
  ])("because %s", (_, text) => {
    expect(editsOf([brd, prd, { path: ears, text: head + text }]).get(ears)).toBeUndefined();
  });

  test.each([
    ["without a value", "  brd:\n"],
    ["with a value that is none", "  brd: ~\n"],
    ["with an empty list", "  brd: []\n"],
    ["with a list of maps", "  brd:\n    - id: BRD-001:FR-001\n"],
    ["with a text", "  brd: >-\n    BRD-001:FR-001\n"],
    ["in quotes", '  "brd": ""\n'],
  ])("because the map of YAML has the key already, %s", (_, entry) => {
    for (const entries of [`${entry}  prd: PRD-001:US-001\n`, `  prd: PRD-001:US-001\n${entry}`]) {
      const text = `id: SPEC-001\ncumulative_tags:\n${entries}other:\n  brd: 1\n`;
      expect(healedText(text, "docs/SPEC/SPEC-001_alerts.yaml")).toBe(text);
    }
  });

  test("because the tag stands in a text of YAML, not in a comment", () => {
    const text = "id: SPEC-001\nexamples:\n  - script: |\n      # @prd: PRD-001:US-001\n      curl x\n";
    expect(healedText(text, "docs/SPEC/SPEC-001_alerts.yaml")).toBe(text);
  });

  test("because parents lead to two", () => {
    const two = { ...prd, text: `${prd.text}@brd: BRD-001:FR-002\n` };
    const text = `${head}@prd: PRD-001:US-001\n`;
    expect(editsOf([brd, two, { path: ears, text }]).get(ears)).toBeUndefined();
  });
});

describe("of any chain of documents", () => {
  const tag = fc.constantFrom(
    "brd: BRD-001:FR-001",
    "brd: BRD-001:FR-002",
    "brd: null",
    "prd: PRD-001:US-001",
    "prd: PRD-001",
    "ears: EARS-001",
  );
  const line = fc.oneof(
    tag.map((one) => `@${one}`),
    tag.map((one) => `- \`@${one}\``),
    tag.map((one) => `- @${one} for a reason`),
    fc.constantFrom("", "### EVENT-001: One", "### FR-007: Two", "Words.", "```", "## Traceability Tags", "| a | b |"),
  );
  const body = fc.array(line, { maxLength: 9 }).map((lines) => `${lines.join("\n")}\n`);
  const files = fc
    .tuple(body, body, body, fc.constantFrom("\n", "\r\n"))
    .map(([a, b, c, end]) =>
      [
        brd,
        { path: prd.path, text: `# PRD-001: Product\n\n### US-001: Told\n\n${a}` },
        { path: ears, text: `# EARS-001: Formal\n\n${b}` },
        { path: "docs/ADR/ADR-001_choice.md", text: `# ADR-001: Choice\n\n${c}` },
      ].map(({ path, text }) => ({ path, text: text.replaceAll("\n", end) })),
    );

  test("healing again changes nothing, adds lines only, and leaves no finding that was not there", () => {
    fc.assert(
      fc.property(files, (before) => {
        let after: readonly FileUnderTest[] = before;
        for (let round = 0; round < 4; round++) after = healed(after);
        expect(healed(after)).toEqual(after);
        for (const [index, { text }] of after.entries()) {
          const kept = new Set((before[index]?.text ?? "").split(/\r?\n/));
          const added = text.split(/\r?\n/).filter((one) => !kept.has(one));
          for (const one of added) expect(one).toMatch(/^(?:- `|- )?@(?:brd|prd|ears): [A-Z]+-001(?::[A-Z]+-\d+)?`?$/);
        }
        // Why: what one document says now may show that another, which nothing was written into, was wrong all along.
        const touched = new Set(
          after.filter(({ text }, index) => text !== before[index]?.text).map(({ path }) => path),
        );
        const inTouched = (all: readonly FileUnderTest[]): readonly string[] =>
          findingsOf(all).flatMap((one) => (touched.has(one.path) ? [`${one.path} ${one.rule}`] : []));
        const known = new Set(inTouched(before));
        const left = inTouched(after);
        expect(left.filter((one) => !known.has(one))).toEqual([]);
        expect(left.length).toBeLessThanOrEqual(inTouched(before).length);
      }),
      { numRuns: propertyRuns(120) },
    );
  });
});
