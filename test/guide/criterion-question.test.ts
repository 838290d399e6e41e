import { describe, expect, test } from "vitest";
import { boundIn, boundText } from "#guide/criterion-bound";
import { type CriterionQuestion, questionsOf } from "#guide/criterion-question";

/** A question in one line. */
function told(question: CriterionQuestion): string {
  switch (question.kind) {
    case "coverage":
      return `coverage ${question.suite ?? "all"} ${question.of} ${boundText(question.bound)}`;
    case "tests":
      return `${question.scenarios ? "scenarios" : `tests ${question.suite ?? "all"}`} ${question.of} ${boundText(question.bound)}`;
    case "requirements":
      return `requirements ${boundText(question.bound)}`;
    case "findings":
      return `${question.topic} ${question.of} ${boundText(question.bound)}`;
    case "timing":
      return `timing ${question.metric} of ${question.words.join(" ") || "anything"} ${boundText(question.bound)}`;
    case "targets":
      return `all ${question.part}`;
  }
}

const none = "nothing a report could answer";

const rows: readonly (readonly [text: string, group: string, expected: string])[] = [
  ["[X/Y] atomic requirements implemented (target: 100%)", "Requirements Coverage", "requirements >= 100 %"],
  ["12/14 atomic requirements implemented (target: 95%)", "", "requirements >= 95 %"],
  ["All acceptance criteria satisfied", "Requirements Coverage", "requirements >= 100 %"],
  ["Every requirement is covered by a test", "", "requirements >= 100 %"],
  ["Security requirements met", "Non-Functional Validation", none],
  ["[X/Y] BDD scenarios passing (target: 100%)", "Requirements Coverage", "scenarios share >= 100 %"],
  ["BDD scenarios: 100% (target achieved: ✅/❌)", "Test Coverage", "scenarios share >= 100 %"],
  ["BDD scenarios: all nine", "Test Coverage Targets", "scenarios share >= 100 %"],
  ["Unit tests: ≥85% (target achieved: ✅/❌)", "Test Coverage", "coverage unit any >= 85 %"],
  ["Integration tests: ≥ 70 %", "Test Coverage", "coverage integration any >= 70 %"],
  ["Unit tests: ≥[X]% (target achieved: ✅/❌)", "Test Coverage", none],
  [
    "Unit tests: 90% of the lines of the tested modules or more",
    "Test Coverage Targets",
    "coverage unit lines >= 90 %",
  ],
  ["line coverage ≥ 92.5%", "", "coverage all lines >= 92.5 %"],
  ["At least 80% branch coverage", "", "coverage all branches >= 80 %"],
  ["Code coverage over 120%", "", "coverage all any > 120 %"],
  ["All unit tests pass", "", "tests unit share >= 100 %"],
  ["All tests are green", "", "tests all share >= 100 %"],
  ["No failing tests", "", "tests all failed = 0"],
  ["0 skipped tests", "", "tests all skipped = 0"],
  ["Linting: 0 errors (✅/❌)", "Code Quality", "lint errors = 0"],
  ["Type checking: 0 errors (✅/❌)", "Code Quality", "types errors = 0"],
  ["security scan: 0 high/critical issues (✅/❌)", "Code Quality", "security high = 0; security critical = 0"],
  ["p95 of a pickup: 50 ms at most", "Performance Targets", "timing p95 of pickup <= 50 ms"],
  [
    "p50 < 10 ms, p95 < 50 ms, p99 < 0.1 s",
    "Performance Targets",
    "timing p50 of anything < 10 ms; timing p95 of anything < 50 ms; timing p99 of anything < 100 ms",
  ],
  ["Pickup latency: p50 ≤ 5 ms, p95 ≤ 20 ms", "", "timing p50 of pickup <= 5 ms; timing p95 of pickup <= 20 ms"],
  [
    "Start on the ledger of one year: 2 s at most",
    "Performance Targets",
    "timing worst of start ledger one year <= 2000 ms",
  ],
  ["Start on the ledger of one year: 2 s at most", "", none],
  ["Throughput ≥ 1,200 requests per second", "", "timing rate of anything >= 1200 /s"],
  ["Mean response time under 20ms", "", "timing mean of anything < 20 ms"],
  ["Performance targets met (p50/p95/p99)", "Non-Functional Validation", "all performance-target"],
  ["Test coverage targets reached", "", "all coverage-target"],
  ["README.md complete with examples", "Deliverables", none],
  ["All modules implemented per specification", "", none],
  ["Scalability verified", "", none],
];

describe("what a criterion asks of reports", () => {
  test.each(rows)("%s (%s): %s", (text, group, expected) => {
    const questions = questionsOf({ text, group });
    expect(questions.length === 0 ? none : questions.map(told).join("; ")).toBe(expected);
  });

  test("a text of megabytes is prose, told at once", () => {
    expect(questionsOf({ text: `coverage ${"9".repeat(1_000_000)} %`, group: "" })).toEqual([]);
  });
});

describe("a bound as people write it", () => {
  const bounds: readonly (readonly [text: string, expected: string])[] = [
    ["at least 3 %", ">= 3 %"],
    ["90%+", ">= 90 %"],
    ["90 percent or higher", ">= 90 %"],
    ["10 s or faster", "<= 10000 ms"],
    ["within 1.5 s", "<= 1500 ms"],
    ["p95: 50 ms", "<= 50 ms"],
    ["250 rps", ">= 250 /s"],
    ["zero warnings", "= 0"],
    ["no critical security issues", "= 0"],
    ["section 3.1", "none"],
    ["version 12", "none"],
    ["p95", "none"],
  ];
  test.each(bounds)("%s: %s", (text, expected) => {
    const bound = boundIn(text);
    expect(bound === undefined ? "none" : boundText(bound)).toBe(expected);
  });
});
