import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { type DocumentTrace, type TraceRows, tagColumn, tagWidth } from "#model/trace";
import { createTraceReader } from "#parse/trace";
import { readYamlInDepth } from "#parse/trace/yaml-depth";
import { aidoc16 } from "#profile/aidoc-16";
import { rows, showTrace, traceOf } from "../../support/trace-view.ts";
import { propertyRuns } from "../../support/property-runs.ts";

const path = "docs/SPEC/SPEC-018_mail.yaml";
const subject = { path, role: "artifact", type: "SPEC", id: "SPEC-018", template: false } as const;

/** The trace by lines, the trace by the whole parser, and whether the lines are sure. */
function both(text: string) {
  const reader = createTraceReader(aidoc16);
  const fast = reader.read(subject, text);
  const { sure } = reader;
  return { fast, sure, deep: reader.readInDepth(subject, text, readYamlInDepth) };
}

const spec = `# @brd: BRD-001
spec_id: SPEC-018
title: "Mail service"
cumulative_tags:
  brd: "BRD-009:FR-015, BRD-009:NFR-006"  # why
  adr: ADR-033
  ctr: null
  req: [REQ-045:interface-spec, "REQ-046"]
  sys:
    - SYS-012:FUNC-001
    - SYS-013
traceability:
  upstream_sources:
    - id: "PRD-016"
  downstream_artifacts:
    tests: [BDD-015]
interfaces:
  rest_api:
    contract_ref: CTR-005
    methods:
      - name: send_mail
        id: mail_sender
description: |
  A service.

  - @ears: EARS-012:EVENT-001
  mail me@brd: x
---
other: 1
`;

test("a specification gives the tags of its maps, comments and texts", () => {
  const { fast, sure, deep } = both(spec);
  expect(sure).toBe(true);
  expect(showTrace(fast).tags).toEqual([
    "brd BRD-001 live",
    "brd BRD-009:FR-015 live yaml",
    "brd BRD-009:NFR-006 live yaml",
    "adr ADR-033 live yaml",
    "ctr  (null) live none yaml",
    "req REQ-045:interface-spec live yaml",
    "req REQ-046 live yaml",
    "sys SYS-012:FUNC-001 live yaml",
    "sys SYS-013 live yaml",
    "ears EARS-012:EVENT-001 live",
  ]);
  expect(fast.title).toBe("Mail service");
  expect(showTrace(deep)).toEqual(showTrace(fast));
  expect(deep.faults).toEqual([]);
});

test.each([
  ['"Say \\"hi\\" \\\\ \\u00e9\\x41\\tend"', 'Say "hi" \\ éA end'],
  ["'It''s \\u00e9'", "It's \\u00e9"],
  ['"\\UFFFFFFFF"', ""],
  ["Plain \\u00e9", "Plain \\u00e9"],
])("its title %s says %s", (written, title) => {
  const text = `id: SPEC-018\ntitle: ${written}\n`;
  const { fast, deep, sure } = both(text);
  expect((sure ? fast : deep).title ?? "").toBe(title);
  expect(deep.title ?? "").toBe(title);
});

test("it defines its keys by their paths, ids and names, and mentions what it names", () => {
  const { definitions, mentions } = showTrace(traceOf(path, spec));
  expect(definitions).toEqual([
    "yamlKey spec_id",
    "yamlKey title",
    "yamlKey interfaces",
    "yamlKey interfaces.rest_api",
    "yamlKey interfaces.rest_api.contract_ref",
    "yamlKey interfaces.rest_api.methods",
    "yamlKey interfaces.rest_api.methods.name",
    "yamlName send_mail",
    "yamlKey interfaces.rest_api.methods.id",
    "yamlId mail_sender",
    "yamlKey description",
    "yamlKey other",
  ]);
  expect(mentions).toEqual(["upstream PRD-016", "downstream BDD-015", "elsewhere CTR-005"]);
});

test("ids and names in what an interface sends or gets, and ids of something else, define nothing", () => {
  const text = `rules:
  - rule_id: VR-001
    owner_id: team-a
    id: rule-one
  - "rule_id": VR-002
request_id: req-1
responses:
  Forbidden:
    example:
      id: req-123
      name: anna
  Gone:
    examples:
      - id: req-123
        nested:
          name: anna
    schema:
      default:
        id: usr-1
`;
  const { fast, deep } = both(text);
  const ids = showTrace(fast).definitions.filter((one) => /^yaml(?:Id|Name) /.test(one));
  expect(ids).toEqual(["yamlId VR-001", "yamlId rule-one", "yamlId VR-002"]);
  expect(showTrace(deep).definitions).toEqual(showTrace(fast).definitions);
});

