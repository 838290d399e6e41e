import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editSource } from "#model/edit";
import type { Plan } from "#model/plan";
import { type Source, createSource, createSourceFromText } from "#model/source";
import { parsePlan } from "#parse/iplan/plan";
import { aidoc16 } from "#profile/aidoc-16";
import { aidocDotted } from "#profile/aidoc-dotted";
import { isRange } from "./show-plan.ts";

const folder = fileURLToPath(new URL("../../fixtures/plans/", import.meta.url));
const documents = readdirSync(folder)
  .filter((file) => file.endsWith(".md"))
  .map((file) => readFileSync(`${folder}${file}`, "utf8"));

/** What every plan keeps: places inside the document, raw texts that are what stands there. */
function check(source: Source, plan: Plan): void {
  const { sections, blocks, ...rest } = plan;
  visit(source, rest, new Set());
  checkBoxes(plan);
  for (const section of sections) checkRange(source, section.range);
  for (const block of blocks) {
    checkRange(source, block.range);
    for (let offset = 0; offset <= block.text.length; offset += 7) {
      const place = block.toDocument(offset);
      expect(place).toBeGreaterThanOrEqual(block.range.start.offset);
      expect(place).toBeLessThanOrEqual(block.range.end.offset);
    }
  }
}

/** Every box belongs to one thing alone: two edits of one mark would contradict each other. */
function checkBoxes(plan: Plan): void {
  const holders = [
    ...plan.phases.flatMap((phase) => phase.tasks),
    ...plan.steps.flatMap((step) => step.outcomes),
    ...plan.checklists.flatMap((list) => list.items),
    ...plan.deliverables,
    ...plan.criteria,
  ];
  const places = holders.flatMap(({ box }) => box?.mark.range.start.offset ?? []);
  expect(new Set(places).size).toBe(places.length);
}

function visit(source: Source, value: unknown, seen: Set<unknown>): void {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (isRange(value)) {
    checkRange(source, value);
    return;
  }
  if ("raw" in value && "range" in value && isRange(value.range)) {
    expect(source.text.slice(value.range.start.offset, value.range.end.offset)).toBe(value.raw);
  }
  if ("mark" in value && "ticked" in value) {
    const { text, range } = value.mark as {
      text: string;
      range: { start: { offset: number }; end: { offset: number } };
    };
    expect(source.text.slice(range.start.offset, range.end.offset)).toBe(text);
  }
  for (const inner of Object.values(value)) visit(source, inner, seen);
}

function checkRange(source: Source, range: Plan["sections"][number]["range"]): void {
  expect(range.start.offset).toBeLessThanOrEqual(range.end.offset);
  expect(range.end.offset).toBeLessThanOrEqual(source.text.length);
  expect(source.position(range.start.offset)).toEqual(range.start);
  expect(source.position(range.end.offset)).toEqual(range.end);
}

const pieces = fc.constantFrom(
  "# IPLAN-001: X\n",
  "## Task List\n",
  "### Phase 1: A (2 hours) - PENDING\n",
  "- [ ] **TASK-1.1**: a ✅\n",
  "  - File: a/b.ts\n",
  "### Execution Steps\n",
  "**Step 1: A**\n",
  "#### Step 2: B\n",
  "Verification:\n",
  "```bash\n",
  "```\n",
  "# Expected: 2\n",
  "cat <<EOF\n",
  "EOF\n",
  "'",
  '"',
  "> ",
  "    ",
  "\t",
  "\n",
  "\r\n",
  "- ",
  "1. ",
  "| a | b |\n|---|---|\n| **ID** | IPLAN-001 |\n",
  "<!-- iplan: a=b",
  " -->\n",
  "@brd: BRD-001:FR-1, X-2",
  "[a](b)",
  "‚úÖ",
  "‚òê",
  "☐ ",
  "**",
  "`",
  "(",
  ")",
  "RESUME HERE 👈",
  "---\n",
  "title: x\n",
  "## Traceability Tags\n",
  "## Risk Mitigation\n",
  "**Risk 1: A**\n- **Impact**: High\n",
  "├── a/\n",
  "\u{1F600}",
  "\u0000",
  "Tasks 1.1-1.9",
  "## Success Criteria\n",
  "### Verification\n",
  "## Objective\n",
  "**Deliverables**:\n",
  "Expected outcome:\n",
  "- [ ] x\n",
  "## Implementation Guide\n",
);
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc
    .array(fc.oneof({ weight: 8, arbitrary: pieces }, fc.string({ maxLength: 6 })), { maxLength: 60 })
    .map((parts) => parts.join("")),
);
const mutated = fc
  .tuple(
    fc.constantFrom(...documents),
    fc.array(fc.tuple(fc.nat(), fc.nat(40), fc.oneof(pieces, fc.string({ maxLength: 8 }))), { maxLength: 8 }),
  )
  .map(([document, changes]) =>
    changes.reduce((text, [at, length, insert]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + insert + text.slice(place + length);
    }, document),
  );

