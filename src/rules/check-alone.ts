import type { Finding } from "#model/finding";
import type { Hash } from "#model/ports";
import { type AloneResult, outcomeLetter } from "./alone-result.ts";
import { applyRule } from "./apply-rule.ts";
import { createFindings } from "./finding-factory.ts";
import type { Rule, RuleContext } from "./rule.ts";
import type { RuleSelection } from "./select-rules.ts";

/** Applies the rules that look at a document alone; of the others it tells those that do not concern it. */
export function checkAlone(
  context: RuleContext,
  selection: RuleSelection,
  rules: readonly Rule[],
  options: { readonly hash: Hash; readonly group?: boolean },
): AloneResult {
  const letters = new Map<Rule, string>();
  const apply = (rule: Rule): readonly Finding[] => {
    const stated = applyRule(rule, context);
    letters.set(rule, stated === undefined ? outcomeLetter.notApplicable : outcomeLetter.checked);
    if (stated === undefined || stated.length === 0) return [];
    return createFindings(context, rule, selection.severityOf(rule), stated, options);
  };
  const voiding = selection.alone.voiding.flatMap(apply);
  const findings = voiding.length > 0 ? [] : selection.alone.ordinary.flatMap(apply);
  if (voiding.length === 0) {
    for (const rule of rules)
      if (!rule.alone && !rule.concerns(context)) letters.set(rule, outcomeLetter.notApplicable);
  }
  const planId = context.plan?.id;
  return {
    ...(planId === undefined ? {} : { planId }),
    voiding,
    findings,
    outcomes: rules.map((rule) => letters.get(rule) ?? outcomeLetter.unasked).join(""),
  };
}