describe("what the lines are not sure of", () => {
  test.each<[string, string, string | undefined]>([
    ["flow maps", "a: {b: 1, name: c_d}", undefined],
    ["anchors", "a: &x\n  b: 1\nc: *x", undefined],
    ["words over several lines", "a: one\n  two", undefined],
    ["escapes", 'a: "b\\n@brd: BRD-001"', undefined],
    ["a key that stands twice", "a: 1\na: 2", "stands twice"],
    ["a key in the wrong column", "a:\n    b: 1\n  c: 2", "same column"],
    ["an open bracket", "a: [b, c", "end"],
    ["an open quote", 'a: "b', "quote"],
    ["a tab", "a:\n\tb: 1", "indentation"],
    ["a map in a map on one line", "a: b: c", "compact mappings"],
    ["an unknown alias", "a: *x", "alias"],
    ["deep brackets", `a: ${"[".repeat(5000)}`, "nested deeper"],
    ["deep dashes", "- ".repeat(5000), "nested deeper"],
    ["a bomb", bomb(), "stand for more than a million values"],
  ])("%s", (_name, text, message) => {
    const { sure, deep } = both(text);
    expect(sure).toBe(false);
    if (message === undefined) expect(deep.faults).toEqual([]);
    else expect(deep.faults[0]?.message).toContain(message);
  });
});

function bomb(): string {
  const levels = Array.from({ length: 12 }, (_, level) =>
    level === 0 ? "a0: &a0 [x, y]" : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}*a${level - 1}]`,
  );
  return levels.join("\n");
}

test("a name inside a flow map is defined all the same", () => {
  expect(showTrace(both("a: {b: 1, name: c_d}").deep).definitions).toEqual([
    "yamlKey a",
    "yamlKey a.b",
    "yamlKey a.name",
    "yamlName c_d",
  ]);
});

function tagPlaces(trace: DocumentTrace): readonly TraceRows[] {
  return rows(trace.tags, tagWidth).map((row) => row.subarray(tagColumn.start));
}

describe("beside the whole parser", () => {
  const line = fc
    .tuple(
      fc.constantFrom("", " ", "  ", "    ", "- ", "  - ", "    - ", "- - "),
      fc.constantFrom(
        "a: 1",
        "b:",
        "c: x y",
        "d: [e, f]",
        "name: g_h",
        "id: i",
        "j: |",
        "k: >-",
        "- l",
        "m",
        "# n @brd: BRD-001",
        '"o": "p q"',
        "r: 'it''s'",
        's: "t" # u',
        "v : w",
        "x:y",
        "cumulative_tags:",
        "brd: BRD-001:FR-1, FR-2",
        "@adr: ADR-001",
        "---",
        "...",
        "a: 1 # z",
        "k: 'l",
        "m: {n: 1}",
        "o: *p",
        "? q",
        "- ",
        "-",
        "r: - s",
        "t: u: v",
        "w: x:",
        "null",
        "y: ~",
        "é: ü",
        "a:\t1",
        "%b",
        "d: [e, , f]",
        "d: [BRD-001, 'x']",
        "k: |2",
        "url: http://x.org/y#z",
      ),
    )
    .map(([indent, content]) => indent + content);
  const text = fc.array(line, { maxLength: 9 }).map((lines) => lines.join("\n"));

  test("lines that are sure read what the whole parser reads, and it finds no fault", () => {
    let sure = 0;
    fc.assert(
      fc.property(text, (source) => {
        const read = both(source);
        if (!read.sure) return;
        sure++;
        expect(parseAllDocuments(source).flatMap((document) => document.errors)).toEqual([]);
        expect(showTrace(read.fast)).toEqual(showTrace(read.deep));
        expect(tagPlaces(read.fast)).toEqual(tagPlaces(read.deep));
      }),
      { numRuns: propertyRuns(6000) },
    );
    expect(sure).toBeGreaterThan(300);
  });
});
