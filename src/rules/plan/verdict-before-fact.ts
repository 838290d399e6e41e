import type { Plan } from "#model/plan";
import type { Range } from "#model/source";
import { quote } from "../quote.ts";
import { defineRule, type Report, type Rule, type RuleContext } from "../rule.ts";

const verdictGlyph = /✅|❌|☑|‚úÖ|‚ùå/u;

/** No verdict is written before there is one. */
export const verdictBeforeFact: Rule = defineRule({
  code: "plan/verdict-before-fact",
  severity: "warning",
  title: "Verdict before the fact",
  summary: "A plan that has not begun calls nothing done: no ✅, no COMPLETED, no answered criterion.",
  needs: ["plan"],
  check(context, report) {
    const { plan } = context;
    if (hasBegun(context, plan)) return "not-applicable";
    checkPhases(plan, report);
    for (const criterion of plan.criteria) {
      if (criterion.mark === undefined) continue;
      report({
        message: `The criterion ${quote(criterion.text)} carries a verdict (${criterion.mark.raw}) before it was checked. Take it out; iplan computes it.`,
        at: criterion.mark.range,
        cause: "verdict:criteria",
      });
    }
    for (const { text, range, cause } of promises(plan)) {
      if (!verdictGlyph.test(text)) continue;
      report({
        message: `${quote(text)} carries a verdict before it was checked. Take it out; iplan computes it.`,
        at: range,
        cause,
      });
    }
  },
});

function hasBegun({ record, receipt }: RuleContext, plan: Plan): boolean {
  const status = plan.control?.status?.value ?? "draft";
  return (
    (status !== "draft" && status !== "ready") || (record?.units.size ?? 0) > 0 || (receipt?.lines.length ?? 0) > 0
  );
}

function checkPhases(plan: Plan, report: Report): void {
  const parts = plan.phases.flatMap((phase) => [
    { name: `Phase ${phase.number}`, status: phase.status },
    ...phase.tasks.map((task) => ({ name: task.id, status: task.status })),
  ]);
  for (const { name, status } of parts) {
    if (status?.value === "choice") {
      report({ message: `${name} leaves its status open (${status.raw}). Write PENDING.`, at: status.range });
    } else if (status?.value === "completed") {
      report({
        message: `${name} is called ${status.raw} in a plan that has not begun. Write PENDING; iplan sets it when it is proved.`,
        at: status.range,
      });
    }
  }
}

interface Promised {
  readonly text: string;
  readonly range: Range;
  readonly cause: string;
}

function promises(plan: Plan): readonly Promised[] {
  return [
    ...plan.deliverables.map(({ text, range }) => ({ text, range, cause: "verdict:deliverables" })),
    ...plan.steps.flatMap((step) => [
      { text: step.title, range: step.head, cause: "verdict:steps" },
      ...step.outcomes.map(({ text, range }) => ({ text, range, cause: "verdict:outcomes" })),
    ]),
    ...plan.checklists.flatMap((list) =>
      list.items.map(({ text, range }) => ({ text, range, cause: "verdict:checklists" })),
    ),
  ];
}
