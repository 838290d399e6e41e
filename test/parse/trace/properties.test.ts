import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSource, createSourceFromText } from "#model/source";
import {
  type DocumentTrace,
  definitionColumn,
  definitionKind,
  definitionWidth,
  mentionColumn,
  mentionWidth,
  tagColumn,
  tagFlag,
  tagWidth,
} from "#model/trace";
import { parseAllDocuments } from "yaml";
import { parseMarkdown } from "#parse/markdown";
import { readTags } from "#parse/tags";
import { createTraceReader } from "#parse/trace";
import { readYamlInDepth } from "#parse/trace/yaml-depth";
import { aidoc16 } from "#profile/aidoc-16";
import { aidocDotted } from "#profile/aidoc-dotted";
import type { Profile } from "#profile/profile";
import { propertyRuns } from "../../support/property-runs.ts";
import { hasShared, sharedPath } from "../../support/shared.ts";
import { rows, writtenTag } from "../../support/trace-view.ts";

const endings = ["md", "feature", "yaml", "ts", "py", "rs", "sh", "rb", "php"];
const types = ["BRD", "PRD", "EARS", "BDD", "SYS", "REQ", "IMPL", "CTR", "SPEC", "TASKS"];

const piece = fc.constantFrom(
  "@brd: BRD-001:FR-030",
  "@brd:",
  "@prd: PRD-001, ",
  "US-002",
  "@adr: [ADR-002]",
  "@BDD: BDD-001:SCENARIO-1",
  "@req:[REQ-003](../a.md#x)",
  "@code: src/a.ts",
  "@contracts: CTR-001:Api (optional), ",
  "@impl: null",
  "@impl-status: done",
  "@ears : EARS-001",
  "@é: x",
  "@brd: BRD-001:é",
  "`@sys: SYS-001:PERF-1`",
  "@",
  "a@b.c",
  ":",
  "### FR-001: a",
  "## Traceability Tags",
  "## 3. Required Tags (x)",
  "# REQ-001: t",
  "**Examples**:",
  "- **AC-001**: b",
  "| FR-002 | c |",
  "|--|--|",
  "| a | b |",
  "```",
  "~~~",
  "\n",
  "\n\n",
  "> ",
  "- ",
  "    ",
  "[x](y.md)",
  "[BRD-001](../BRD/BRD-001_x.md#FR-1)",
  "`[n](o.md)`",
  "[p](<q r>)",
  "\\[",
  "](",
  '<a id="z-1"></a>',
  "## Upstream Sources",
  "PRD-002:US-001",
  "#### 2.1 Core",
  "### Phase 2: d",
  "{#e}",
  "Feature: f",
  "Scenario: g",
  "Given h",
  "# i",
  '"""',
  "'",
  '"',
  "cumulative_tags:\n  brd: BRD-001\n",
  "j: |\n",
  "  k: l\n",
  "/*",
  "*/",
  "//",
  "\r\n",
  "\u0000",
  "\ufeff",
  "\u2028",
  "✅",
  "‚úÖ ",
  " ",
  "\t",
  ".",
  "000",
);
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

function read(ending: string, type: string, source: string, profile: Profile = aidoc16): readonly DocumentTrace[] {
  const reader = createTraceReader(profile);
  const role = endings.indexOf(ending) > 2 ? "source" : "artifact";
  const subject = { path: `docs/${type}-001_a.${ending}`, role, type, id: `${type}-001`, template: false } as const;
  const trace = reader.read(subject, source);
  return ending === "yaml" ? [trace, reader.readInDepth(subject, source, readYamlInDepth)] : [trace];
}

