import type { ScenarioResult, ScenarioRow } from "#model/figures";
import { isCalledDone } from "../called-done.ts";
import { quote } from "../quote.ts";
import { defineRule, type Rule } from "../rule.ts";

const told: Readonly<Partial<Record<ScenarioResult, string>>> = {
  failed: "failed",
  undefined: "has steps that nobody wrote",
};

/** Mapped scenarios pass where reports tell their results. */
export const scenarioResult: Rule = defineRule({
  code: "evidence/scenario-result",
  severity: "warning",
  title: "Mapped scenario that does not pass",
  summary: "A scenario of the mapping did not fail in the newest reports; of a completed plan each was run.",
  needs: ["figures", "plan"],
  counts: false,
  when: ({ plan }) => plan.scenarioMapping.length > 0,
  check({ figures, plan }, report) {
    const mapped = figures.scenarios.filter(({ mapped: isMapped }) => isMapped);
    const hasTests = figures.figures.reports.some(({ counts, newer }) => counts !== undefined && newer === undefined);
    if (mapped.length === 0 || !hasTests) return "not-applicable";
    for (const [index, row] of mapped.entries()) {
      const at = plan.scenarioMapping[index]?.scenario.range;
      const message = messageOf(row, isCalledDone(plan));
      if (at !== undefined && message !== undefined) report({ message, at });
    }
    return undefined;
  },
});

function messageOf({ scenario, result, reason, source }: ScenarioRow, isDone: boolean): string | undefined {
  const how = told[result];
  if (how !== undefined) {
    const why = reason === "" ? "" : `: ${reason}`;
    return `${quote(scenario)} ${how} in ${source ?? "a report"}${why}. Repair the code or the test, and run it again.`;
  }
  if (!isDone || result === "passed") return undefined;
  const fact = result === "skipped" ? `was skipped in ${source ?? "a report"}` : "is in no report";
  return `The plan is called completed, but ${quote(scenario)} ${fact}. Run its test, or set the status back.`;
}
