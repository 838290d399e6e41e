import type { StatedDraft } from "./finding-factory.ts";
import type { Rule, RuleContext } from "./rule.ts";

/** The drafts of a rule whose facts are all there, or undefined when it is not applicable. */
export function applyRule(rule: Rule, context: RuleContext): readonly StatedDraft[] | undefined {
  const drafts: StatedDraft[] = [];
  try {
    const result = rule.checkKnown(context, (draft) => drafts.push(draft));
    return result === "not-applicable" && drafts.length === 0 ? undefined : drafts;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `The rule ${rule.code} broke off here (${why}), so it says nothing about this document. Report this as a defect of iplan.`;
    return [{ message, at: { start: 0, end: 0 }, severity: "error" }];
  }
}