/** Every place lies in the text, and what is written there is what the row says. */
function expectPlaces(source: string, trace: DocumentTrace): void {
  const word = (index: number | undefined): string => trace.strings[index ?? -1] ?? "";
  let last = 0;
  for (const row of rows(trace.tags, tagWidth)) {
    const [start = -1, end = -1] = [row[tagColumn.start], row[tagColumn.end]];
    expect(source.slice(start, end)).toBe(writtenTag(trace, row));
    expect(start).toBeGreaterThanOrEqual(last);
    last = start;
    const name = source.slice(row[tagColumn.nameStart], row[tagColumn.nameEnd]).toLowerCase();
    if (((row[tagColumn.flags] ?? 0) & tagFlag.alias) === 0) expect(name).toBe(word(row[tagColumn.type]));
    else expect(aidoc16.tags.aliases.map((alias) => alias.name)).toContain(name);
  }
  for (const row of rows(trace.definitions, definitionWidth)) {
    const [start = -1, end = -1, scopeStart = -1, scopeEnd = -1] = [
      row[definitionColumn.start],
      row[definitionColumn.end],
      row[definitionColumn.scopeStart],
      row[definitionColumn.scopeEnd],
    ];
    expect(0 <= scopeStart && scopeStart <= start && start <= end && end <= scopeEnd && scopeEnd <= source.length).toBe(
      true,
    );
    if ((row[definitionColumn.kind] ?? 0) <= definitionKind.anchor)
      expect(source.slice(start, end)).toBe(word(row[definitionColumn.element]));
    if ((row[definitionColumn.title] ?? -1) >= 0) expect(source).toContain(word(row[definitionColumn.title]));
  }
  for (const row of rows(trace.mentions, mentionWidth)) {
    const [document, element] = [word(row[mentionColumn.document]), word(row[mentionColumn.element])];
    const target =
      (row[mentionColumn.target] ?? -1) < 0
        ? `${document}${element === "" ? "" : `:${element}`}`
        : word(row[mentionColumn.target]);
    const written = source.slice(row[mentionColumn.start], row[mentionColumn.end]);
    // Why: a link whose target does not have the id that stands in its words is covered whole.
    if (written.startsWith("[") && written !== target) expect(written).toContain(document);
    expect(written.startsWith("[") ? written.includes(target) : written === target).toBe(true);
  }
  for (const { start, end } of trace.faults) expect(0 <= start && start <= end && end <= source.length + 1).toBe(true);
  expect(new Set(trace.strings.filter((string) => string.includes("\n"))).size).toBe(0);
}

/** Tags of the fast scan in the shape of those of the whole reader. */
function fastTags(source: string, profile: Profile): unknown[] {
  const [trace] = read("md", "REQ", source, profile);
  if (trace === undefined) return [];
  return rows(trace.tags, tagWidth).map((row) => {
    const flags = row[tagColumn.flags] ?? 0;
    const type = trace.strings[row[tagColumn.type] ?? -1];
    const isPath = profile.layers.some((layer) => layer.tag === type && layer.reference === "path");
    const part = (column: number): string | undefined => (isPath ? undefined : trace.strings[row[column] ?? -1]);
    return [
      type,
      part(tagColumn.document),
      part(tagColumn.element),
      writtenTag(trace, row),
      (flags & tagFlag.live) !== 0,
      (flags & tagFlag.optional) !== 0,
      ...row.subarray(tagColumn.start, tagColumn.flags),
      (flags & tagFlag.table) !== 0,
      (flags & tagFlag.fence) !== 0,
    ];
  });
}

function wholeTags(source: string, profile: Profile): unknown[] {
  const document = parseMarkdown(createSourceFromText("a.md", source), profile);
  return readTags(document).map((tag) => [
    tag.type,
    tag.document,
    tag.element,
    tag.raw,
    tag.live,
    tag.optional,
    tag.range.start.offset,
    tag.range.end.offset,
    tag.nameRange.start.offset,
    tag.nameRange.end.offset,
    tag.where === "table",
    tag.where === "fence",
  ]);
}

