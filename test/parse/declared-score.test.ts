import { describe, expect, test } from "vitest";
import { declaredScores } from "#parse/declared-score";
import { aidoc16 } from "#profile/aidoc-16";

/** Declared values, each with the text at its place. */
const told = (text: string): readonly (readonly [number, string])[] =>
  declaredScores(text, aidoc16).map(({ value, start, end }) => [value, text.slice(start, end)]);

describe("a document declares its readiness", () => {
  test.each<[string, string, readonly (readonly [number, string])[]]>([
    [
      "in a row of its control table",
      "| Item | Details |\n|---|---|\n| **SPEC-Ready Score** | ✅ 95% (Target: ≥90%) |\n",
      [[95, "✅ 95% (Target: ≥90%)"]],
    ],
    ["of a hundred", "| **PRD-Ready Score** | 72/100 (Target: ≥90/100) |", [[72, "72/100 (Target: ≥90/100)"]]],
    [
      "in a list",
      "- **PRD-Ready Score**: 95/100\r\n- ADR-Ready Score: 80%",
      [
        [95, "95/100"],
        [80, "80%"],
      ],
    ],
    [
      "twice",
      "| SYS-Ready Score | 95% |\n| EARS-Ready Score | 90% |",
      [
        [95, "95%"],
        [90, "90%"],
      ],
    ],
    [
      "as a key of YAML",
      'metadata:\n  task_ready_score: "✅ 95% (Target: ≥90%)"  # a gate\n',
      [[95, "✅ 95% (Target: ≥90%)"]],
    ],
    [
      "with a wounded glyph",
      "| **IPLAN-Ready Score** | ‚úÖ 95% (Target: ‚â•90%) |",
      [[95, "‚úÖ 95% (Target: ‚â•90%)"]],
    ],
    ["behind a label", "**IPLAN-Ready Score**: 95%\n", [[95, "95%"]]],
    ["under a bare name", "| Readiness Score | 61 |", [[61, "61"]]],
    ["but not where nothing was filled in", "| **PRD-Ready Score** | [Score]/100 (Target: ≥90/100) |", []],
    ["but not beyond a hundred", "| **PRD-Ready Score** | 950% |", []],
    ["but not in a sentence", "It improved its PRD-Ready Score from 65/100 to 95/100.", []],
    ["but not in a row of more", "| 2.0 | SPEC-Ready Score | 95% |\n| SPEC-Ready Score | 95% | ok |", []],
    ["but not in a fence", "```markdown\n| **SPEC-Ready Score** | 95% |\n```\n", []],
    ["but not under another name", "| Production-Ready Code Score | 95% |", []],
    ["but not far below its head", `${"x\n".repeat(4000)}| SPEC-Ready Score | 95% |`, []],
  ])("%s", (_title, text, found) => expect(told(text)).toEqual(found));
});
