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
  options: { readonly hash: Hash; readonly group?: boolean },
): AloneResult {
  const { alone, conditional, places } = selection;
  const letters: string[] = selection.unasked.slice();
  const apply = (rules: readonly Rule[]): readonly Finding[] => {
    const found: Finding[] = [];
    for (const rule of rules) {
      const stated = applyRule(rule, context);
      letters[places.get(rule) ?? 0] = stated === undefined ? outcomeLetter.notApplicable : outcomeLetter.checked;
      if (stated !== undefined && stated.length > 0)
        found.push(...createFindings(context, rule, selection.severityOf(rule), stated, options));
    }
    return found;
  };
  const voiding = apply(alone.voiding);
  const findings = voiding.length > 0 ? [] : apply(alone.ordinary);
  if (voiding.length === 0) {
    for (const rule of conditional)
      if (rule.concerns?.(context) === false) letters[places.get(rule) ?? 0] = outcomeLetter.notApplicable;
  }
  const planId = context.plan?.id;
  return { voiding, findings, outcomes: letters.join(""), ...(planId === undefined ? {} : { planId }) };
}
