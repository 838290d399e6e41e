import { type Finding, ruleFamilies, type RuleFamily, type Severity } from "#model/finding";
import { createSourceFromText } from "#model/source";
import { aidoc16 } from "#profile/aidoc-16";
import { computeReadiness } from "#rules/score";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const profile = aidoc16.readiness;
const built: ReadonlySet<RuleFamily> = new Set(["encoding", "document", "plan", "score", "evidence", "config"]);
const source = createSourceFromText("a.md", "text\ntext");

function finding(family: RuleFamily, severity: Severity): Finding {
  return {
    rule: `${family}/x`,
    severity,
    message: "Do something.",
    path: "a.md",
    range: source.range(5, 6),
    fingerprint: "f",
  };
}

const all = fc.array(
  fc
    .tuple(fc.constantFrom(...ruleFamilies), fc.constantFrom<Severity>("error", "warning", "info"))
    .map(([family, severity]) => finding(family, severity)),
  { maxLength: 40 },
);

describe("readiness", () => {
  test("of a document without findings is 100, and says what was not looked at", () => {
    expect(computeReadiness([], profile, { families: built })).toEqual({
      score: 100,
      target: 90,
      ready: true,
      without: ["tracing"],
      lost: [],
    });
  });

  test("loses a tenth of the family's share with a warning, scaled to the families looked at", () => {
    const result = computeReadiness([finding("plan", "warning")], profile, { families: built });
    expect(result).toMatchObject({ score: 95, ready: true });
    expect(result.lost).toEqual([{ points: 5, rule: "plan/x", path: "a.md", line: 2, cure: "Do something." }]);
  });

  test("never reaches the target while an error stands, and explains the ceiling", () => {
    const result = computeReadiness([finding("encoding", "error")], profile, { families: built });
    expect(result).toMatchObject({ score: 89, ready: false });
    expect(result.lost.map((one) => one.cure)).toEqual([
      "Do something.",
      "No score above 89 while an error stands: Do something.",
    ]);
  });

  test("is 0 when nothing can be said of the document", () => {
    const voided = finding("document", "error");
    const result = computeReadiness([voided], profile, { families: built, voided });
    expect(result).toMatchObject({ score: 0, ready: false });
    expect(result.lost).toMatchObject([{ points: 100, rule: "document/x" }]);
  });

  test("loses nothing for what is only information", () => {
    expect(computeReadiness([finding("plan", "info")], profile, { families: built }).score).toBe(100);
  });

  test("explains every lost point, and more findings never raise it", () => {
    fc.assert(
      fc.property(all, fc.integer({ min: 0, max: 40 }), (findings, cut) => {
        const whole = computeReadiness(findings, profile, { families: built });
        const lost = whole.lost.reduce((sum, one) => sum + one.points, 0);
        expect(Math.abs(100 - lost - whole.score)).toBeLessThanOrEqual(1);
        expect(whole.score).toBeGreaterThanOrEqual(0);
        expect(whole.score >= 90 && findings.some((one) => one.severity === "error")).toBe(false);
        const part = computeReadiness(findings.slice(0, cut), profile, { families: built });
        expect(part.score).toBeGreaterThanOrEqual(whole.score);
      }),
    );
  });
});