describe("any text", () => {
  test("is read, and every place lies in it and says what stands there", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const source = createSourceFromText("a.md", text);
        check(source, parsePlan(source, aidoc16));
      }),
      { numRuns: 400 },
    );
  });

  test("of any bytes is read", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const source = createSource("a.md", bytes);
        check(source, parsePlan(source, aidocDotted));
      }),
      { numRuns: 100 },
    );
  });

  test("made from a plan by changing it anywhere is read", () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const source = createSourceFromText("IPLAN-001_x.md", text);
        check(source, parsePlan(source, aidoc16));
      }),
      { numRuns: 150 },
    );
  });
});

describe("ticking a box", () => {
  const boxes = documents.flatMap((document) => {
    const source = createSourceFromText("a.md", document);
    const plan = parsePlan(source, aidoc16);
    const tasks = plan.phases.flatMap((phase) => phase.tasks).flatMap((task) => task.box ?? []);
    const items = plan.checklists.flatMap((list) => list.items).flatMap((item) => item.box ?? []);
    return [...tasks, ...items].map((box) => ({ source, box, text: source.text.slice(0, 40) }));
  });

  test("finds boxes to tick", () => expect(boxes.length).toBeGreaterThan(15));

  test.each(boxes)("$#: $box.mark.text at line $box.mark.range.start.line changes the mark alone", ({
    source,
    box,
  }) => {
    const { start, end } = box.mark.range;
    const edited = editSource(source, [{ start: start.offset, end: end.offset, text: "y", expected: box.mark.text }]);
    const changed = new TextEncoder().encode(box.mark.text).length;
    expect(edited.bytes.length).toBe(source.bytes.length - changed + 1);
    expect(edited.text).toBe(`${source.text.slice(0, start.offset)}y${source.text.slice(end.offset)}`);
    if (changed === 1) expect(edited.bytes.filter((byte, index) => byte !== source.bytes[index])).toHaveLength(1);
  });
});

describe("a very large document", () => {
  const count = 130_000;
  test.each<[string, string]>([
    ["labels in one paragraph", "**File**: a/b.ts\n".repeat(count)],
    ["phases", "### Phase 1: A\n".repeat(count)],
    ["boxes in one list", "- [ ] a\n".repeat(count)],
    ["tags on one line", "@brd: BRD-001 ".repeat(count)],
    ["paths in one paragraph", "`a/b`\n".repeat(count)],
  ])("is read: %s", (_name, text) => {
    const source = createSourceFromText(
      "a.md",
      `## Task List\n\n${text}\n\n## Execution Steps\n\n**Step 1: A**\n${text}`,
    );
    expect(parsePlan(source, aidoc16).path).toBe("a.md");
  });
});

describe("cost", () => {
  const shapes: readonly (readonly [name: string, text: (size: number) => string])[] = [
    ["many tasks", (size) => "- [ ] **TASK-1.1**: a (2 hours)\n  - File: a/b.ts\n".repeat(size / 50)],
    ["one deep list", (size) => "- ".repeat(size / 2)],
    ["many open brackets", (size) => `- [ ] ${"(".repeat(size)}`],
    [
      "many annotations before many bullets",
      (size) => `<!-- iplan: a=b -->${"\n".repeat(size)}${"- a\n".repeat(size / 4)}`,
    ],
    ["many blanks", (size) => `- a${" ".repeat(size)}b`],
    ["many labels", (size) => "**A**: b\n".repeat(size / 8)],
    ["many steps", (size) => "**Step 1: a**\n\n".repeat(size / 14)],
    ["many tags on a line", (size) => "@brd: BRD-001:FR-030, ".repeat(size / 22)],
  ];
  const frame = (text: string): string =>
    `## Task List\n\n### Phase 1: A\n\n${text}\n\n### Execution Steps\n\n${text}\n`;

  test.each(shapes)("grows with the length of the text: %s", (_name, shape) => {
    // Why: quadratic cost would take minutes here, and the test would be stopped.
    const source = createSourceFromText("a.md", frame(shape(640_000)));
    expect(parsePlan(source, aidoc16).path).toBe("a.md");
  });
});
