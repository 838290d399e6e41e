import type { CriterionRow, ScenarioResult, ScenarioRow } from "#model/figures";
import { type Markup, markup } from "./markup.ts";
import { verdictMarkup } from "./verdict-markup.ts";

/** What was promised in figures: each criterion with its target, what was measured, and where that comes from. */
export function criteriaMarkup(criteria: readonly CriterionRow[]): Markup | undefined {
  if (criteria.length === 0) return undefined;
  const rows = criteria.map(
    ({ verdict, criterion, group, target, actual, reason, source }) =>
      markup`<tr><td>${verdictMarkup(verdict)}</td><td class="cut">${criterion}<span class="reason">${[group, reason, source].filter((words) => words !== undefined && words !== "").join(" · ")}</span></td><td data-name="target">${target}</td><td data-name="measured">${actual !== undefined && actual !== reason && markup`<strong>${actual}</strong>`}</td></tr>
`,
  );
  return markup`<h4>Criteria, targets and deliverables</h4><div class="wide"><table class="stack criteria"><thead><tr><th scope="col">Verdict</th><th scope="col">Criterion</th><th scope="col">Target</th><th scope="col">Measured</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

const results: Readonly<Record<ScenarioResult, readonly [tone: string, sign: string]>> = {
  passed: ["good", "✓"],
  failed: ["bad", "✗"],
  undefined: ["warn", "∅"],
  skipped: ["idle", "-"],
  "not run": ["idle", "·"],
};

/** The scenarios that the plan maps, each with its test and how that ended. */
export function scenariosMarkup(scenarios: readonly ScenarioRow[]): Markup | undefined {
  if (scenarios.length === 0) return undefined;
  const rows = scenarios.map(({ document, scenario, implementation, test, result, reason, source }) => {
    const [tone, sign] = results[result];
    const where = [document, implementation, test, reason, source].filter(
      (words) => words !== undefined && words !== "",
    );
    return markup`<tr><td><span class="v ${tone}"><span class="sign" aria-hidden="true">${sign}</span>${result}</span></td><th scope="row" class="cut">${scenario}<span class="reason">${where.join(" · ")}</span></th></tr>
`;
  });
  return markup`<h4>Scenarios</h4><div class="wide"><table class="stack"><thead><tr><th scope="col">Result</th><th scope="col" class="fill">Scenario</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
