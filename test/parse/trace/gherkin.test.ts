import { GherkinClassicTokenMatcher, AstBuilder, Parser, dialects } from "@cucumber/gherkin";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { definitionColumn, definitionWidth } from "#model/trace";
import { gherkinStates } from "#parse/trace/gherkin-grammar";
import { gherkinWords } from "#parse/trace/gherkin-words";
import { rows, showTrace, traceOf } from "../../support/trace-view.ts";
import { propertyRuns } from "../../support/property-runs.ts";

const path = "docs/BDD/BDD-015_mail.feature";
const feature = `# @brd: BRD-001
@brd:BRD-009:FR-015 @prd:PRD-016
@requirement:[REQ-003](../REQ/x.md#REQ-003)
Feature: Mail

  Background:
    Given a user

  @positive @ears:EARS-012:EVENT-001 @scenario-mail
  Scenario: Send valid e-mail
    When a mail is sent
      """
      @brd:BRD-999
      """
    Then all is well

  @bdd:BDD-015:scenario-refuse @SCENARIO-007
  Scenario Outline: Refuse mail (no recipient)
    When <what>
    @adr:ADR-001
    Examples:
      | what |
      | sent |
`;

test("a feature file gives its tags, but none of comments and quoted texts", () => {
  expect(showTrace(traceOf(path, feature)).tags).toEqual([
    "brd BRD-001",
    "brd BRD-009:FR-015 live",
    "prd PRD-016 live",
    "req REQ-003 live alias link",
    "ears EARS-012:EVENT-001 live",
    "adr ADR-001 live",
  ]);
});

test("scenarios are defined by title and by the tags that name them", () => {
  const trace = traceOf(path, feature);
  expect(trace.title).toBe("Mail");
  expect(trace.faults).toEqual([]);
  expect(showTrace(trace).definitions).toEqual([
    'scenarioTag scenario-mail "Send valid e-mail"',
    'scenario scenario-send-valid-e-mail "Send valid e-mail"',
    'scenarioTag scenario-refuse "Refuse mail (no recipient)"',
    'scenarioTag SCENARIO-007 "Refuse mail (no recipient)"',
    'scenario scenario-refuse-mail-no-recipient "Refuse mail (no recipient)"',
  ]);
  const places = rows(trace.definitions, definitionWidth);
  expect(places.map((row) => row[definitionColumn.ordinal])).toEqual([1, 1, 2, 2, 2]);
  const second = places[4] ?? new Int32Array();
  expect(feature.slice(second[definitionColumn.scopeStart], second[definitionColumn.scopeEnd])).toMatch(
    /^@bdd:BDD-015[^]*\| sent \|\n$/,
  );
});

test("keywords of other languages are known", () => {
  const german =
    "# language: de\n@brd:BRD-001\nFunktionalität: Post\n  Szenario: Brief senden\n    Angenommen ein Brief\n";
  const trace = traceOf(path, german);
  expect(trace.faults).toEqual([]);
  expect(showTrace(trace).definitions).toEqual(['scenario scenario-brief-senden "Brief senden"']);
});

test.each<[string, string, number, string]>([
  ["a table of Markdown", "| Item |\nFeature: a\n", 1, "expected a tag, `Feature:` or `# language:`"],
  ["a line that is no step", "Feature: a\n Scenario: b\n  Given c\n  or d\n", 4, "expected a step, a table"],
  ["a tag with a blank", "@brd: BRD-001\nFeature: a\n", 1, "a tag may hold no blank"],
  [
    "rows of two widths",
    "Feature: a\n Scenario: b\n  Given c\n   | d | e |\n   | f |\n",
    5,
    "this row has 1 cells, the table 2",
  ],
  ["tags at the end", "Feature: a\n@b\n", 3, "expected a tag, `Scenario:` or `Rule:`"],
  ["quotes that never end", 'Feature: a\n Scenario: b\n  Given c\n  """\n  d\n', 6, "expected the closing quotes"],
  ["an unknown language", "# language: xx\nFeature: a\n", 1, "there is no language xx"],
])("%s is a fault at its line", (_name, text, line, message) => {
  const { faults } = traceOf(path, text);
  expect(faults).toHaveLength(1);
  expect(faults[0]?.message).toContain(message);
  expect(text.slice(0, faults[0]?.start).split("\n")).toHaveLength(line);
});

test("every tag with a blank is a fault, as each line stays a line of tags, but not after another fault", () => {
  const text =
    "@brd: BRD-001\nFeature: a\n  @prd: PRD-001 @b c\n  Scenario: d\n   nothing\n   Given e\n    or f\n  @g h\n";
  expect(traceOf(path, text).faults.map(({ start, end }) => text.slice(start, end))).toEqual([
    "@brd: BRD-001",
    "@prd: PRD-001",
    "@b c",
    "or f",
  ]);
});

describe("beside the parser of Cucumber", () => {
  const judge = (text: string): number => {
    const parser = new Parser(new AstBuilder(() => ""), new GherkinClassicTokenMatcher());
    try {
      parser.parse(text);
      return 0;
    } catch (error) {
      const errors = (error as { errors?: readonly { location?: { line: number } }[] }).errors ?? [];
      return Math.min(...errors.map((each) => each.location?.line ?? 0));
    }
  };
  const line = fc.constantFrom(
    "Feature: a",
    "Background:",
    "Rule: r",
    "Scenario: b",
    "Scenario Outline: c",
    "Examples: d",
    "Given e",
    "* f",
    "| g |",
    "| g | h |",
    "| i \\| j |",
    '"""',
    "```",
    "@k",
    "@l @m",
    "@n o",
    "# comment",
    "# language: en",
    "# language: de",
    "",
    "  text",
    "Szenario: p",
    "Funktionalität: q",
    "Angenommen r",
    "@s #t u",
  );
  const begun = fc
    .array(line, { maxLength: 14 })
    .map((lines) => ["Feature: a", "Scenario: b", "Given c", ...lines].join("\n"));

  test("texts are accepted and refused alike, at the same line", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(line, { maxLength: 14 }).map((lines) => lines.join("\n")),
          begun,
        ),
        (text) => {
          const [fault] = traceOf(path, text).faults;
          const found = fault === undefined ? 0 : text.slice(0, fault.start).split("\n").length;
          expect(found > 0).toBe(judge(text) > 0);
          expect(Math.min(found, text.split("\n").length)).toBe(Math.min(judge(text), text.split("\n").length));
        },
      ),
      { numRuns: propertyRuns(2000) },
    );
  });

  test("the words of all languages are those of its table", () => {
    expect(Object.keys(gherkinWords)).toEqual(Object.keys(dialects));
    for (const [
      name,
      { feature: features, background, rule, scenario, scenarioOutline, examples, ...rest },
    ] of Object.entries(dialects)) {
      const steps = [...rest.given, ...rest.when, ...rest.then, ...rest.and, ...rest.but];
      const groups = [features, background, rule, [...scenario, ...scenarioOutline], examples, steps];
      expect(gherkinWords[name]?.split(";")).toEqual(groups.map((words) => [...new Set(words)].join("|")));
    }
  });
});

test("every state leads to states that there are", () => {
  const names = new Set([...Object.keys(gherkinStates), "done"]);
  for (const { next } of Object.values(gherkinStates)) {
    for (const name of Object.values(next)) expect(names).toContain(name);
  }
});