describe("any text", () => {
  test("gives rows whose places lie in it and cover what they name", () => {
    fc.assert(
      fc.property(fc.constantFrom(...endings), fc.constantFrom(...types), text, (ending, type, source) => {
        for (const trace of read(ending, type, source)) expectPlaces(source, trace);
      }),
      { numRuns: propertyRuns(3000) },
    );
  });

  test("of any bytes is read", () => {
    fc.assert(
      fc.property(fc.constantFrom(...endings), fc.uint8Array({ maxLength: 200 }), (ending, bytes) => {
        const source = createSource("a", bytes).text;
        for (const trace of read(ending, "REQ", source)) expectPlaces(source, trace);
      }),
      { numRuns: propertyRuns(1000) },
    );
  });

  test("gives the same whatever was read before it", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 4 }), (sources) => {
        const reader = createTraceReader(aidoc16);
        for (const source of sources) {
          const subject = { path: "a.md", role: "artifact", type: "SYS", id: "SYS-001", template: false } as const;
          expect(reader.read(subject, source)).toEqual(createTraceReader(aidoc16).read(subject, source));
        }
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});

describe("the fast scan reads the tags that the whole reader reads", () => {
  test.each<[string, Profile]>([
    ["aidoc-16", aidoc16],
    ["aidoc-dotted", aidocDotted],
  ])("of any Markdown, in %s", (_name, profile) => {
    fc.assert(
      fc.property(text, (source) => {
        expect(fastTags(source, profile)).toEqual(wholeTags(source, profile));
      }),
      { numRuns: propertyRuns(2000) },
    );
  });

  test.skipIf(!hasShared)("of the reference documents", () => {
    const files = readdirSync(sharedPath("corpus"), { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".md"),
    );
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      const source = readFileSync(sharedPath("corpus", file), "utf8");
      expect([file, fastTags(source, aidoc16)]).toEqual([file, wholeTags(source, aidoc16)]);
      for (const trace of read("md", "REQ", source)) expectPlaces(source, trace);
    }
  });
});

test.skipIf(!hasShared)("of the reference documents those are broken that the parsers refuse", () => {
  const files = readdirSync(sharedPath("corpus"), { recursive: true, encoding: "utf8" });
  const broken = files
    .filter((file) => /\.(?:yaml|feature)$/.test(file))
    .filter((file) => {
      const source = readFileSync(sharedPath("corpus", file), "utf8");
      const trace = read(file.endsWith(".yaml") ? "yaml" : "feature", "SPEC", source).at(-1);
      const isBroken = (trace?.faults.length ?? 0) > 0;
      if (file.endsWith(".yaml"))
        expect([file, isBroken]).toEqual([file, parseAllDocuments(source).some(({ errors }) => errors.length > 0)]);
      return isBroken;
    });
  expect(broken.map((file) => file.replace(/.*\./, "")).sort()).toEqual(["feature", "yaml", "yaml"]);
});

describe("hostile documents take linear time", () => {
  const times = (part: string, count = 100_000): string => part.repeat(count);
  test.each<[string, string, string]>([
    ["ten thousand tags on a line", "md", times("@brd: BRD-001:FR-1 ", 10_000)],
    ["tags without values", "md", times("@brd: a ")],
    ["blanks behind a tag", "md", `@brd: BRD-001${times(" ")}x @adr: ADR-001`],
    ["rows", "md", `| a | b |\n|--|--|\n${times("| FR-1 | @brd: BRD-001 |\n")}`],
    ["brackets", "md", times("](")],
    ["links", "md", times("[a](b)")],
    ["anchors", "md", times("<a ")],
    ["labels", "md", times("- **AC-1\n")],
    ["headings", "md", times("# FR-1: x\n")],
    ["comments far from a tag", "ts", `${times("// x\n")}@`],
    ["slashes in brackets", "js", `${times("=/[ ")}@`],
    ["heredocs", "sh", `${times("<<A\n")}@`],
    ["percent literals", "rb", `${times("%q( ")}@`],
    ["keys", "yaml", times("a: b\n", 20_000)],
    ["different keys", "yaml", Array.from({ length: 20_000 }, (_, index) => `k${index}: {a: b}\n`).join("")],
    ["dashes", "yaml", times("- ")],
    ["brackets of YAML", "yaml", times("[")],
    ["tag lines", "feature", `${times("@a\n")}Feature: x`],
  ])("%s", (_name, ending, source) => {
    for (const trace of read(ending, "REQ", source)) expect(trace.path).toContain(ending);
  });
});
